import * as z from 'zod';
import { type Names, namelessIn } from './plain-text.ts';
import type { SlackCalls } from './slack-calls.ts';

const User = z.object({
  user: z.object({
    name: z.string().optional(),
    real_name: z.string().optional(),
    profile: z.object({ display_name: z.string().optional() }).optional(),
  }),
});
const Channel = z.object({ channel: z.object({ name: z.string() }) });
const MOST_KEPT = 5_000;

/** Asks Slack for the names that a text leaves out, each once; those that it does not tell are left out. */
export type FindNames = (calls: SlackCalls, text: string, self: string | undefined) => Promise<Names>;

export function createFindNames(): FindNames {
  const known = new Map<string, string>();

  async function lookUp(ids: readonly string[], ask: (id: string) => Promise<string | undefined>) {
    const names = new Map<string, string>();
    for (const id of ids) {
      const name = known.get(id) ?? (await ask(id));
      if (name === undefined || name === '') continue;
      if (known.size >= MOST_KEPT) known.clear();
      known.set(id, name);
      names.set(id, name);
    }
    return names;
  }

  return async (calls, text, self) => {
    const { users, channels } = namelessIn(text, self);
    return {
      users: await lookUp(users, async (user) => {
        const reply = await calls('users.info', { user });
        const parsed = reply.outcome === 'ok' ? User.safeParse(reply.body) : undefined;
        if (!parsed?.success) return undefined;
        const { name, real_name, profile } = parsed.data.user;
        return profile?.display_name || real_name || name;
      }),
      channels: await lookUp(channels, async (channel) => {
        const reply = await calls('conversations.info', { channel });
        const parsed = reply.outcome === 'ok' ? Channel.safeParse(reply.body) : undefined;
        return parsed?.success ? parsed.data.channel.name : undefined;
      }),
    };
  };
}
