import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../config.ts';
import { serviceContract } from '../testing/service-contract.ts';
import { SERVICE_SETTINGS } from '../testing/service-settings.ts';
import { serve } from './serve.ts';

serviceContract('The Node server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ibid-service-'));
  await mkdir(join(folder, 'documents'));
  const config = parseConfig({
    ...SERVICE_SETTINGS,
    ...{ PORT: '0', IBID_EMBED_THREADS: '1', IBID_LOG: 'silent' },
    ...{ IBID_DOCUMENTS: join(folder, 'documents'), IBID_DATA: join(folder, 'data') },
  });
  const server = await serve(config, () => {});
  return {
    request: (path, init) => fetch(`${server.url}${path}`, init),
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
