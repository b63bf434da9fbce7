import type { ActionsBlock, Button, ContextActionsBlock } from '@slack/types';
import type { AnswerReference } from './work.ts';

/** The `action_id`s by which clicks come back. */
export const ACTIONS = {
  feedback: 'ibid_feedback',
  feedbackUp: 'ibid_feedback_up',
  feedbackDown: 'ibid_feedback_down',
  share: 'ibid_share',
  handOff: 'ibid_hand_off',
} as const;

/** Slack's own thumbs, below an answer in a thread. */
export function feedbackBlock({ answerId }: AnswerReference): ContextActionsBlock {
  return {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: ACTIONS.feedback,
        positive_button: {
          text: { type: 'plain_text', text: 'Good answer' },
          accessibility_label: 'Rate this answer as good',
          value: `up:${answerId}`,
        },
        negative_button: {
          text: { type: 'plain_text', text: 'Bad answer' },
          accessibility_label: 'Rate this answer as bad',
          value: `down:${answerId}`,
        },
      },
    ],
  };
}

export function handOffBlock(reference: AnswerReference): ActionsBlock {
  return { type: 'actions', elements: [button('Ask a human', ACTIONS.handOff, toValue(reference))] };
}

/** Below an answer that one person alone sees, where Slack's own thumbs are not to be had. */
export function privateAnswerBlock(reference: AnswerReference): ActionsBlock {
  const { answerId } = reference;
  return {
    type: 'actions',
    elements: [
      button('Share in channel', ACTIONS.share, toValue(reference)),
      button('👍 Good', ACTIONS.feedbackUp, `up:${answerId}`),
      button('👎 Bad', ACTIONS.feedbackDown, `down:${answerId}`),
    ],
  };
}

/** The answer that a button belongs to; undefined for a value of another making. */
export function referenceOf(value: string): AnswerReference | undefined {
  const [conversationId, answerId, ...rest] = value.split(' ');
  return conversationId && answerId && rest.length === 0 ? { conversationId, answerId } : undefined;
}

/** The rating that a thumb stands for. */
export function ratingOf(value: string): { rating: 'up' | 'down'; answerId: string } | undefined {
  const [, rating, answerId] = /^(up|down):(\S{1,200})$/.exec(value) ?? [];
  return answerId === undefined ? undefined : { rating: rating === 'up' ? 'up' : 'down', answerId };
}

function toValue({ conversationId, answerId }: AnswerReference): string {
  return `${conversationId} ${answerId}`;
}

function button(text: string, actionId: string, value: string): Button {
  return { type: 'button', text: { type: 'plain_text', text, emoji: true }, action_id: actionId, value };
}
