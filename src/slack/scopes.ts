/** What the bot may do in a workspace, and what each scope is for; the manifest asks for the same. */
export const SCOPES: Readonly<Record<string, string>> = {
  'app_mentions:read': 'hearing mentions in channels',
  'assistant:write': 'suggested questions and "is looking it up…"',
  'channels:history': 'replies in threads of public channels',
  'channels:read': 'names of public channels in questions',
  'chat:write': 'answering',
  commands: '/ask',
  'groups:history': 'replies in threads of private channels',
  'groups:read': 'names of private channels in questions',
  'im:history': 'direct messages',
  'im:read': 'telling direct messages from channels',
  'metadata.message:read': 'knowing its own answers again after a restart',
  'mpim:history': 'replies in threads of group conversations',
  'users:read': 'names of people in questions',
};
