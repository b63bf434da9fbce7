import type {
  AssistantThreadsSetStatusArguments,
  AssistantThreadsSetSuggestedPromptsArguments,
  ChatAppendStreamArguments,
  ChatDeleteArguments,
  ChatPostEphemeralArguments,
  ChatPostMessageArguments,
  ChatStartStreamArguments,
  ChatStopStreamArguments,
  ChatUpdateArguments,
  ConversationsHistoryArguments,
  ConversationsInfoArguments,
  ConversationsRepliesArguments,
  UsersInfoArguments,
  ViewsOpenArguments,
  ViewsPublishArguments,
} from '@slack/web-api';
import type { PatientApi, PatientReply } from './patient-api.ts';

/** The methods that the bot calls, with the arguments that Slack's own types ask for. */
interface Methods {
  'auth.test': Record<string, never>;
  'assistant.threads.setStatus': AssistantThreadsSetStatusArguments;
  'assistant.threads.setSuggestedPrompts': AssistantThreadsSetSuggestedPromptsArguments;
  'chat.appendStream': ChatAppendStreamArguments;
  'chat.delete': ChatDeleteArguments;
  'chat.postEphemeral': ChatPostEphemeralArguments;
  'chat.postMessage': ChatPostMessageArguments;
  'chat.startStream': ChatStartStreamArguments;
  'chat.stopStream': ChatStopStreamArguments;
  'chat.update': ChatUpdateArguments;
  'conversations.history': ConversationsHistoryArguments;
  'conversations.info': ConversationsInfoArguments;
  'conversations.replies': ConversationsRepliesArguments;
  'users.info': UsersInfoArguments;
  'views.open': ViewsOpenArguments;
  'views.publish': ViewsPublishArguments;
}

/** Calls a method for one workspace. */
export type SlackCalls = <M extends keyof Methods>(method: M, args: Methods[M]) => Promise<PatientReply>;

export function createSlackCalls(api: PatientApi, token: string, signal?: AbortSignal): SlackCalls {
  return (method, args) => api(token, method, { ...args }, signal);
}
