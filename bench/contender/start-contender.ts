import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Progress } from '../../eval/run/progress.ts';
import { IbidError } from '../../src/model/errors.ts';
import type { ContenderSetup } from './contender.ts';
import type { Call, Reply } from './messages.ts';

type Method = (argument: never) => Promise<unknown>;

/** A contender in a process of its own: systems share the machine, and nothing else. */
export interface Contender<Methods> {
  call<Name extends keyof Methods & string>(
    name: Name,
    ...argument: Methods[Name] extends Method ? Parameters<Methods[Name]> : never
  ): Promise<Methods[Name] extends Method ? Awaited<ReturnType<Methods[Name]>> : never>;
  close(): Promise<void>;
}

/** Starts a contender's process. Calls reject with `internal` when they fail there or the process ends. */
export function startContender<Methods>(setup: ContenderSetup, onProgress?: Progress): Contender<Methods> {
  const entry = fileURLToPath(new URL('./contender-process.js', import.meta.url));
  const child = fork(entry, [JSON.stringify(setup)], { serialization: 'advanced' });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let lastId = 0;

  child.on('message', (reply: Reply) => {
    if (reply.type === 'progress') return onProgress?.(reply.done, reply.total);
    const waiter = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.type === 'value') waiter?.resolve(reply.value as never);
    else waiter?.reject(new IbidError('internal', `${setup.kind}: ${reply.message}`));
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code) => {
      for (const { reject } of waiting.values())
        reject(new IbidError('internal', `The process of ${setup.kind} ended with code ${code}; see above.`));
      waiting.clear();
      resolve();
    });
  });

  function send(method: string, argument?: unknown): Promise<never> {
    const call: Call = { id: ++lastId, method, argument };
    return new Promise((resolve, reject) => {
      waiting.set(call.id, { resolve, reject });
      child.send(call);
    });
  }

  return {
    call: (method, ...[argument]) => send(method, argument),
    async close() {
      await send('close');
      child.disconnect();
      await exited;
    },
  };
}
