import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Command } from 'commander';
import { DEFAULT_LIMITS } from '../../http/dependencies.ts';
import { createMcpServer } from '../../mcp/mcp-server.ts';
import { messageOf } from '../../model/errors.ts';
import { createLog } from '../../node/log.ts';
import { type CliContext, configOf } from '../context.ts';
import { withIndex } from '../open-index.ts';

/** How soon it notices what `ibid ingest` committed beside it. */
const FOLLOW_EVERY_MS = 5_000;

/** `ibid mcp`: the Model Context Protocol over standard input and output, as desktop clients start it. */
export function addMcpCommand(program: Command, context: CliContext): void {
  program
    .command('mcp')
    .description('serve the Model Context Protocol over standard input and output, for desktop clients')
    .action(() => serveMcp(context));
}

async function serveMcp(context: CliContext): Promise<void> {
  const { stderr, signal } = context;
  // Standard output belongs to the protocol.
  const write = (line: string) => void stderr.write(line);
  const log = createLog({ level: configOf(context).log, json: false, write, now: () => new Date() });
  await withIndex(context, async (ibid) => {
    const { maxQuestionChars } = DEFAULT_LIMITS;
    const deps = { ...ibid, log, maxQuestionChars, newId: () => randomUUID() };
    const following = setInterval(
      () => void ibid.refresh().catch((error) => write(`${messageOf(error)}\n`)),
      FOLLOW_EVERY_MS,
    );
    const transport = new StdioServerTransport();
    const ended = once(process.stdin, 'close');
    const served = serveStdio(() => createMcpServer(deps), {
      transport,
      onerror: (error) => write(`${messageOf(error)}\n`),
    });
    await Promise.race([ended, signal.aborted ? undefined : once(signal, 'abort')]);
    clearInterval(following);
    await served.close();
  });
}
