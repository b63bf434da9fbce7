/** What came of a call: `unknown` means that Slack may have done it or not. */
export type SlackReply =
  | {
      readonly outcome: 'ok';
      readonly body: Readonly<Record<string, unknown>>;
      readonly scopes: readonly string[];
    }
  | { readonly outcome: 'refused'; readonly error: string; readonly needed?: string }
  | { readonly outcome: 'rate-limited'; readonly retryAfterSeconds: number }
  | { readonly outcome: 'unknown'; readonly message: string };

/** Calls one method of Slack's Web API once. Never rejects. */
export type SlackApi = (
  token: string | undefined,
  method: string,
  args: Readonly<Record<string, unknown>>,
) => Promise<SlackReply>;
