import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import * as z from 'zod';
import type { ConversationStore } from '../src/ports/conversation-store.ts';
import { readJsonl } from './datasets/read-jsonl.ts';

/** Turns looked at, newest first. */
const MOST_TURNS = 1000;

type Unsatisfied = Awaited<ReturnType<ConversationStore['listUnsatisfied']>>[number];

/**
 * Appends the down-rated and unanswered questions of a running service to `path` as case stubs, one for each that is not
 * there yet, and returns how many. A person fills in gold quotes and accepted answers (or sets `answerable` to false) and
 * moves them into `eval/cases/`; the follow-ups among them come in their standalone form.
 */
export async function exportFeedback(conversations: ConversationStore, path: string): Promise<number> {
  const known = await readIds(path);
  const turns = await conversations.listUnsatisfied(MOST_TURNS);
  const stubs = new Map(
    turns.map((item) => [item.turn.standaloneQuestion.trim().toLowerCase(), toStub(item)]),
  );
  const fresh = [...stubs.values()].filter((stub) => !known.has(stub.id));
  await appendFile(path, fresh.map((stub) => `${JSON.stringify(stub)}\n`).join(''));
  return fresh.length;
}

function toStub({ turn, rating, comment }: Unsatisfied) {
  const reply = `${turn.answer.status}: ${turn.answer.text}`;
  return {
    id: `feedback-${turn.id}`,
    question: turn.standaloneQuestion,
    gold_quotes: [],
    gold_documents: [],
    accepted_answers: [],
    answerable: true,
    tags: ['from-feedback', rating === 'down' ? 'rated-down' : 'unanswered'],
    note: comment === undefined ? reply : `${reply} (comment: ${comment})`,
  };
}

async function readIds(path: string): Promise<Set<string>> {
  const ids = new Set<string>();
  if (!existsSync(path)) return ids;
  for await (const { id } of readJsonl(path, z.object({ id: z.string() }))) ids.add(id);
  return ids;
}
