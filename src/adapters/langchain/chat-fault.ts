import { messageOf } from '../../model/errors.ts';
import { ModelError, type ModelFault } from '../../model/model-error.ts';
import { parseRetryAfter } from './retry-after.ts';

/** Longest that is quoted of what a server says. */
const LONGEST_QUOTE = 300;
const FILTERED = /content[_ ](?:filter|management policy|policy)|safety system/i;

/** What a refusal of a model's server means, and what its owner can do. */
export function refusalOf(response: Response, body: string, place: string): ModelError {
  const { status } = response;
  const said = whatItSaid(body);
  const fault = faultOfStatus(status, body);
  const retryAfter = parseRetryAfter(response.headers.get('retry-after'), Date.now());
  const message = `${place} ${adviceOn(fault, status, said)}`;
  return new ModelError(fault, message, retryAfter === undefined ? {} : { retryAfter });
}

/** No connection. */
export function unreachable(error: unknown, place: string): ModelError {
  const code = networkCodeOf(error);
  const message = `${place} cannot be reached${code === undefined ? '' : ` (${code})`}. Start it, or correct IBID_MODEL_BASE_URL.`;
  return new ModelError('unreachable', message, { cause: error });
}

/** A fault in the middle of a stream. */
export function brokenStream(error: unknown, place: string): ModelError {
  const said = whatItSaid(messageOf(error));
  const fault = FILTERED.test(said) ? 'filtered' : 'broken';
  return new ModelError(fault, `${place} broke off its reply (${said}). Look at its log.`, { cause: error });
}

function faultOfStatus(status: number, body: string): ModelFault {
  if (status === 401 || status === 403) return 'key_refused';
  if (status === 404) return 'model_unknown';
  if (status === 429) return /insufficient_quota/.test(body) ? 'quota_used_up' : 'rate_limited';
  if (status === 402) return 'quota_used_up';
  if (status === 408 || status === 409 || status === 425 || status >= 500) return 'server_failed';
  return FILTERED.test(body) ? 'filtered' : 'request_refused';
}

function adviceOn(fault: ModelFault, status: number, said: string): string {
  switch (fault) {
    case 'key_refused':
      return `refused the key (${status}). Set IBID_MODEL_API_KEY to a key that it accepts.`;
    case 'model_unknown':
      return `knows no such model or address (${said}). Check IBID_MODEL (with Ollama, \`ollama pull\` the model) and IBID_MODEL_BASE_URL (with openai: it usually ends in /v1, otherwise not).`;
    case 'quota_used_up':
      return `says that the quota is used up (${said}). Check the account of IBID_MODEL_API_KEY.`;
    case 'rate_limited':
      return `was asked too often (${said}). Ask less often, or raise its limits.`;
    case 'filtered':
      return `held its answer back by a content filter (${said}).`;
    case 'request_refused':
      return `refused the request (${status}: ${said}). If it is too long for the model, lower IBID_MODEL_CONTEXT_TOKENS.`;
    default:
      return `failed (${status}: ${said}). Look at its log.`;
  }
}

/** Its message, where it is JSON as these servers send it; never more than a line. */
function whatItSaid(body: string): string {
  const message = /"message"\s*:\s*("(?:[^"\\]|\\.)*")|"error"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(body);
  const quoted = message?.[1] ?? message?.[2];
  const said = quoted === undefined ? body : unquoted(quoted);
  return (said.trim().split('\n')[0] ?? '').slice(0, LONGEST_QUOTE) || 'it said nothing';
}

function unquoted(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json;
  }
}

/** Of Node's sockets, TLS and undici: ECONNREFUSED, CERT_HAS_EXPIRED, UND_ERR_SOCKET …; bounded, since causes may run in circles. */
function networkCodeOf(error: unknown): string | undefined {
  let link = error;
  for (let depth = 0; depth < 8 && typeof link === 'object' && link !== null; depth++) {
    if ('code' in link && typeof link.code === 'string') return link.code;
    link = 'cause' in link ? link.cause : undefined;
  }
  return undefined;
}
