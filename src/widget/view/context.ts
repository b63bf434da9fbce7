import type { Citation, Document } from '../../client/client.ts';
import type { Language } from '../strings/languages.ts';
import type { Turn } from '../turn.ts';

/** What the views need from the widget. */
export interface ViewContext {
  readonly language: Language;
  /** Address of the server. */
  readonly base: string;
  readonly document: (id: string) => Promise<Document>;
  readonly announce: (text: string) => void;
  /** An id that no other element of this widget has. */
  readonly newId: () => string;
  readonly ask: (question: string) => void;
  readonly retry: (turn: Turn) => void;
  /** Tells the page that a citation is opened; false when the page shows it itself. */
  readonly cite: (citation: Citation) => boolean;
  /** Marks the one citation that the page shows. */
  readonly markCurrent: (button: HTMLElement) => void;
  /** Rejects when it could not be saved. */
  readonly rate: (turn: Turn, rating: 'up' | 'down', comment?: string) => Promise<void>;
}
