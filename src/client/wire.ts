/** What travels over HTTP, in the names and shapes of docs/http-api.md. Offsets are UTF-16 code units, end exclusive. */

/** Metadata that a document must have: a value, or one of several. */
export type Filter = Record<string, string | number | boolean | (string | number | boolean)[]>;

export interface AskRequest {
  question: string;
  /** Continues this conversation; without it a new one is begun. */
  conversation_id?: string | undefined;
  filter?: Filter | undefined;
  /** Passages to report, 1–50. */
  limit?: number | undefined;
}

/** Proof of one sentence: `quote` is `text.slice(start, end)` of the document. */
export interface Citation {
  /** Shown to the reader, from 1; one number a quote. */
  marker: number;
  document_id: string;
  passage_id: string;
  title: string;
  uri: string;
  quote: string;
  start: number;
  end: number;
  /** The sentence it proves is `answer.text.slice(answer_start, answer_end)`. */
  answer_start: number;
  answer_end: number;
  headings: string[];
  page?: number | undefined;
}

export interface Passage {
  id: string;
  document_id: string;
  title: string;
  uri: string;
  text: string;
  start: number;
  end: number;
  headings: string[];
  page?: number | undefined;
}

export interface Hit {
  passage: Passage;
  /** Similarity in [0, 1], higher is better. */
  score: number;
  via: 'vector' | 'text' | 'both';
}

/** The fields that an answer has wherever it is shown. */
interface AnswerFields {
  status: 'answered' | 'declined';
  /** Calibrated probability in [0, 1] that the documents answer the question. */
  confidence: number;
  /** Plain sentences without markers. */
  text: string;
  /** Empty when declined. */
  citations: Citation[];
  /** Sentences that the language model wrote and that were left out, because no passage supports them. */
  omitted?: number | undefined;
  /** Parts of the question to which the documents hold no answer. */
  unanswered?: string[] | undefined;
  /** Why it was declined. */
  reason?: 'no_answer_in_documents' | 'no_documents' | 'not_a_question' | 'answer_unsupported' | undefined;
  /** When declined: the passages that came nearest. */
  closest?: Hit[] | undefined;
  /** The question as understood within its conversation. */
  standalone_question: string;
}

export interface Usage {
  /** Such as `ollama:qwen3`. */
  model: string;
  input_tokens: number;
  output_tokens: number;
  /** Whether the model's server did not report all of them. */
  estimated: boolean;
  cost_usd?: number | undefined;
}

export interface Answer extends AnswerFields {
  /** `ans_…`, for feedback. */
  id: string;
  /** `conv_…`, for the next question. */
  conversation_id: string;
  passages: Hit[];
  /** What did not work and what answered instead. */
  degraded?: string | undefined;
  /** What the language model read and wrote, where one was asked. */
  usage?: Usage | undefined;
  timing_ms: { contextualise: number; retrieve: number; read: number; total: number };
}

/** What happens while a question is answered; `answer-end` is the last. */
export type AskEvent =
  | {
      type: 'passages-found';
      id: string;
      conversation_id: string;
      standalone_question: string;
      passages: Hit[];
    }
  | { type: 'text-delta'; text: string }
  | { type: 'citation-added'; citation: Citation }
  | ({ type: 'answer-end' } & Answer);

export interface SearchRequest {
  query: string;
  filter?: Filter | undefined;
  /** Hits to return, 1–50. */
  limit?: number | undefined;
}

export interface SearchResponse {
  /** Best first. */
  hits: Hit[];
  degraded?: string | undefined;
}

interface DocumentIdentity {
  id: string;
  /** A path within the documents folder, or a URL. */
  uri: string;
  title: string;
  media_type: string;
  metadata: Record<string, string | number | boolean | string[]>;
}

export interface Document extends DocumentIdentity {
  /** The text that all offsets refer to. */
  text: string;
}

export interface DocumentSummary extends DocumentIdentity {
  /** What brought it, e.g. `folder:documents`. */
  origin: string;
  /** Changes whenever the document does. */
  content_hash: string;
  /** How many it was split into. */
  passages: number;
}

export interface DocumentList {
  documents: DocumentSummary[];
  total: number;
  /** `after` of the next page; null on the last. */
  next: string | null;
}

export interface Turn extends AnswerFields {
  /** The answer's id. */
  id: string;
  question: string;
  /** ISO 8601, UTC. */
  asked_at: string;
}

export interface Conversation {
  id: string;
  /** The last 100, oldest first. */
  turns: Turn[];
  /** The id of the oldest turn here when there are earlier ones. */
  earlier: string | null;
}

export interface FeedbackRequest {
  answer_id: string;
  rating: 'up' | 'down';
  comment?: string | undefined;
}

export interface Feedback extends FeedbackRequest {
  /** ISO 8601, UTC. */
  rated_at: string;
}
