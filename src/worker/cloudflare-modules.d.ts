/** What workerd and its test runner provide, as far as it is used here. */
declare module 'cloudflare:workers' {
  import type { DurableObjectState } from '@cloudflare/workers-types';

  export const env: import('../testing/worker-env.ts').TestEnv;
  export const exports: {
    readonly default: { fetch(input: Request | string, init?: RequestInit): Promise<Response> };
  };
  export abstract class DurableObject {
    constructor(state: DurableObjectState, env: unknown);
  }
}

declare module 'cloudflare:test' {
  import type { ExecutionContext, MessageBatch } from '@cloudflare/workers-types';

  export function createExecutionContext(): ExecutionContext;
  export function createMessageBatch<Body>(
    queue: string,
    messages: readonly { id: string; timestamp: Date; attempts: number; body: Body }[],
  ): MessageBatch<Body>;
  export function getQueueResult(
    batch: MessageBatch,
    context: ExecutionContext,
  ): Promise<{ explicitAcks: string[]; retryMessages: { msgId: string }[] }>;
}
