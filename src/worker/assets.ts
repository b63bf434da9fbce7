import type { Env } from './env.ts';

/** The static files that the build put beside the Worker. */
export function createWorkerAssets(assets: Env['ASSETS']): {
  read(path: string): Promise<Uint8Array | undefined>;
} {
  return {
    async read(path) {
      const response = await assets.fetch(`https://assets.local/${path}`);
      if (response.status !== 200) return undefined;
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}
