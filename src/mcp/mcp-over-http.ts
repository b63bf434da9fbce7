import { createMcpHandler } from '@modelcontextprotocol/server';
import type { McpDependencies } from './dependencies.ts';
import { createMcpServer } from './mcp-server.ts';

/**
 * Answers MCP requests over HTTP without keeping sessions, so that any of several servers may answer: those of the
 * revision 2026-07-28, and of the older ones as streamable HTTP.
 */
export function createMcpOverHttp(deps: McpDependencies): (request: Request) => Promise<Response> {
  const handler = createMcpHandler(() => createMcpServer(deps));
  return (request) => handler.fetch(request);
}
