import type { Command } from 'commander';
import type { Ibid } from '../../node.ts';
import { type LineReader, openLineReader } from '../chat/line-reader.ts';
import { createJsonVoice, createPlainVoice, type Voice } from '../chat/voice.ts';
import { type CliContext, coloursFor } from '../context.ts';
import { withIndex } from '../open-index.ts';
import { printable } from '../printable.ts';

interface Options {
  readonly conversation?: string;
  readonly json?: boolean;
}

const PROMPT = '› ';

const HELP = `Type a question; a follow-up is understood by what was said before.
  /new    begins a new conversation
  /help   shows this
  /quit   leaves; so does Ctrl-D
Ctrl-C stops an answer.`;

/** `ibid chat`: a conversation in the terminal, or over a pipe. */
export function addChatCommand(program: Command, context: CliContext): void {
  program
    .command('chat')
    .description('ask question after question, each answer with its quotes and their positions')
    .option('--conversation <id>', 'continue this conversation')
    .option('--json', 'print a JSON line for each answer, as POST /v1/ask replies')
    .action((options: Options) => chat(options, context));
}

async function chat({ conversation, json = false }: Options, context: CliContext): Promise<void> {
  await withIndex(context, async (ibid) => {
    const voice = json ? createJsonVoice(context) : createPlainVoice(context, ibid.store);
    const reader = openLineReader(context, coloursFor(context.stdout).cyan(PROMPT));
    const isTyped = context.stdin.isTTY === true;
    if (isTyped) voice.note(await greeting(ibid, conversation));
    try {
      // What comes through a pipe is not on the screen.
      const echo =
        isTyped || json ? () => {} : (line: string) => void context.stdout.write(`${PROMPT}${line}\n`);
      await converse({ ibid, reader, voice, echo, ...(conversation === undefined ? {} : { conversation }) });
    } finally {
      reader.close();
    }
    context.signal.throwIfAborted();
  });
}

interface Conversing {
  readonly ibid: Ibid;
  readonly reader: LineReader;
  readonly voice: Voice;
  readonly echo: (line: string) => void;
  readonly conversation?: string;
}

async function converse({ ibid, reader, voice, echo, conversation }: Conversing): Promise<void> {
  let conversationId = conversation;
  for (let line = await reader.next(); line !== undefined; line = await reader.next()) {
    const question = line.trim();
    if (question === '') continue;
    echo(printable(question));
    if (/^\/(?:quit|exit|q)$/i.test(question)) return;
    if (question.startsWith('/')) {
      if (/^\/new$/i.test(question)) conversationId = undefined;
      voice.note(replyTo(question));
      continue;
    }
    const begun = conversationId;
    const end = await reader.during((signal) => {
      const request = { question, signal, ...(begun === undefined ? {} : { conversationId: begun }) };
      return voice.tell(ibid.ask(request), { question, signal });
    });
    conversationId = end?.conversationId ?? conversationId;
  }
}

async function greeting({ store }: Ibid, conversation: string | undefined): Promise<string> {
  const { documents } = await store.countDocuments();
  const count = `${documents.toLocaleString('en')} document${documents === 1 ? '' : 's'}`;
  const begun = conversation === undefined ? '' : ` Going on with ${conversation}.`;
  return `Answers from ${count}.${begun} /help shows what you can do.`;
}

function replyTo(command: string): string {
  if (/^\/help$/i.test(command)) return HELP;
  if (/^\/new$/i.test(command)) return 'A new conversation.';
  return `There is no ${printable(command.split(/\s/, 1)[0] ?? '')}: /help shows what there is.`;
}
