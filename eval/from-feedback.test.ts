import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Turn } from '../src/model/conversation.ts';
import type { ConversationStore } from '../src/ports/conversation-store.ts';
import { exportFeedback } from './from-feedback.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-feedback-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const turn = (id: string, standaloneQuestion: string): Turn => ({
  id,
  question: 'and he?',
  standaloneQuestion,
  answer: { status: 'declined', reason: 'no_answer_in_documents', text: 'Not there.', closest: [] },
  confidence: 0.2,
  askedAt: '2026-01-01T00:00:00Z',
});

function storeOf(items: Awaited<ReturnType<ConversationStore['listUnsatisfied']>>): ConversationStore {
  return {
    getConversation: async () => undefined,
    listConversations: async () => [],
    listFeedback: async () => [],
    appendTurn: async () => true,
    holdConversation: async () => true,
    deleteConversationsBefore: async () => 0,
    deleteTurn: async () => false,
    deleteConversation: async () => false,
    saveFeedback: async () => false,
    listUnsatisfied: async (limit) => items.slice(0, limit),
  };
}

describe('exportFeedback', () => {
  it('writes each question once, however often it is run, with what was replied', async () => {
    const path = join(folder, 'stubs.jsonl');
    const store = storeOf([
      { turn: turn('ans_2', 'Who is Ann?'), rating: 'down', comment: 'wrong Ann' },
      { turn: turn('ans_1', 'Where is Bo?') },
      { turn: turn('ans_0', 'where is bo?') },
    ]);
    expect(await exportFeedback(store, path)).toBe(2);
    expect(await exportFeedback(store, path)).toBe(0);
    const rows = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(rows.map((row) => JSON.parse(row))).toMatchObject([
      {
        id: 'feedback-ans_2',
        question: 'Who is Ann?',
        tags: ['from-feedback', 'rated-down'],
        note: 'declined: Not there. (comment: wrong Ann)',
      },
      { id: 'feedback-ans_0', question: 'where is bo?', tags: ['from-feedback', 'unanswered'] },
    ]);
  });
});
