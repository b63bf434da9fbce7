import type { AnswerEnd, AskEvent } from '../../ask/events.ts';
import { encodeAnswerEnd } from '../../http/encoders/json.ts';
import { showMarkers } from '../../http/encoders/show-markers.ts';
import type { PassageStore } from '../../ports/passage-store.ts';
import { citedTexts } from '../cited-texts.ts';
import { type CliContext, coloursFor } from '../context.ts';
import { printable, printableLine } from '../printable.ts';
import { renderProof } from '../render-answer.ts';

/** How a chat speaks: to a person, or in JSON lines to a program. */
export interface Voice {
  /** A word of the chat itself, such as its help. */
  note(text: string): void;
  /** Tells an answer as it is made; resolves with its end, or undefined when it failed or was stopped. */
  tell(events: AsyncIterable<AskEvent>, asked: Asked): Promise<AnswerEnd | undefined>;
}

interface Asked {
  readonly question: string;
  readonly signal: AbortSignal;
}

const ERASE_LINE = '\r\u001b[2K';

/** Text as it comes, its markers behind each sentence, then each quote with its place. */
export function createPlainVoice({ stdout }: CliContext, store: Pick<PassageStore, 'getDocument'>): Voice {
  const colours = coloursFor(stdout);
  return {
    note: (text) => void stdout.write(`${colours.dim(text)}\n\n`),
    async tell(events, { question, signal }) {
      let isWritten = false;
      let isWaiting = false;
      for await (const event of showMarkers(events)) {
        if (isWaiting) stdout.write(ERASE_LINE);
        isWaiting = false;
        switch (event.type) {
          case 'passages-found':
            if (event.standaloneQuestion !== question) {
              stdout.write(`${colours.dim(`understood as: ${printableLine(event.standaloneQuestion)}`)}\n`);
            }
            isWaiting = stdout.isTTY === true;
            // A language model may take its time.
            if (isWaiting) stdout.write(colours.dim('reading …'));
            break;
          case 'text-delta':
            isWritten = true;
            stdout.write(colours.bold(printable(event.text)));
            break;
          case 'answer-end': {
            const texts = await citedTexts(event, store);
            const proof = renderProof(event, (id) => texts.get(id), colours);
            stdout.write(`\n\n${proof}\n`);
            return event;
          }
          case 'ask-error': {
            const said = signal.aborted ? colours.dim('stopped') : colours.red(printable(event.message));
            stdout.write(`${isWritten ? '\n' : ''}${said}\n\n`);
          }
        }
      }
      return undefined;
    },
  };
}

/** One JSON line for each answer, as `POST /v1/ask` replies, or for what went wrong. */
export function createJsonVoice({ stdout, stderr }: CliContext): Voice {
  return {
    // Its reader waits for answers alone.
    note: (text) => void stderr.write(`${text}\n`),
    async tell(events) {
      for await (const event of events) {
        if (event.type === 'ask-error') {
          const { code, message } = event;
          stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
        }
        if (event.type !== 'answer-end') continue;
        stdout.write(`${JSON.stringify(encodeAnswerEnd(event))}\n`);
        return event;
      }
      return undefined;
    },
  };
}
