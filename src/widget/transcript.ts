import type { Strings } from './strings/languages.ts';
import type { Turn } from './turn.ts';
import type { ViewContext } from './view/context.ts';
import { createSuggestions } from './view/suggestions.ts';
import { createTurnView, type TurnView } from './view/turn-view.ts';

/** The transcript as it is shown: a view for each turn, and what may be asked next. */
export interface Transcript {
  /** Shows these turns, in this order. */
  setTurns(turns: readonly Turn[]): void;
  update(turn: Turn): void;
  /** Offers questions at the end; none takes the offer away. */
  offer(heading: string, questions: readonly string[]): void;
  /** Makes every view anew: the language has changed. */
  rebuild(turns: readonly Turn[]): void;
  /** A line of its own about the conversation. */
  notice(text: string): void;
}

/** How far from where it would be the transcript may be scrolled and still follow what arrives, in pixels. */
const NEAR = 60;

export function createTranscript(log: HTMLElement, contextOf: () => ViewContext): Transcript {
  let views = new Map<Turn, TurnView>();
  let offered: HTMLElement | undefined;
  let notice: HTMLElement | undefined;

  /** The last turn, as low as it fits: an answer longer than the screen is read from its question on. */
  const aim = () => {
    const last = [...views.values()].at(-1)?.node;
    const end = log.scrollHeight - log.clientHeight;
    return last === undefined ? 0 : Math.max(0, Math.min(end, last.offsetTop - log.offsetTop));
  };
  const scroll = () => log.scrollTo({ top: aim(), behavior: 'instant' });
  /** Changes what is shown, and follows it unless the reader has scrolled elsewhere. */
  const following = (change: () => void) => {
    const follows = Math.abs(log.scrollTop - aim()) < NEAR;
    change();
    if (follows) scroll();
  };
  const viewOf = (turn: Turn) => {
    const known = views.get(turn);
    if (known !== undefined) return known;
    const view = createTurnView(turn, contextOf());
    view.update();
    return view;
  };
  const setTurns = (turns: readonly Turn[]) => {
    const next = new Map(turns.map((turn) => [turn, viewOf(turn)]));
    for (const [turn, view] of views) if (next.get(turn) !== view) view.node.remove();
    const before = offered ?? null;
    for (const { node } of next.values()) log.insertBefore(node, before);
    views = next;
    if (turns.length === 0) {
      notice?.remove();
      notice = undefined;
    }
    scroll();
  };

  return {
    setTurns,
    update(turn) {
      following(() => views.get(turn)?.update());
    },
    offer(heading, questions) {
      following(() => {
        offered?.remove();
        offered = createSuggestions(heading, questions, contextOf().ask);
        if (offered !== undefined) log.append(offered);
      });
    },
    rebuild(turns) {
      for (const { node } of views.values()) node.remove();
      views = new Map();
      setTurns(turns);
    },
    notice(text) {
      notice?.remove();
      notice = document.createElement('p');
      notice.className = 'notice';
      notice.textContent = text;
      log.firstElementChild?.after(notice);
    },
  };
}

/** What a screen reader hears when an answer is there, in one piece. */
export function spokenAnswer(turn: Turn, strings: Strings, declined: string): string {
  const { answer } = turn;
  if (answer === undefined) return '';
  if (answer.status === 'declined') {
    const closest = answer.closest?.length ?? 0;
    return [declined, ...(closest > 0 ? [`${strings.closest}: ${closest}.`] : [])].join(' ');
  }
  const sources = new Set(turn.citations.map(({ marker }) => marker)).size;
  return `${strings.answer}: ${turn.text} ${strings.sources}: ${sources}.`;
}
