/** What workerd and its test runner provide, as far as it is used here. */
declare module 'cloudflare:workers' {
  import type { DurableObjectState } from '@cloudflare/workers-types';

  export const env: import('./env.ts').TestEnv;
  export abstract class DurableObject {
    constructor(state: DurableObjectState, env: unknown);
  }
}
