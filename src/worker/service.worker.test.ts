import { exports } from 'cloudflare:workers';
import { serviceContract } from '../testing/service-contract.ts';

serviceContract('The Worker', async () => ({
  request: (path, init) => exports.default.fetch(`http://localhost${path}`, init),
  close: async () => {},
}));
