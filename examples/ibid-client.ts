// Elsewhere: import { createClient } from 'ibid/client'.
import { createClient } from '../src/client/client.ts';

/** Ibid through its own client: the text as it comes, each quote as soon as it is proved. */
export async function askWithIbidClient(server: string, question: string): Promise<string> {
  const ibid = createClient({ baseUrl: server });
  const lines: string[] = [];
  for await (const event of ibid.stream({ question })) {
    if (event.type === 'text-delta') lines.push(event.text);
    if (event.type === 'citation-added') {
      const { marker, quote, uri, start, end } = event.citation;
      lines.push(`[${marker}] “${quote}” ${uri}:${start}–${end}`);
    }
  }
  return lines.join('\n');
}
