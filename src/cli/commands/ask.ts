import type { Command } from 'commander';
import type { AnswerEnd, Ask, AskRequest } from '../../ask/events.ts';
import { encodeAnswerEnd } from '../../http/encoders/json.ts';
import { IbidError } from '../../model/errors.ts';
import type { PassageStore } from '../../ports/passage-store.ts';
import { type CliContext, coloursFor, printJson } from '../context.ts';
import { withIndex } from '../open-index.ts';
import { renderAnswer } from '../render-answer.ts';

interface Options {
  readonly conversation?: string;
  readonly json?: boolean;
}

/** `ibid ask`: answers one question, with each quote and its place. */
export function addAskCommand(program: Command, context: CliContext): void {
  program
    .command('ask')
    .description('answer one question, with each quote, its document and its position')
    .argument('<question>', 'the question')
    .option('--conversation <id>', 'continue this conversation')
    .option('--json', 'print what POST /v1/ask replies')
    .action((question: string, options: Options) => ask(question, options, context));
}

async function ask(question: string, options: Options, context: CliContext): Promise<void> {
  if (question.trim() === '') throw new IbidError('bad_request', 'The question is empty. Ask something.');
  const { conversation, json = false } = options;
  await withIndex(context, async (ibid) => {
    const end = await lastEvent(ibid.ask, {
      question,
      signal: context.signal,
      ...(conversation === undefined ? {} : { conversationId: conversation }),
    });
    if (json) return printJson(context, encodeAnswerEnd(end));
    const texts = await citedTexts(end, ibid.store);
    context.stdout.write(renderAnswer(end, (id) => texts.get(id), coloursFor(context.stdout)));
  });
}

async function lastEvent(run: Ask, request: AskRequest): Promise<AnswerEnd> {
  for await (const event of run(request)) {
    if (event.type === 'ask-error') throw new IbidError(event.code, event.message);
    if (event.type === 'answer-end') return event;
  }
  throw new IbidError('internal', 'The answer ended without a result. Ask again.');
}

async function citedTexts({ answer }: AnswerEnd, store: PassageStore): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  if (answer.status === 'declined') return texts;
  for (const { documentId } of answer.citations) {
    const document = await store.getDocument(documentId);
    if (document) texts.set(documentId, document.text);
  }
  return texts;
}
