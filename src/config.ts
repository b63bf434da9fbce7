import * as z from 'zod';
import { IbidError } from './model/errors.ts';

/** A process environment, or what stands for one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** All that an owner can set. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Folder to answer from. */
  readonly documents: string;
  /** Folder of the index and the conversations. */
  readonly data: string;
  /** Postgres database that takes the place of the files; several instances may share it. */
  readonly databaseUrl?: string;
  /** Folder of another embedding model; the embedded one without it. */
  readonly embedDir?: string;
  /** A server whose embedding model takes the place of the embedded one. */
  readonly embedServer?: EmbedServer;
  readonly embedPrecision: 'fp32' | 'int8';
  /** Processor threads for the embedder; all without it. */
  readonly embedThreads?: number;
  /** Milliseconds after its last question that a conversation is kept; `Infinity`: until it is deleted. */
  readonly keepConversationsMs: number;
  /** The language model that writes answers; without it, they are quoted. */
  readonly model?: ModelSettings;
  /** Folder of prompts that take the place of Ibid's own. */
  readonly prompts?: string;
  readonly apiKeys: readonly string[];
  readonly adminKey?: string;
  readonly allowedOrigins: readonly string[];
  readonly rateLimit?: Rate;
  /** Proxies in front whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: number;
  readonly requireSession: boolean;
  readonly sessionSeconds: number;
  readonly sessionRateLimit: Rate;
  /** What signs session tokens; one is made and kept in the data folder without it. */
  readonly sessionSecret?: string;
  /** The Slack bot; none without it. */
  readonly slack?: SlackConfig;
  readonly log: LogLevel;
}

export interface SlackConfig {
  /** For requests of Slack; without it, Slack is reached by a socket alone. */
  readonly signingSecret?: string;
  readonly botToken?: string;
  /** Opens a socket to Slack, in place of requests from it. */
  readonly appToken?: string;
  readonly oauth?: { readonly clientId: string; readonly clientSecret: string };
  /** Ids of the channels in which it answers; all when empty. */
  readonly channels: readonly string[];
  /** Metadata that a document must have, by channel. */
  readonly filters: Readonly<Record<string, SlackFilter>>;
  /** Id of the user group or user whom "Ask a human" calls. */
  readonly handOff?: string;
  /** Questions that it suggests; taken from the documents when empty. */
  readonly prompts: readonly string[];
  /** Another address than Slack's own. */
  readonly apiUrl?: string;
  /** Address under which others reach this server, without a slash at its end. */
  readonly publicUrl?: string;
}

type SlackFilter = Readonly<
  Record<string, string | number | boolean | readonly (string | number | boolean)[]>
>;

export interface Rate {
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface ModelSettings {
  /** The protocol: `openai` for all that speak OpenAI's; `workers-ai` on Cloudflare alone. */
  readonly provider: 'openai' | 'anthropic' | 'ollama' | 'workers-ai';
  readonly model: string;
  readonly baseUrl?: string;
  readonly apiKey?: string;
  /** Tokens of a prompt and its reply together. */
  readonly contextTokens: number;
  /** Longest reply in tokens. */
  readonly maxTokens: number;
  /** Milliseconds for an answer. */
  readonly timeoutMs: number;
  /** US dollars for a million tokens read and written. */
  readonly price?: { readonly input: number; readonly output: number };
}

export interface EmbedServer {
  /** The protocol: `openai` for all that speak OpenAI's. */
  readonly provider: 'openai' | 'ollama';
  readonly model: string;
  readonly baseUrl?: string;
  readonly apiKey?: string;
  /** Numbers of a vector; learnt from the server without it. */
  readonly dimensions?: number;
  /** Longest input of the model in tokens. */
  readonly maxTokens: number;
  /** Texts a request. */
  readonly batchSize: number;
}

export type LogLevel = 'silent' | 'info' | 'debug';

/** One variable as the owner sees it. */
export interface Setting {
  readonly name: string;
  readonly description: string;
  /** What holds when it is unset; undefined: nothing. */
  readonly fallback?: string;
  readonly secret?: boolean;
}

/** A setting with its value (secrets masked) and where the value comes from. */
export interface SettingValue extends Setting {
  readonly value?: string;
  readonly source: 'environment' | 'default' | 'unset';
}

const WINDOWS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

const rate = z
  .string()
  .regex(
    /^[1-9]\d{0,8}\/(?:second|minute|hour|day)$/,
    'must be such as 60/minute (second, minute, hour, day)',
  )
  .transform((value): Rate => {
    const [limit = '', unit = ''] = value.split('/');
    return { limit: Number(limit), windowSeconds: WINDOWS[unit] ?? 60 };
  });

const VARIABLES = {
  PORT: {
    description: 'port of the HTTP server; 0 takes a free one',
    fallback: '8787',
    schema: wholeNumber(0, 65_535),
  },
  HOST: {
    description: 'address it listens on; any but a loopback one needs IBID_ADMIN_KEY',
    fallback: '127.0.0.1',
    schema: z
      .string()
      .regex(/^[\w.:-]+$/, 'must be a host name or an IP address, without a port or brackets'),
  },
  IBID_DOCUMENTS: { description: 'folder to answer from', fallback: './documents', schema: z.string() },
  IBID_DATA: {
    description: 'folder of the index and the conversations',
    fallback: './data',
    schema: z.string(),
  },
  DATABASE_URL: {
    description: 'Postgres database that several instances share, in place of files in IBID_DATA',
    secret: true,
    schema: z
      .string()
      .refine(
        (value) => URL.canParse(value) && /^postgres(?:ql)?:$/.test(new URL(value).protocol),
        'must be such as postgres://user:password@host:5432/ibid',
      ),
  },
  IBID_EMBED_DIR: {
    description: 'folder of another sentence-embedding model of the BERT family (bge, e5, gte)',
    schema: z.string(),
  },
  IBID_EMBED_MODEL: {
    description: 'embedding model of a server: openai:NAME (any server with its protocol) or ollama:NAME',
    schema: z
      .string()
      .regex(/^(?:openai|ollama):\S+$/, 'must be openai:NAME or ollama:NAME')
      .transform((value) => ({
        provider: value.startsWith('ollama:') ? ('ollama' as const) : ('openai' as const),
        model: value.slice(value.indexOf(':') + 1),
      })),
  },
  IBID_EMBED_BASE_URL: {
    description: 'address of that server; for openai with /v1, for ollama without',
    schema: z.string().refine(isServerUrl, 'must be such as http://localhost:11434/v1, without a password'),
  },
  IBID_EMBED_API_KEY: {
    description: 'key for that server; most local ones need none',
    secret: true,
    schema: z.string(),
  },
  IBID_EMBED_DIMENSIONS: {
    description: "numbers in that model's vectors; asked of the server without it",
    schema: wholeNumber(1, 65_536),
  },
  IBID_EMBED_MAX_TOKENS: {
    description: 'longest text, in tokens, that the model of that server reads',
    fallback: '512',
    schema: wholeNumber(32, 32_768),
  },
  IBID_EMBED_BATCH: {
    description: 'texts sent to that server in one request',
    fallback: '32',
    schema: wholeNumber(1, 2048),
  },
  IBID_EMBED_PRECISION: {
    description: 'fp32, or int8: reads documents faster and finds slightly less',
    fallback: 'fp32',
    schema: z.enum(['fp32', 'int8'], 'must be fp32 or int8'),
  },
  IBID_EMBED_THREADS: {
    description: 'processor threads for the embedding model; all by default',
    schema: wholeNumber(1, 256),
  },
  IBID_CONVERSATION_TTL: {
    description: 'how long a conversation is kept after its last question, such as 12h or 30d; or never',
    fallback: '90d',
    schema: z
      .string()
      .regex(/^(?:[1-9]\d{0,4}[smhd]|never)$/, 'must be such as 12h or 30d (s, m, h, d), or never')
      .transform((value) =>
        value === 'never' ? Infinity : Number.parseInt(value, 10) * (UNITS_MS[value.slice(-1)] ?? 0),
      ),
  },
  IBID_MODEL: {
    description:
      'language model that writes answers: openai:NAME (any server with its protocol), anthropic:NAME or ollama:NAME',
    schema: z
      .string()
      .regex(
        /^(?:openai|anthropic|ollama|workers-ai):\S+$/,
        'must be openai:NAME, anthropic:NAME or ollama:NAME; on Workers, workers-ai:NAME',
      )
      .transform((value) => ({
        provider: value.slice(0, value.indexOf(':')) as ModelSettings['provider'],
        model: value.slice(value.indexOf(':') + 1),
      })),
  },
  IBID_MODEL_BASE_URL: {
    description: 'address of its server; for openai with /v1, for anthropic and ollama without',
    schema: z.string().refine(isServerUrl, 'must be such as http://localhost:11434/v1, without a password'),
  },
  IBID_MODEL_API_KEY: {
    description: 'key for its server; most local ones need none',
    secret: true,
    schema: z.string(),
  },
  IBID_MODEL_CONTEXT_TOKENS: {
    description: 'tokens that a prompt and its reply may have together',
    fallback: '8192',
    schema: wholeNumber(2048, 1_000_000),
  },
  IBID_MODEL_MAX_TOKENS: {
    description: 'tokens that a reply may have, thoughts included',
    fallback: '1024',
    schema: wholeNumber(64, 100_000),
  },
  IBID_MODEL_TIMEOUT: {
    description: 'seconds that an answer of the model may take before the documents are quoted instead',
    fallback: '60',
    schema: wholeNumber(1, 600),
  },
  IBID_MODEL_PRICE: {
    description:
      'US dollars for a million tokens read and written, such as 0.15/0.60, to tell the cost of an answer',
    schema: z
      .string()
      .regex(/^\d{1,6}(?:\.\d{1,6})?\/\d{1,6}(?:\.\d{1,6})?$/, 'must be two prices such as 0.15/0.60')
      .transform((value) => {
        const [input = 0, output = 0] = value.split('/').map(Number);
        return { input, output };
      }),
  },
  IBID_PROMPTS: {
    description: 'folder of prompts of your own, which take the place of those of the same name in prompts/',
    schema: z.string(),
  },
  IBID_API_KEYS: {
    description: 'keys, separated by commas; when set, /v1/* needs one, or a session of an allowed origin',
    secret: true,
    schema: list,
  },
  IBID_ADMIN_KEY: {
    description: 'key for the routes that change documents',
    secret: true,
    schema: z.string(),
  },
  IBID_ALLOWED_ORIGINS: {
    description: 'origins of other sites whose pages may call this server, separated by commas; * for all',
    schema: list.refine(
      (origins) => origins.every(isOrigin),
      'must hold origins such as https://example.org, or *',
    ),
  },
  IBID_RATE_LIMIT: {
    description: 'requests that one caller may make in a time, such as 60/minute (second, minute, hour, day)',
    schema: rate,
  },
  IBID_TRUSTED_PROXIES: {
    description: 'proxies in front of the server, whose X-Forwarded-For names the caller',
    fallback: '0',
    schema: wholeNumber(0, 10),
  },
  IBID_REQUIRE_SESSION: {
    description: 'true: /v1/* needs a session, which pages of this server and of the allowed origins get',
    fallback: 'false',
    schema: z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true'),
  },
  IBID_SESSION_SECONDS: {
    description: 'how long a session of a page lasts; the page renews it',
    fallback: '1800',
    schema: wholeNumber(1, 86_400),
  },
  IBID_SESSION_RATE_LIMIT: {
    description: 'requests that one session may make in a time',
    fallback: '60/minute',
    schema: rate,
  },
  IBID_SESSION_SECRET: {
    description: 'signs the sessions; made once and kept in the data folder without it',
    secret: true,
    schema: z.string().min(32, 'must have at least 32 characters'),
  },
  IBID_PUBLIC_URL: {
    description: 'address under which others reach this server, for links and for installing the Slack app',
    schema: z
      .string()
      .refine(isServerUrl, 'must be such as https://ibid.example.org, without a password')
      .transform((value) => value.replace(/\/+$/, '')),
  },
  SLACK_SIGNING_SECRET: {
    description: "signing secret of the Slack app, to tell Slack's requests from others",
    secret: true,
    schema: z.string(),
  },
  SLACK_BOT_TOKEN: {
    description: 'bot token of the workspace in which the Slack bot answers',
    secret: true,
    schema: z.string().regex(/^xoxb-\S+$/, 'must be a bot token, which begins with xoxb-'),
  },
  SLACK_APP_TOKEN: {
    description: 'app-level token for Socket Mode, when Slack cannot reach this server',
    secret: true,
    schema: z.string().regex(/^xapp-\S+$/, 'must be an app-level token, which begins with xapp-'),
  },
  SLACK_CLIENT_ID: {
    description: 'client id of the Slack app, so that several workspaces can install it',
    schema: z.string(),
  },
  SLACK_CLIENT_SECRET: {
    description: "client secret of the Slack app; the workspaces' tokens are encrypted with it",
    secret: true,
    schema: z.string(),
  },
  SLACK_CHANNELS: {
    description: 'ids of the channels in which the Slack bot answers, separated by commas; all when unset',
    schema: list.refine(
      (ids) => ids.every((id) => /^[CG][A-Z0-9]{2,}$/.test(id)),
      'must hold ids of channels such as C0123456789, not names',
    ),
  },
  SLACK_CHANNEL_FILTERS: {
    description:
      'metadata that a document must have, by channel id, dm or *, such as {"C0123456789": {"team": "hr"}}',
    schema: z.string().transform((value, context) => {
      const parsed = SlackFilters.safeParse(tryJson(value));
      if (parsed.success) return parsed.data;
      context.addIssue('must be JSON such as {"C0123456789": {"team": "hr"}}');
      return z.NEVER;
    }),
  },
  SLACK_HANDOFF: {
    description: 'id of the user group or user whom the button "Ask a human" calls; no button when unset',
    schema: z
      .string()
      .regex(
        /^[SUW][A-Z0-9]{2,}$/,
        'must be the id of a user group (S…) or of a user (U… or W…), not a name',
      ),
  },
  SLACK_PROMPTS: {
    description:
      'questions that the Slack bot suggests, at most 4, separated by |; taken from the documents when unset',
    schema: z
      .string()
      .transform((value) =>
        value
          .split('|')
          .map((item) => item.trim())
          .filter((item) => item !== ''),
      )
      .refine((prompts) => prompts.length <= 4, 'must hold at most 4 questions'),
  },
  SLACK_API_URL: {
    description: "address in place of Slack's own, such as that of a proxy, with /api/ at its end",
    schema: z.string().refine(isServerUrl, 'must be such as https://slack.com/api/, without a password'),
  },
  IBID_LOG: {
    description: 'silent, info, or debug: with stack traces',
    fallback: 'info',
    schema: z.enum(['silent', 'info', 'debug'], 'must be silent, info or debug'),
  },
} satisfies Record<string, Omit<Setting, 'name'> & { readonly schema: z.ZodType<unknown, string> }>;

const FilterValue = z.union([z.string(), z.number(), z.boolean()]);
const SlackFilters = z.record(
  z.string(),
  z.record(z.string(), z.union([FilterValue, z.array(FilterValue).min(1)])),
);

type Name = keyof typeof VARIABLES;

type Read = <N extends Name>(name: N) => z.infer<(typeof VARIABLES)[N]['schema']> | undefined;

/** Every variable, for people and for the documentation. */
export const SETTINGS: readonly Setting[] = Object.entries(VARIABLES).map(
  ([name, { schema: _, ...rest }]) => ({
    name,
    ...rest,
  }),
);

/** Reads the environment once; throws one `config_invalid` that names every fault. An empty variable counts as unset. */
export function parseConfig(environment: Environment): Config {
  const faults: string[] = [];
  const read: Read = <N extends Name>(name: N) => {
    const variable: { fallback?: string; schema: z.ZodType } = VARIABLES[name];
    const value = given(environment, name) ?? variable.fallback;
    if (value === undefined) return undefined;
    const parsed = variable.schema.safeParse(value);
    if (parsed.success) return parsed.data as z.infer<(typeof VARIABLES)[N]['schema']>;
    faults.push(`${name} ${parsed.error.issues.map(({ message }) => message).join('; ')}`);
    return undefined;
  };
  const databaseUrl = read('DATABASE_URL');
  const embedDir = read('IBID_EMBED_DIR');
  const embedServer = embedServerOf({
    ...read('IBID_EMBED_MODEL'),
    baseUrl: read('IBID_EMBED_BASE_URL'),
    apiKey: read('IBID_EMBED_API_KEY'),
    dimensions: read('IBID_EMBED_DIMENSIONS'),
    maxTokens: read('IBID_EMBED_MAX_TOKENS') ?? 0,
    batchSize: read('IBID_EMBED_BATCH') ?? 0,
  });
  if (embedServer && embedDir !== undefined)
    faults.push('IBID_EMBED_MODEL and IBID_EMBED_DIR each name an embedding model: unset one of them');
  if (embedServer && needsKey(embedServer)) {
    faults.push(
      'IBID_EMBED_MODEL needs IBID_EMBED_API_KEY for OpenAI, or IBID_EMBED_BASE_URL for a server of your own',
    );
  }
  const model = modelOf({
    ...read('IBID_MODEL'),
    baseUrl: read('IBID_MODEL_BASE_URL'),
    apiKey: read('IBID_MODEL_API_KEY'),
    price: read('IBID_MODEL_PRICE'),
    contextTokens: read('IBID_MODEL_CONTEXT_TOKENS') ?? 0,
    maxTokens: read('IBID_MODEL_MAX_TOKENS') ?? 0,
    timeoutMs: (read('IBID_MODEL_TIMEOUT') ?? 0) * 1000,
  });
  if (model) faults.push(...modelFaults(model));
  const prompts = read('IBID_PROMPTS');
  const embedThreads = read('IBID_EMBED_THREADS');
  const adminKey = read('IBID_ADMIN_KEY');
  const rateLimit = read('IBID_RATE_LIMIT');
  const sessionSecret = read('IBID_SESSION_SECRET');
  const slack = slackOf(read, faults);
  const config: Config = {
    port: read('PORT') ?? 0,
    host: read('HOST') ?? '',
    documents: read('IBID_DOCUMENTS') ?? '',
    data: read('IBID_DATA') ?? '',
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(embedDir === undefined ? {} : { embedDir }),
    ...(embedServer === undefined ? {} : { embedServer }),
    embedPrecision: read('IBID_EMBED_PRECISION') ?? 'fp32',
    ...(embedThreads === undefined ? {} : { embedThreads }),
    keepConversationsMs: read('IBID_CONVERSATION_TTL') ?? Infinity,
    ...(model === undefined ? {} : { model }),
    ...(prompts === undefined ? {} : { prompts }),
    apiKeys: read('IBID_API_KEYS') ?? [],
    ...(adminKey === undefined ? {} : { adminKey }),
    allowedOrigins: read('IBID_ALLOWED_ORIGINS') ?? [],
    ...(rateLimit === undefined ? {} : { rateLimit }),
    trustedProxies: read('IBID_TRUSTED_PROXIES') ?? 0,
    requireSession: read('IBID_REQUIRE_SESSION') ?? false,
    sessionSeconds: read('IBID_SESSION_SECONDS') ?? 0,
    sessionRateLimit: read('IBID_SESSION_RATE_LIMIT') ?? { limit: 1, windowSeconds: 1 },
    ...(sessionSecret === undefined ? {} : { sessionSecret }),
    ...(slack === undefined ? {} : { slack }),
    log: read('IBID_LOG') ?? 'info',
  };
  if (config.host !== '' && !isLoopback(config.host) && adminKey === undefined) {
    faults.push(
      `HOST ${config.host} can be reached from other machines: set IBID_ADMIN_KEY as well, or leave HOST at 127.0.0.1`,
    );
  }
  if (faults.length === 0) return config;
  throw new IbidError(
    'config_invalid',
    `The settings are faulty:\n${faults.map((fault) => `  ${fault}.`).join('\n')}`,
  );
}

/** Undefined when nothing of Slack is set that it could begin with. */
function slackOf(read: Read, faults: string[]): SlackConfig | undefined {
  const signingSecret = read('SLACK_SIGNING_SECRET');
  const botToken = read('SLACK_BOT_TOKEN');
  const appToken = read('SLACK_APP_TOKEN');
  const clientId = read('SLACK_CLIENT_ID');
  const clientSecret = read('SLACK_CLIENT_SECRET');
  const handOff = read('SLACK_HANDOFF');
  const apiUrl = read('SLACK_API_URL');
  const publicUrl = read('IBID_PUBLIC_URL');
  const slack: SlackConfig = {
    ...(signingSecret === undefined ? {} : { signingSecret }),
    ...(botToken === undefined ? {} : { botToken }),
    ...(appToken === undefined ? {} : { appToken }),
    ...(clientId === undefined || clientSecret === undefined ? {} : { oauth: { clientId, clientSecret } }),
    channels: read('SLACK_CHANNELS') ?? [],
    filters: read('SLACK_CHANNEL_FILTERS') ?? {},
    ...(handOff === undefined ? {} : { handOff }),
    prompts: read('SLACK_PROMPTS') ?? [],
    ...(apiUrl === undefined ? {} : { apiUrl }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
  };
  if ((clientId === undefined) !== (clientSecret === undefined))
    faults.push('SLACK_CLIENT_ID and SLACK_CLIENT_SECRET belong together: set both, or none');
  const asked = [signingSecret, botToken, appToken, clientId].some((value) => value !== undefined);
  if (!asked) return undefined;
  if (signingSecret === undefined && appToken === undefined)
    faults.push('Slack needs SLACK_SIGNING_SECRET, or SLACK_APP_TOKEN for Socket Mode');
  if (botToken === undefined && slack.oauth === undefined)
    faults.push(
      'Slack needs SLACK_BOT_TOKEN, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET for several workspaces',
    );
  return slack;
}

/** Undefined when no model of a server is named: its other settings then mean nothing. */
function embedServerOf(
  given: { readonly [K in keyof EmbedServer]?: EmbedServer[K] | undefined } & Pick<
    EmbedServer,
    'maxTokens' | 'batchSize'
  >,
): EmbedServer | undefined {
  const { provider, model, baseUrl, apiKey, dimensions, maxTokens, batchSize } = given;
  if (provider === undefined || model === undefined) return undefined;
  return {
    ...{ provider, model, maxTokens, batchSize },
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(dimensions === undefined ? {} : { dimensions }),
  };
}

/** Undefined when no model is named: its other settings then mean nothing. */
function modelOf(
  given: { readonly [K in keyof ModelSettings]?: ModelSettings[K] | undefined } & Pick<
    ModelSettings,
    'contextTokens' | 'maxTokens' | 'timeoutMs'
  >,
): ModelSettings | undefined {
  const { provider, model, baseUrl, apiKey, price, contextTokens, maxTokens, timeoutMs } = given;
  if (provider === undefined || model === undefined) return undefined;
  return {
    ...{ provider, model, contextTokens, maxTokens, timeoutMs },
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(price === undefined ? {} : { price }),
  };
}

/** Tokens of a prompt that hold its instructions and a passage or two. */
const LEAST_PROMPT = 1024;

function modelFaults({ provider, apiKey, baseUrl, contextTokens, maxTokens }: ModelSettings): string[] {
  const faults: string[] = [];
  if (/^(?:openai|anthropic)$/.test(provider) && apiKey === undefined && baseUrl === undefined)
    faults.push(
      `IBID_MODEL ${provider}: needs IBID_MODEL_API_KEY, or IBID_MODEL_BASE_URL for a server of your own`,
    );
  if (contextTokens > 0 && contextTokens < maxTokens + LEAST_PROMPT)
    faults.push(
      `IBID_MODEL_CONTEXT_TOKENS must be at least ${LEAST_PROMPT} more than IBID_MODEL_MAX_TOKENS (${maxTokens}), or nothing is left for the passages`,
    );
  return faults;
}

function needsKey({ provider, apiKey, baseUrl }: EmbedServer): boolean {
  return provider === 'openai' && apiKey === undefined && baseUrl === undefined;
}

/** Each setting with its value and where that comes from. Secrets are masked, faulty values shown as they are. */
export function describeConfig(environment: Environment): SettingValue[] {
  return SETTINGS.map((setting) => {
    const own = given(environment, setting.name);
    const value = own === undefined ? setting.fallback : setting.secret ? '********' : own;
    const source = own !== undefined ? 'environment' : value === undefined ? 'unset' : 'default';
    return { ...setting, ...(value === undefined ? {} : { value }), source };
  });
}

/** Whether a server on this address can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function given(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}

function isOrigin(value: string): boolean {
  return value === '*' || (URL.canParse(value) && new URL(value).origin === value);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isServerUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
