import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { IbidError } from '../model/errors.ts';

const BYTES = 32;

/** What signs the sessions: the one of the settings, else the one in the data folder, made at the first start. */
export async function openSessionSecret(
  config: Pick<Config, 'data' | 'sessionSecret'>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (config.sessionSecret !== undefined) return new TextEncoder().encode(config.sessionSecret);
  const path = join(config.data, 'session.key');
  const secret = await read(path);
  if (secret !== undefined) return secret;
  await make(path);
  // Another process may have been first; what lies there now counts.
  const made = await read(path);
  if (made !== undefined) return made;
  throw new IbidError(
    'config_invalid',
    `${path} does not hold ${BYTES} bytes. Remove it: a new one is made at the next start.`,
  );
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new IbidError('config_invalid', `${path} cannot be read: ${error.message}.`, { cause: error });
  });
  const bytes = new Uint8Array(Buffer.from(text.trim(), 'hex'));
  return bytes.length === BYTES ? bytes : undefined;
}

/** Written aside and linked into place, so that nobody reads half of it and nobody overwrites it. */
async function make(path: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  await writeFile(aside, `${randomBytes(BYTES).toString('hex')}\n`, { mode: 0o600, flush: true });
  try {
    await link(aside, path);
  } catch (error) {
    // Some file systems know no links; there the last of two first starts counts.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}
