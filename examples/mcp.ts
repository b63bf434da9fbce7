import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

/** Ibid through the Model Context Protocol: the answer with its quotes, as an assistant would read it. */
export async function askWithMcp(server: string, question: string): Promise<string> {
  const client = new Client({ name: 'example', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server}/mcp`)));
  const { content } = await client.callTool({ name: 'ask', arguments: { question } });
  await client.close();
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
}
