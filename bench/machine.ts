import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os';
import { resolve } from 'node:path';
import * as z from 'zod';

/** What the numbers were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  /** Of the minute before: well above 0 means that others used the machine. */
  readonly loadAtStart: number;
  /** Versions of the libraries that are measured. */
  readonly libraries: Readonly<Record<string, string>>;
}

const LIBRARIES = ['@langchain/community', '@lat.md/embed', 'hnswlib-node', 'onnxruntime-node'];

/** Reads what the report says of the machine. */
export function describeMachine(): Machine {
  const versions = LIBRARIES.map((name) => [name, versionIn(resolve('package.json'), name)] as const);
  const transformers = versionIn(resolve('bench', 'package.json'), '@huggingface/transformers');
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    node: process.version,
    loadAtStart: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    libraries: Object.fromEntries([...versions, ['@huggingface/transformers', transformers]]),
  };
}

/** The lock file's word, because a package may keep its package.json to itself. */
function versionIn(packagePath: string, name: string): string {
  const lock: unknown = createRequire(packagePath)('./package-lock.json');
  return lockFile.parse(lock).packages[`node_modules/${name}`]?.version ?? 'unknown';
}

const lockFile = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });
