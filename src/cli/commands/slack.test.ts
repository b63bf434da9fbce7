import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { SCOPES } from '../../slack/scopes.ts';
import { startFakeSlack } from '../../testing/fake-slack.ts';
import { createProgram } from '../program.ts';

async function run(environment: Record<string, string>, ...words: string[]) {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const signal = new AbortController().signal;
  const context = { environment, stdin: new PassThrough(), stdout, stderr: new PassThrough(), signal };
  let code = 0;
  const setExitCode = (given: number) => {
    code = given;
  };
  const program = createProgram({ ...context, setExitCode }, '1.2.3');
  const error = await program.parseAsync(['slack', 'check', ...words], { from: 'user' }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { out: String(stdout.read() ?? ''), code, error };
}

test('ibid slack check says what is missing, in words and as JSON, and by its exit code', async () => {
  await using slack = await startFakeSlack();
  const environment = {
    ...{ SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: 'xoxb-secret', SLACK_SIGNING_SECRET: 'a'.repeat(32) },
  };
  slack.scopes = Object.keys(SCOPES).join(',');
  const sound = await run(environment);
  expect(sound.code).toBe(0);
  expect(sound.out).toContain('✓ SLACK_BOT_TOKEN: answers as ibid in Acme');
  expect(sound.out).toContain('All is as it should be.');

  slack.scopes = 'commands';
  const lacking = await run(environment, '--json');
  expect(lacking.code).toBe(1);
  expect(lacking.out).not.toContain('xoxb-secret');
  const { ok, findings } = JSON.parse(lacking.out);
  expect(ok).toBe(false);
  expect(findings).toContainEqual({
    ...{ subject: 'scope chat:write', ok: false, message: expect.stringContaining('needed for answering') },
  });
});

test('without settings, ibid slack check says what to set', async () => {
  expect((await run({})).error).toMatchObject({ code: 'config_invalid' });
});
