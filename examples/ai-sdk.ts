import { DefaultChatTransport, readUIMessageStream, type UIMessage } from 'ai';

/**
 * Ibid through the AI SDK. In React the transport is all there is to write:
 * `useChat({ transport: new DefaultChatTransport({ api: 'http://localhost:8787/v1/ui-stream' }) })`.
 */
export async function askWithAiSdk(server: string, question: string): Promise<string> {
  const transport = new DefaultChatTransport({ api: `${server}/v1/ui-stream` });
  const messages: UIMessage[] = [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: question }] }];
  const stream = await transport.sendMessages({
    ...{ chatId: 'c1', trigger: 'submit-message', messageId: undefined, abortSignal: undefined },
    messages,
  });
  let parts: UIMessage['parts'] = [];
  for await (const message of readUIMessageStream({ stream })) parts = message.parts;
  return parts
    .flatMap((part) => {
      if (part.type === 'text') return [part.text];
      return part.type === 'source-url' ? [`[${part.sourceId}] ${part.title}: ${part.url}`] : [];
    })
    .join('\n');
}
