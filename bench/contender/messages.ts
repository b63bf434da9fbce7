/** From the benchmark to a contender's process: call a method. */
export interface Call {
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
}

/** From a contender's process: how a call ended, or how far it is. */
export type Reply =
  | { readonly type: 'value'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  | { readonly type: 'progress'; readonly done: number; readonly total: number };
