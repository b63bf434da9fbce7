import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Shell {
  /** Runs a command line to its end; rejects when it fails, with what it wrote. */
  run(command: string): Promise<string>;
  /** Starts a server and resolves once `url` answers with success. */
  start(command: string, url: string): Promise<void>;
  /** Ends what was started. */
  close(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/** A shell of a person who has set nothing but `settings`: settings of Ibid and npm around the tests do not reach it. */
export function openShell(directory: string, settings: Readonly<Record<string, string>>): Shell {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:IBID_|npm_|PORT$|HOST$)/.test(name));
  const env = { ...Object.fromEntries(inherited), ...settings };
  const running: ChildProcess[] = [];
  const open = (command: string) =>
    // A group of its own, so that it ends together with what it started.
    spawn('bash', ['-c', command], {
      cwd: directory,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  return {
    async run(command) {
      const child = open(command);
      const [stdout, stderr, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ]);
      if (code === 0) return stdout;
      throw new Error(`${command} ended with ${code}:\n${stdout}${stderr}`);
    },
    async start(command, url) {
      const child = open(command);
      running.push(child);
      let written = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          written += chunk;
        });
      }
      for (const until = Date.now() + READY_WITHIN_MS; !(await answers(url)); await sleep(100)) {
        if (child.exitCode !== null || Date.now() > until)
          throw new Error(`${command} does not serve ${url}:\n${written}`);
      }
    },
    async close() {
      for (const child of running.splice(0)) {
        if (child.exitCode !== null || child.pid === undefined) continue;
        const ended = once(child, 'close');
        process.kill(-child.pid, 'SIGTERM');
        await ended;
      }
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
