import type { Answer } from '../client/client.ts';
import type { Api } from './client/api.ts';
import { type Fault, faultOf, isMissing } from './client/fault.ts';
import type { ConversationMemory } from './conversation-memory.ts';
import { newTurn, pastTurn, type Turn } from './turn.ts';

/** What the chat tells of itself: each time one thing, when it has happened. */
export interface ChatEvents {
  /** Turns were added or taken away. */
  turnsChanged(): void;
  turnChanged(turn: Turn): void;
  asked(turn: Turn): void;
  answered(turn: Turn, answer: Answer): void;
  failed(turn: Turn, fault: Fault): void;
}

/** One conversation: what was asked, what came of it, and how it goes on. Knows nothing of the page. */
export interface Chat {
  readonly turns: readonly Turn[];
  readonly busy: () => boolean;
  /** Asks, or waits its turn while another question is answered. */
  ask(question: string): void;
  /** Asks the question of a turn again, in its place. */
  retry(turn: Turn): void;
  /** Stops the question that is being answered; what has come of the answer stays. */
  stop(): void;
  /** Stops, and drops what waits. */
  halt(): void;
  /** Forgets the conversation. */
  reset(): void;
  /** Fetches the conversation of before a reload, once. Rejects when it cannot be had just now. */
  restore(): Promise<void>;
}

export interface ChatOptions {
  readonly api: Api;
  readonly memory: ConversationMemory;
  readonly on: ChatEvents;
}

/** How long without an answer until this is said. */
const SLOW_MS = 8_000;

export function createChat({ api, memory, on }: ChatOptions): Chat {
  let turns: Turn[] = [];
  let current: { turn: Turn; abort: AbortController } | undefined;
  let waiting: (() => void)[] = [];
  let restoring: Promise<void> | undefined;

  async function run(turn: Turn): Promise<void> {
    const abort = new AbortController();
    current = { turn, abort };
    on.turnChanged(turn);
    const slow = setTimeout(() => {
      turn.slow = true;
      on.turnChanged(turn);
    }, SLOW_MS);
    try {
      // A conversation of before a reload comes first, or its last turn might be shown twice.
      await restoring?.catch(() => {});
      abort.signal.throwIfAborted();
      const end = await follow(turn, abort.signal);
      finish(turn, end);
    } catch (error) {
      if (abort.signal.aborted) turn.phase = 'stopped';
      else fail(turn, error);
    } finally {
      clearTimeout(slow);
      if (current?.turn === turn) current = undefined;
    }
    if (!turns.includes(turn)) return;
    on.turnChanged(turn);
    if (turn.phase === 'failed' && turn.fault !== undefined) on.failed(turn, turn.fault);
    waiting.shift()?.();
  }

  /** Asks within the conversation; when the server no longer has it, begins a new one. */
  async function follow(turn: Turn, signal: AbortSignal): Promise<Answer> {
    const id = memory.read();
    try {
      return await receive(turn, signal, id);
    } catch (error) {
      if (id === undefined || !isMissing(error)) throw error;
      memory.write(undefined);
      turn.forgotten = true;
      return receive(turn, signal, undefined);
    }
  }

  async function receive(turn: Turn, signal: AbortSignal, id: string | undefined): Promise<Answer> {
    const request = { question: turn.question, ...(id === undefined ? {} : { conversation_id: id }) };
    for await (const event of api.ask(request, signal)) {
      signal.throwIfAborted();
      if (event.type === 'answer-end') return event;
      if (event.type === 'text-delta') turn.text += event.text;
      if (event.type === 'citation-added') turn.citations = [...turn.citations, event.citation];
      if (turn.text === '') continue;
      turn.phase = 'answering';
      on.turnChanged(turn);
    }
    throw new Error('An answer has an end.');
  }

  function finish(turn: Turn, end: Answer): void {
    const { text, citations } = end;
    Object.assign(turn, { phase: 'done', text, citations, answer: end });
    if (!turns.includes(turn)) return;
    memory.write(end.conversation_id);
    on.answered(turn, end);
  }

  function fail(turn: Turn, error: unknown): void {
    turn.phase = 'failed';
    turn.fault = faultOf(error, { online: navigator.onLine, now: Date.now() });
  }

  function ask(question: string): void {
    if (current !== undefined) {
      waiting.push(() => ask(question));
      return;
    }
    const turn = newTurn(question);
    turns = [...turns, turn];
    on.turnsChanged();
    on.asked(turn);
    void run(turn);
  }

  function retry(turn: Turn): void {
    if (current !== undefined) {
      waiting.push(() => retry(turn));
      return;
    }
    Object.assign(turn, newTurn(turn.question));
    delete turn.fault;
    on.turnsChanged();
    on.asked(turn);
    void run(turn);
  }

  return {
    get turns() {
      return turns;
    },
    busy: () => current !== undefined,
    ask,
    retry,
    stop() {
      current?.abort.abort();
    },
    halt() {
      waiting = [];
      current?.abort.abort();
    },
    reset() {
      const stopped = current;
      turns = [];
      waiting = [];
      memory.write(undefined);
      stopped?.abort.abort();
      current = undefined;
      on.turnsChanged();
    },
    restore() {
      restoring ??= restoreOnce();
      return restoring;
    },
  };

  async function restoreOnce(): Promise<void> {
    const id = memory.read();
    if (id === undefined) return;
    try {
      const past = await api.conversation(id);
      turns = [...past.turns.map(pastTurn), ...turns];
      on.turnsChanged();
    } catch (error) {
      if (!isMissing(error)) {
        restoring = undefined;
        throw error;
      }
      if (memory.read() === id) memory.write(undefined);
    }
  }
}
