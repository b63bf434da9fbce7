import OpenAI from 'openai';

/** Ibid through the `openai` package: the text as it comes, then where it stands. */
export async function askWithOpenAi(server: string, question: string): Promise<string> {
  const client = new OpenAI({ baseURL: `${server}/v1`, apiKey: process.env.IBID_API_KEY ?? 'none' });
  const stream = client.chat.completions.stream({
    model: 'ibid',
    messages: [{ role: 'user', content: question }],
  });
  stream.on('content', (text) => process.stdout.write(text));
  const { content, annotations = [] } = await stream.finalMessage();
  const sources = annotations.map(({ url_citation: { title, url } }) => `${title}: ${url}`);
  return [content, ...sources].join('\n');
}

/** A question and its follow-up through the responses API, which keeps the conversation by the id of the response. */
export async function followUpWithOpenAi(server: string, first: string, second: string): Promise<string> {
  const client = new OpenAI({ baseURL: `${server}/v1`, apiKey: process.env.IBID_API_KEY ?? 'none' });
  const { id } = await client.responses.create({ model: 'ibid', input: first });
  const response = await client.responses.create({ model: 'ibid', input: second, previous_response_id: id });
  return response.output_text;
}
