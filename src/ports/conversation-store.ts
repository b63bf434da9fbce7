import type { Conversation, Turn } from '../model/conversation.ts';

export interface Feedback {
  readonly answerId: string;
  readonly rating: 'up' | 'down';
  readonly comment?: string;
  /** ISO 8601, UTC. */
  readonly ratedAt: string;
}

/** Conversations, turn by turn, and what people said of the answers. */
export interface ConversationStore {
  getConversation(id: string): Promise<Conversation | undefined>;
  /** Creates the conversation with its first turn. */
  appendTurn(conversationId: string, turn: Turn): Promise<void>;
  /** False when there was none. */
  deleteConversation(id: string): Promise<boolean>;
  /** False when no turn has that answer id; a second rating of an answer replaces the first. */
  saveFeedback(feedback: Feedback): Promise<boolean>;
  /** Newest first: turns that were declined or rated down, with the rating's comment. */
  listUnsatisfied(limit: number): Promise<{ turn: Turn; rating?: 'up' | 'down'; comment?: string }[]>;
}
