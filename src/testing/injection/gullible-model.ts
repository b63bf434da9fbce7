import type { ChatMessage, ChatModel, ChatRequest } from '../../ports/chat-model.ts';

/** A model that does whatever it is told last: it says `said`, in which `{{system}}` is the prompt that it was given. */
export function createGullibleModel(): ChatModel & { said: string; readonly requests: ChatRequest[] } {
  const requests: ChatRequest[] = [];
  const model = {
    id: 'fake:gullible',
    said: '',
    requests,
    async *stream(request: ChatRequest) {
      requests.push(request);
      const text = model.said.replaceAll('{{system}}', contentOf(request.messages, 'system'));
      for (const piece of text.match(/[\s\S]{1,17}/g) ?? []) yield { type: 'text' as const, text: piece };
      yield { type: 'end' as const, finish: 'stop' as const };
    },
  };
  return model;
}

function contentOf(messages: readonly ChatMessage[], role: ChatMessage['role']): string {
  return messages
    .filter((message) => message.role === role)
    .map(({ content }) => content)
    .join('\n');
}
