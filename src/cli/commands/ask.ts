import type { Command } from 'commander';
import { encodeAnswerEnd, endOf } from '../../http/encoders/json.ts';
import { IbidError } from '../../model/errors.ts';
import { citedTexts } from '../cited-texts.ts';
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
    const events = ibid.ask({
      question,
      signal: context.signal,
      ...(conversation === undefined ? {} : { conversationId: conversation }),
    });
    const end = await endOf(events);
    if (json) return printJson(context, encodeAnswerEnd(end));
    const texts = await citedTexts(end, ibid.store);
    context.stdout.write(renderAnswer(end, (id) => texts.get(id), coloursFor(context.stdout)));
  });
}
