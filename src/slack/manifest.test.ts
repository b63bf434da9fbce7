import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { SCOPES } from './scopes.ts';

const TEXT = readFileSync(new URL('../../deploy/slack-manifest.yaml', import.meta.url), 'utf8');
const manifest = parse(TEXT);

test('The manifest asks for the scopes that the bot needs, and for no other', () => {
  expect(manifest.oauth_config.scopes.bot).toEqual(Object.keys(SCOPES));
});

test('The manifest names the routes of the bot', () => {
  const urls = [...TEXT.matchAll(/https:\/\/ibid\.example\.org(\S*)/g)].map(([, path]) => path);
  expect(urls.sort()).toEqual(['/slack/commands', '/slack/events', '/slack/interactions']);
});

test('The manifest is within Slack’s limits', () => {
  const { name, description, long_description } = manifest.display_information;
  expect(name.length).toBeLessThanOrEqual(35);
  expect(description.length).toBeLessThanOrEqual(140);
  expect(long_description.length).toBeGreaterThanOrEqual(174);
  expect(long_description.length).toBeLessThanOrEqual(4_000);
  expect(manifest.features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
});
