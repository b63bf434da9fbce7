import type { Conversation, Turn } from '../model/conversation.ts';

export interface Feedback {
  readonly answerId: string;
  readonly rating: 'up' | 'down';
  readonly comment?: string;
  /** ISO 8601, UTC. */
  readonly ratedAt: string;
}

/** The newest turns of a conversation, or the newest of those before one of its turns. */
export interface TurnWindow {
  readonly limit: number;
  /** A turn's id; one that is not of the conversation has nothing before it. */
  readonly before?: string;
}

export interface AppendOptions {
  /** Stores nothing when the conversation is not there: it may have been deleted while the question was answered. */
  readonly continues: boolean;
  /** With more turns than this, the oldest leave with their feedback. */
  readonly keep: number;
}

/** One question's claim to a conversation; times are milliseconds since the epoch. */
export interface Hold {
  /** The id that the question's turn will have: storing that turn ends the hold. */
  readonly turnId: string;
  readonly now: number;
  /** When it lapses, should whoever holds it never come back; `now` to end it. */
  readonly until: number;
}

/** Conversations, turn by turn, and what people said of the answers. */
export interface ConversationStore {
  /** With all of its turns, or with those of a window, oldest first. */
  getConversation(id: string, window?: TurnWindow): Promise<Conversation | undefined>;
  /** Ids of conversations in the order of their code points, after the given one when paging. */
  listConversations(page: { readonly limit: number; readonly afterId?: string }): Promise<string[]>;
  /** What people said of the answers of a conversation, in the order of the answers. */
  listFeedback(conversationId: string): Promise<Feedback[]>;
  /** Creates the conversation with its first turn. False when it was to be continued and is gone. */
  appendTurn(conversationId: string, turn: Turn, options?: AppendOptions): Promise<boolean>;
  /** Claims a conversation for one question, among all processes that share the store. False while another one holds it, or when it is gone. */
  holdConversation(id: string, hold: Hold): Promise<boolean>;
  /** Deletes one turn with its feedback; the conversation goes with its last one. False when there was none. */
  deleteTurn(conversationId: string, turnId: string): Promise<boolean>;
  /** False when there was none. */
  deleteConversation(id: string): Promise<boolean>;
  /** Deletes at most `limit` conversations whose last turn is older than `before` (ISO 8601, UTC), with their feedback; says how many. */
  deleteConversationsBefore(before: string, limit: number): Promise<number>;
  /** False when no turn has that answer id; a second rating of an answer replaces the first. */
  saveFeedback(feedback: Feedback): Promise<boolean>;
  /** Newest first: turns that left their question open or were rated down, with the rating's comment. */
  listUnsatisfied(limit: number): Promise<{ turn: Turn; rating?: 'up' | 'down'; comment?: string }[]>;
}
