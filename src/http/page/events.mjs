/** Asks, and yields the events of the answer; throws an `Error` with the server's own words when it refuses. */
export async function* ask({ question, conversationId, headers }) {
  const response = await fetch('/v1/ask', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ question, ...(conversationId ? { conversation_id: conversationId } : {}) }),
  });
  if (!response.ok) throw await faultOf(response);
  yield* readEvents(response.body);
}

/** The `data` objects of an event stream, whole ones only, however the bytes were cut. */
export async function* readEvents(body) {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    rest += decoder.decode(part.value, { stream: true });
    const events = rest.split('\n\n');
    rest = events.pop();
    for (const event of events) {
      const line = event.split('\n').find((one) => one.startsWith('data: '));
      if (line !== undefined) yield JSON.parse(line.slice('data: '.length));
    }
  }
}

/** The error of a response that is not ok; `status` tells whether a key is missing. */
export async function faultOf(response) {
  const problem = await response.json().catch(() => ({}));
  const error = new Error(problem.detail ?? `The server answered with status ${response.status}.`);
  error.status = response.status;
  return error;
}
