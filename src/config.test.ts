import { describe, expect, test } from 'vitest';
import { describeConfig, parseConfig, SETTINGS } from './config.ts';
import { IbidError } from './model/errors.ts';

function faultsOf(environment: Record<string, string>): string {
  try {
    parseConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(IbidError);
    return (error as IbidError).message;
  }
  return '';
}

describe('parseConfig', () => {
  test('an empty environment gives the defaults', () => {
    expect(parseConfig({ IBID_ADMIN_KEY: '', IBID_RATE_LIMIT: ' ' })).toEqual({
      port: 8787,
      host: '127.0.0.1',
      documents: './documents',
      data: './data',
      embedPrecision: 'fp32',
      keepConversationsMs: 90 * 86_400_000,
      apiKeys: [],
      allowedOrigins: [],
      trustedProxies: 0,
      requireSession: false,
      sessionSeconds: 1800,
      sessionRateLimit: { limit: 60, windowSeconds: 60 },
      log: 'info',
    });
  });

  test('a language model is read with its limits and prices, and needs what its provider needs', () => {
    expect(parseConfig({ IBID_MODEL: 'ollama:qwen3:8b', IBID_PROMPTS: 'mine' })).toMatchObject({
      model: {
        provider: 'ollama',
        model: 'qwen3:8b',
        contextTokens: 8192,
        maxTokens: 1024,
        timeoutMs: 60_000,
      },
      prompts: 'mine',
    });
    const local = { IBID_MODEL: 'openai:any', IBID_MODEL_BASE_URL: 'http://localhost:1234/v1' };
    expect(parseConfig({ ...local, IBID_MODEL_PRICE: '0.15/0.60' }).model).toMatchObject({
      baseUrl: 'http://localhost:1234/v1',
      price: { input: 0.15, output: 0.6 },
    });
    expect(parseConfig({ IBID_MODEL_TIMEOUT: '5' }).model).toBeUndefined();
    expect(faultsOf({ IBID_MODEL: 'anthropic:claude' })).toContain('IBID_MODEL_API_KEY');
    expect(faultsOf({ IBID_MODEL: 'gpt' })).toContain('must be openai:NAME, anthropic:NAME or ollama:NAME');
    expect(faultsOf({ IBID_MODEL_PRICE: 'cheap' })).toContain('IBID_MODEL_PRICE must be two prices');
    expect(faultsOf({ ...local, IBID_MODEL_MAX_TOKENS: '8000' })).toContain(
      'IBID_MODEL_CONTEXT_TOKENS must be',
    );
  });

  test('a database is one of Postgres, and its password stays secret', () => {
    const url = 'postgres://ibid:open-sesame@db.example.org/ibid?sslmode=require';
    expect(parseConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
    expect(faultsOf({ DATABASE_URL: 'mysql://db.example.org/ibid' })).toContain(
      'DATABASE_URL must be such as',
    );
    expect(JSON.stringify(describeConfig({ DATABASE_URL: url }))).not.toContain('sesame');
  });

  test('values are read into their types', () => {
    const config = parseConfig({
      PORT: '80',
      HOST: '::',
      IBID_ADMIN_KEY: 'admin',
      IBID_API_KEYS: 'one, two,',
      IBID_ALLOWED_ORIGINS: 'https://a.example,http://localhost:3000',
      IBID_RATE_LIMIT: '60/minute',
      IBID_REQUIRE_SESSION: 'true',
      IBID_SESSION_RATE_LIMIT: '9/second',
      IBID_SESSION_SECRET: 'x'.repeat(32),
      IBID_TRUSTED_PROXIES: '1',
      IBID_EMBED_THREADS: '2',
      IBID_EMBED_PRECISION: 'int8',
      IBID_LOG: 'debug',
    });
    expect(config).toMatchObject({
      port: 80,
      adminKey: 'admin',
      apiKeys: ['one', 'two'],
      allowedOrigins: ['https://a.example', 'http://localhost:3000'],
      rateLimit: { limit: 60, windowSeconds: 60 },
      requireSession: true,
      sessionRateLimit: { limit: 9, windowSeconds: 1 },
      sessionSecret: 'x'.repeat(32),
      trustedProxies: 1,
      embedThreads: 2,
      embedPrecision: 'int8',
      log: 'debug',
    });
  });

  test('a conversation is kept for a time in seconds, minutes, hours or days, or for ever', () => {
    const keptFor = (IBID_CONVERSATION_TTL: string) =>
      parseConfig({ IBID_CONVERSATION_TTL }).keepConversationsMs;
    expect(['45s', '30m', '12h', '7d', 'never'].map(keptFor)).toEqual([
      45_000,
      1_800_000,
      43_200_000,
      604_800_000,
      Infinity,
    ]);
    for (const IBID_CONVERSATION_TTL of ['0d', '7', '1.5d', '-1d', 'd'])
      expect(faultsOf({ IBID_CONVERSATION_TTL }), IBID_CONVERSATION_TTL).toContain('or never');
  });

  test('every fault is named in one message', () => {
    const message = faultsOf({
      PORT: '99999',
      HOST: 'http://x',
      IBID_EMBED_PRECISION: 'fp16',
      IBID_RATE_LIMIT: '60',
      IBID_ALLOWED_ORIGINS: 'example.org',
      IBID_REQUIRE_SESSION: 'maybe',
      IBID_SESSION_SECRET: 'short',
      IBID_LOG: 'loud',
      IBID_EMBED_THREADS: '0',
    });
    for (const name of [
      'PORT',
      'HOST',
      'PRECISION',
      'RATE_LIMIT',
      'ORIGINS',
      'REQUIRE_SESSION',
      'SESSION_SECRET',
      'IBID_LOG',
      'THREADS',
    ]) {
      expect(message).toContain(name);
    }
  });

  test('a model of a server comes with its settings', () => {
    const own = { IBID_EMBED_MODEL: 'openai:bge-m3', IBID_EMBED_BASE_URL: 'http://localhost:11434/v1' };
    expect(parseConfig(own).embedServer).toEqual({
      provider: 'openai',
      model: 'bge-m3',
      baseUrl: 'http://localhost:11434/v1',
      maxTokens: 512,
      batchSize: 32,
    });
    expect(
      parseConfig({
        IBID_EMBED_MODEL: 'ollama:nomic-embed-text:v1.5',
        IBID_EMBED_API_KEY: 'key',
        IBID_EMBED_DIMENSIONS: '768',
        IBID_EMBED_MAX_TOKENS: '2048',
        IBID_EMBED_BATCH: '1',
      }).embedServer,
    ).toEqual({
      provider: 'ollama',
      model: 'nomic-embed-text:v1.5',
      apiKey: 'key',
      dimensions: 768,
      maxTokens: 2048,
      batchSize: 1,
    });
    expect(parseConfig({ IBID_EMBED_DIMENSIONS: '768' }).embedServer).toBeUndefined();
  });

  test('a model of a server must be reachable and the only one', () => {
    expect(faultsOf({ IBID_EMBED_MODEL: 'openai:text-embedding-3-small' })).toContain('IBID_EMBED_API_KEY');
    expect(faultsOf({ IBID_EMBED_MODEL: 'ollama:bge-m3', IBID_EMBED_DIR: 'bge' })).toContain('unset one');
    for (const IBID_EMBED_MODEL of ['bge-m3', 'openai:', 'cohere:x', 'ollama:a b'])
      expect(faultsOf({ IBID_EMBED_MODEL }), IBID_EMBED_MODEL).toContain('must be openai:NAME');
    for (const IBID_EMBED_BASE_URL of ['localhost:11434', 'ftp://x', 'http://me:secret@x'])
      expect(faultsOf({ IBID_EMBED_BASE_URL }), IBID_EMBED_BASE_URL).toContain('IBID_EMBED_BASE_URL');
  });

  test('an address that others can reach needs an admin key', () => {
    expect(faultsOf({ HOST: '0.0.0.0' })).toContain('IBID_ADMIN_KEY');
    expect(faultsOf({ HOST: '0.0.0.0', IBID_ADMIN_KEY: 'key' })).toBe('');
    for (const HOST of ['localhost', '127.0.0.1', '127.1.2.3', '::1']) expect(faultsOf({ HOST })).toBe('');
  });
});

describe('The settings of the Slack bot', () => {
  const OWN = { SLACK_SIGNING_SECRET: 'secret', SLACK_BOT_TOKEN: 'xoxb-1' };

  test('there is none unless something of it is set', () => {
    expect(
      parseConfig({ SLACK_CHANNELS: 'C012', IBID_PUBLIC_URL: 'https://a.example/' }).slack,
    ).toBeUndefined();
  });

  test('are read into their types', () => {
    const { slack } = parseConfig({
      ...OWN,
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'shh',
      SLACK_CHANNELS: 'C012, G345',
      SLACK_CHANNEL_FILTERS: '{"C012": {"team": ["hr", "it"]}, "*": {"public": true}}',
      SLACK_HANDOFF: 'S0HELP',
      SLACK_PROMPTS: 'How much leave? | Who helps?',
      SLACK_API_URL: 'http://localhost:1/api/',
      IBID_PUBLIC_URL: 'https://ibid.example.org/',
    });
    expect(slack).toEqual({
      signingSecret: 'secret',
      botToken: 'xoxb-1',
      appToken: 'xapp-1',
      oauth: { clientId: '1.2', clientSecret: 'shh' },
      channels: ['C012', 'G345'],
      filters: { C012: { team: ['hr', 'it'] }, '*': { public: true } },
      handOff: 'S0HELP',
      prompts: ['How much leave?', 'Who helps?'],
      apiUrl: 'http://localhost:1/api/',
      publicUrl: 'https://ibid.example.org',
    });
  });

  test('each fault says what to set', () => {
    expect(faultsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })).toContain('SLACK_SIGNING_SECRET, or SLACK_APP_TOKEN');
    expect(faultsOf({ SLACK_SIGNING_SECRET: 'secret' })).toContain('SLACK_BOT_TOKEN, or SLACK_CLIENT_ID');
    expect(faultsOf({ ...OWN, SLACK_CLIENT_ID: '1.2' })).toContain('belong together');
    expect(faultsOf({ ...OWN, SLACK_BOT_TOKEN: 'xoxp-1' })).toContain('xoxb-');
    expect(faultsOf({ ...OWN, SLACK_CHANNELS: '#general' })).toContain('not names');
    expect(faultsOf({ ...OWN, SLACK_HANDOFF: '@help' })).toContain('SLACK_HANDOFF');
    expect(faultsOf({ ...OWN, SLACK_PROMPTS: 'a|b|c|d|e' })).toContain('at most 4');
    for (const SLACK_CHANNEL_FILTERS of ['{', '[]', '{"C012": "hr"}', '{"C012": {"team": {}}}'])
      expect(faultsOf({ ...OWN, SLACK_CHANNEL_FILTERS })).toContain('SLACK_CHANNEL_FILTERS must be JSON');
  });
});

describe('describeConfig', () => {
  test('secrets are masked and sources named', () => {
    const settings = describeConfig({
      PORT: '1',
      IBID_ADMIN_KEY: 'very-secret',
      IBID_API_KEYS: 'very-secret',
      IBID_EMBED_API_KEY: 'very-secret',
      IBID_SESSION_SECRET: 'very-secret',
    });
    expect(JSON.stringify(settings)).not.toContain('very-secret');
    const sources = Object.fromEntries(settings.map(({ name, source }) => [name, source]));
    expect(sources).toMatchObject({ PORT: 'environment', HOST: 'default', IBID_RATE_LIMIT: 'unset' });
  });

  test('every setting is described', () => {
    expect(SETTINGS.length).toBeGreaterThan(9);
    for (const { description } of SETTINGS) expect(description.length).toBeGreaterThan(10);
  });
});
