import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exclusive } from '../ingest/mutex.ts';
import { IbidError } from '../model/errors.ts';

export interface IngestLockOptions {
  readonly path: string;
  /** How long to wait for another process, in milliseconds. Default 10 minutes. */
  readonly waitMs?: number;
  /** Told once when there is someone to wait for. */
  readonly onWait?: (holder: string) => void;
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

const HEARTBEAT_MS = 5_000;
const STALE_AFTER_MS = 60_000;
const RETRY_MS = 200;

/**
 * A lock among processes that share a data folder, so that they do not embed the same documents twice; the store's
 * transactions keep the index whole even without it. A lock whose process has ended, or that was not renewed for a minute,
 * is taken over. Rejects with `index_busy` when the wait is over.
 */
export function createIngestLock({ path, waitMs = 600_000, onWait }: IngestLockOptions): Exclusive {
  return async (work) => {
    const token = randomUUID();
    await acquire(path, token, Date.now() + waitMs, onWait);
    const heartbeat = setInterval(
      () => void utimes(path, new Date(), new Date()).catch(() => {}),
      HEARTBEAT_MS,
    );
    heartbeat.unref();
    try {
      return await work();
    } finally {
      clearInterval(heartbeat);
      if ((await readHolder(path))?.token === token) await rm(path, { force: true });
    }
  };
}

async function acquire(
  path: string,
  token: string,
  deadline: number,
  onWait: ((holder: string) => void) | undefined,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  for (let told = false; !(await tryCreate(path, token)); ) {
    const holder = await readHolder(path);
    if (await isStale(path, holder)) {
      await rm(path, { force: true });
      continue;
    }
    const name = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
    if (Date.now() > deadline) {
      throw new IbidError(
        'index_busy',
        `Documents are being ingested by ${name}. Wait for it to end, or stop it, and try again.`,
      );
    }
    if (!told) onWait?.(name);
    told = true;
    await sleep(RETRY_MS);
  }
}

async function tryCreate(path: string, token: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    const holder: Holder = { pid: process.pid, host: hostname(), token };
    await file.writeFile(JSON.stringify(holder)).finally(() => file.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when there is none, or when it is not written yet. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const { pid, host, token } = JSON.parse(await readFile(path, 'utf8')) as Partial<Holder>;
    return pid === undefined || host === undefined || token === undefined ? undefined : { pid, host, token };
  } catch {
    return undefined;
  }
}

async function isStale(path: string, holder: Holder | undefined): Promise<boolean> {
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (age > STALE_AFTER_MS) return true;
  return holder !== undefined && holder.host === hostname() && hasEnded(holder.pid);
}

function hasEnded(pid: number): boolean {
  // This process takes turns before it asks for the file: its number in there is that of one before it.
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
