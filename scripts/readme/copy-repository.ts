import { cp, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** What a clone does not bring, or what would be in the way of another process. */
const LEFT_OUT = new Set(['.git', '.cache', '.env', 'node_modules', 'dist', 'data', 'reports', 'coverage']);

/** Copies a repository as a newcomer has it after `npm ci`, but for what that builds; its libraries are linked. */
export async function copyRepository(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, filter: (path) => path === from || !LEFT_OUT.has(basename(path)) });
  await symlink(join(from, 'node_modules'), join(to, 'node_modules'));
}
