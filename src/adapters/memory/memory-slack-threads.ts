import type { SlackThread, SlackThreads } from '../../ports/slack-threads.ts';

/** Threads that last as long as the process: for tests. */
export function createMemorySlackThreads(): SlackThreads {
  const threads = new Map<string, SlackThread>();
  return {
    async remember(thread) {
      threads.set(`${thread.channel}:${thread.threadTs}`, thread);
    },
    async find(channel, threadTs) {
      if (threadTs !== undefined) return threads.get(`${channel}:${threadTs}`);
      const ofChannel = [...threads.values()].filter((thread) => thread.channel === channel);
      return ofChannel.sort((one, other) => other.spokeAt - one.spokeAt)[0];
    },
  };
}
