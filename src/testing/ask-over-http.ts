import type { App } from '../http/dependencies.ts';
import type { WireCitation } from '../http/encoders/json.ts';
import type { AskResponse } from '../http/schemas/ask.ts';

/** The body of `POST /v1/ask`. */
export interface AskBody {
  readonly question: string;
  readonly conversation_id?: string;
}

/** An answer as it came over a stream: put together from its events, and as its last event tells it. */
export interface StreamedAnswer {
  readonly text: string;
  readonly citations: readonly WireCitation[];
  readonly end: AskResponse;
}

/** `POST /v1/ask` for JSON. */
export function postQuestion(app: App, body: AskBody, accept = 'application/json'): Promise<Response> {
  const headers = { 'content-type': 'application/json', accept };
  return Promise.resolve(app.request('/v1/ask', { method: 'POST', headers, body: JSON.stringify(body) }));
}

/** `POST /v1/ask` for a stream of events, read to its end. Throws unless that is an answer. */
export async function streamAnswer(app: App, body: AskBody): Promise<StreamedAnswer> {
  const wire = await (await postQuestion(app, body, 'text/event-stream')).text();
  const lines = wire.split('\n').filter((line) => line.startsWith('data: '));
  const events = lines.map((line) => JSON.parse(line.slice('data: '.length)) as WireEvent);
  const { type, ...end } = events.at(-1) ?? {};
  if (type !== 'answer-end') throw new Error(`The stream ended with ${type}.`);
  return {
    text: events.map((event) => (event.type === 'text-delta' ? event.text : '')).join(''),
    citations: events.flatMap(({ citation }) => (citation === undefined ? [] : [citation])),
    end: end as unknown as AskResponse,
  };
}

interface WireEvent {
  readonly type?: string;
  readonly text?: string;
  readonly citation?: WireCitation;
}

/** `GET` of a path that must be there. */
export async function getJson<T>(app: App, path: string): Promise<T> {
  const response = await app.request(path);
  if (!response.ok) throw new Error(`GET ${path} gave ${response.status}.`);
  return (await response.json()) as T;
}
