// Gathers the static files of the Worker, under the paths by which the routes ask for them, in dist/worker-assets.
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const target = 'dist/worker-assets';
const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

mkdirSync(join(target, 'swagger-ui'), { recursive: true });
cpSync('src/http/page', join(target, 'page'), {
  recursive: true,
  filter: (path) => !path.endsWith('.test.ts'),
});
cpSync('prompts', join(target, 'prompts'), { recursive: true });
for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
  cpSync(join(swagger, name), join(target, 'swagger-ui', name));
}
if (existsSync('dist/widget')) cpSync('dist/widget', join(target, 'widget'), { recursive: true });
