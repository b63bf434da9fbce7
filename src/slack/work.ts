/** What the bot has to do, as it stands in the inbox. */
export type Work =
  | Question
  | Command
  | FeedbackGiven
  | HandOff
  | Share
  | Sweep
  | { readonly kind: 'home'; readonly team: Team; readonly user: string }
  | { readonly kind: 'prompts'; readonly team: Team; readonly channel: string; readonly threadTs?: string }
  | { readonly kind: 'uninstalled'; readonly team: Team; readonly at: number };

/** A look into a thread for messages that arrived after others had been posted in their place. */
export interface Sweep {
  readonly kind: 'sweep';
  readonly team: Team;
  readonly channel: string;
  readonly threadTs: string;
  /** `ts` of the question. */
  readonly after: string;
  /** The name of the question in the marks of its messages. */
  readonly question: string;
}

/** The workspace that an event is for, and the organisation that the app may be installed in instead. */
export interface Team {
  readonly id: string;
  readonly enterprise?: string;
}

/** A message to the bot; `reply`: one in a thread, which is for the bot only when it has spoken there. */
export interface Question {
  readonly kind: 'question';
  readonly via: 'mention' | 'direct' | 'reply';
  readonly team: Team;
  readonly channel: string;
  readonly user: string;
  /** The workspace of who asks, in a channel shared between several. */
  readonly userTeam?: string;
  /** With Slack's markup. */
  readonly text: string;
  readonly ts: string;
  readonly threadTs?: string;
  /** Who began the thread. */
  readonly parentUser?: string;
  readonly files: number;
}

/** `/ask`: answered to one person alone. */
export interface Command {
  readonly kind: 'command';
  readonly team: Team;
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly responseUrl: string;
}

/** Where somebody clicked. */
export interface Clicked {
  readonly team: Team;
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string;
  readonly responseUrl?: string;
}

export interface FeedbackGiven extends Partial<Clicked> {
  readonly kind: 'feedback';
  readonly team: Team;
  readonly answerId: string;
  readonly rating: 'up' | 'down';
  readonly comment?: string;
  /** Opens a form for a comment, within three seconds of the click. */
  readonly triggerId?: string;
}

export interface AnswerReference {
  readonly conversationId: string;
  readonly answerId: string;
}

export interface HandOff extends Clicked, AnswerReference {
  readonly kind: 'hand-off';
}

export interface Share extends Clicked, AnswerReference {
  readonly kind: 'share';
}
