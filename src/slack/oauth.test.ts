import { describe, expect, test } from 'vitest';
import { createMemoryInstallationStore } from '../adapters/memory/memory-installation-store.ts';
import { startScene } from '../testing/slack-scene.ts';
import { isOwnState, makeState } from './oauth-state.ts';
import { SCOPES } from './scopes.ts';
import { createTokenSeal } from './token-seal.ts';

const OAUTH = { oauth: { clientId: '1.2', clientSecret: 'client-secret' } };
const TEXT = '<@U0BOT> How much leave?';

async function sceneToInstall() {
  const installations = createMemoryInstallationStore();
  const settings = { ...OAUTH, botToken: undefined } as never;
  const scene = await startScene({ installations, settings });
  const get = (path: string, cookie = '') =>
    fetch(`${scene.running.url}${path}`, { redirect: 'manual', headers: { cookie } });
  const begin = async () => {
    const response = await get('/slack/install');
    const to = new URL(response.headers.get('location') ?? '');
    const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    return { response, to, cookie, state: to.searchParams.get('state') ?? '' };
  };
  scene.slack.replies.set('oauth.v2.access', ({ code }) =>
    code === 'good'
      ? {
          ...{ ok: true, access_token: 'xoxb-installed', token_type: 'bot', bot_user_id: 'U0BOT' },
          ...{ team: { id: 'T1', name: 'Acme <b>' }, enterprise: null },
        }
      : { ok: false, error: 'invalid_code' },
  );
  return { scene, installations, get, begin };
}

describe('Installing the app in a workspace', () => {
  test('goes to Slack and back, and then the bot answers there with its own token', async () => {
    const { scene, installations, get, begin } = await sceneToInstall();
    await using _ = scene;
    const { response, to, cookie, state } = await begin();
    expect(response.status).toBe(302);
    expect(to.origin + to.pathname).toBe('https://slack.com/oauth/v2/authorize');
    expect(to.searchParams.get('client_id')).toBe('1.2');
    expect(to.searchParams.get('scope')).toBe(Object.keys(SCOPES).join(','));
    expect(to.searchParams.get('redirect_uri')).toBe(`${scene.running.url}/slack/oauth_redirect`);
    expect(response.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/i);

    const done = await get(`/slack/oauth_redirect?code=good&state=${state}`, cookie);
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('Installed in Acme &lt;b&gt;');
    expect(scene.calls('oauth.v2.access')[0]?.args).toMatchObject({
      ...{ client_id: '1.2', client_secret: 'client-secret', code: 'good' },
      redirect_uri: `${scene.running.url}/slack/oauth_redirect`,
    });
    const stored = await installations.find('T1');
    expect(JSON.stringify(stored)).not.toContain('xoxb-installed');
    await scene.answer(await scene.say({ text: TEXT }));
    expect(scene.calls('chat.startStream')[0]?.token).toBe('xoxb-installed');
  });

  test('is refused with a state that is not ours, not of this browser, or used for another', async () => {
    const { scene, installations, get, begin } = await sceneToInstall();
    await using _ = scene;
    const { cookie, state } = await begin();
    const other = await begin();
    const attempts = [
      ['', cookie],
      [state, ''],
      [state, other.cookie],
      [`${state.slice(0, -1)}0`, `${cookie}x`],
      ['a.b.c', 'ibid_slack_install=a'],
    ];
    for (const [given = '', brought] of attempts)
      expect((await get(`/slack/oauth_redirect?code=good&state=${given}`, brought)).status).toBe(403);
    expect((await get(`/slack/oauth_redirect?error=access_denied&state=${state}`, cookie)).status).toBe(400);
    expect((await get(`/slack/oauth_redirect?code=bad&state=${state}`, cookie)).status).toBe(400);
    expect(await installations.find('T1')).toBeUndefined();
  });

  test('is refused when the app rotates its tokens, with what to do', async () => {
    const { scene, installations, get, begin } = await sceneToInstall();
    await using _ = scene;
    scene.slack.replies.set('oauth.v2.access', () => ({
      ...{ ok: true, access_token: 'xoxe.xoxb-1', token_type: 'bot', bot_user_id: 'U0BOT' },
      ...{ team: { id: 'T1', name: 'Acme' }, refresh_token: 'xoxe-1-r', expires_in: 43_200 },
    }));
    const { cookie, state } = await begin();
    const response = await get(`/slack/oauth_redirect?code=good&state=${state}`, cookie);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('rotates its tokens');
    expect(await installations.find('T1')).toBeUndefined();
  });

  test('is not there for a bot of one workspace', async () => {
    await using scene = await startScene();
    expect((await fetch(`${scene.running.url}/slack/install`)).status).toBe(404);
  });

  test('ends with app_uninstalled and tokens_revoked, but not with one that is older than it', async () => {
    const { scene, installations, get, begin } = await sceneToInstall();
    await using _ = scene;
    for (const event of [
      { type: 'app_uninstalled' },
      { type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } },
    ]) {
      const { cookie, state } = await begin();
      await get(`/slack/oauth_redirect?code=good&state=${state}`, cookie);
      const installed = await installations.find('T1');
      if (installed === undefined) throw new Error('It is not installed.');
      await installations.save({ ...installed, installedAt: Date.now() + 60_000 });
      await scene.event(event);
      await scene.running.bot.worker.idle();
      expect(await installations.find('T1')).toBeDefined();
      await installations.save({ ...installed, installedAt: Date.now() - 60_000 });
      await scene.event({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } });
      await scene.running.bot.worker.idle();
      expect(await installations.find('T1')).toBeDefined();
      await scene.event(event);
      await scene.running.bot.worker.idle();
      expect(await installations.find('T1')).toBeUndefined();
    }
    await scene.say({ text: TEXT });
    await scene.running.bot.worker.idle();
    expect(scene.running.reported.join()).toContain('not installed in workspace T1');
  });
});

describe('A state', () => {
  test('holds for ten minutes, for its nonce and secret alone', async () => {
    const state = await makeState('secret', 'nonce', 1_000);
    const holds = (changes: object) =>
      isOwnState(state, { secret: 'secret', nonce: 'nonce', now: 1_000, ...changes });
    expect(await holds({})).toBe(true);
    expect(await holds({ now: 601_000 })).toBe(true);
    for (const changes of [
      { now: 601_001 },
      { now: 999 },
      { nonce: 'other' },
      { nonce: '' },
      { secret: 'other' },
    ])
      expect(await holds(changes)).toBe(false);
  });
});

describe('A sealed token', () => {
  test('is read with the same secret alone, is sealed anew each time, and shows when it was changed', async () => {
    const seal = createTokenSeal('secret');
    const [one, two] = [await seal.seal('xoxb-1'), await seal.seal('xoxb-1')];
    expect(one).not.toBe(two);
    expect(one).not.toContain('xoxb');
    expect(await seal.open(one)).toBe('xoxb-1');
    await expect(createTokenSeal('other').open(one)).rejects.toMatchObject({ code: 'config_invalid' });
    await expect(seal.open(`${one.slice(0, -6)}AAAA==`)).rejects.toMatchObject({ code: 'config_invalid' });
    await expect(seal.open('nonsense')).rejects.toMatchObject({ code: 'config_invalid' });
  });
});
