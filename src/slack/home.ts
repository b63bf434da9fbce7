import type { HomeView, KnownBlock } from '@slack/types';
import { escapeMrkdwn } from './escape.ts';
import type { SlackSettings } from './settings.ts';
import { listOfChannels } from './words.ts';

/** The App Home: what the bot is for and how to ask it. */
export function homeView({ channels, handOff }: SlackSettings, prompts: readonly string[]): HomeView {
  const where =
    channels.length === 0
      ? 'Invite me to a channel and mention me'
      : `Mention me in ${listOfChannels(channels)}`;
  const ways = [
    `• *In a channel.* ${where}. I answer in the thread, and there you can ask on without mentioning me.`,
    '• *Here.* Open the Messages tab and write to me. Nobody else sees it.',
    '• *Anywhere.* `/ask` and a question: the answer is shown to you alone, until you share it.',
  ];
  const blocks: KnownBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: 'Ask the documents' } },
    section(
      'I answer from documents, and quote the sentence that each answer rests on. When they do not say, I tell you so and show what came closest.',
    ),
    section(ways.join('\n')),
    section(
      `*Under an answer*\n• The numbers in the text lead to the quotes below it.\n• Rate it: the owner reads what went wrong.${
        handOff === undefined ? '' : '\n• *Ask a human* calls someone who knows.'
      }`,
    ),
    ...(prompts.length === 0
      ? []
      : [
          section(
            `*Ask me, for example*\n${prompts.map((prompt) => `• ${escapeMrkdwn(prompt)}`).join('\n')}`,
          ),
        ]),
  ];
  return { type: 'home', blocks };
}

function section(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}
