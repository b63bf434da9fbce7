import { messageOf } from '../model/errors.ts';
import type { InstallationStore } from '../ports/installation-store.ts';
import type { InboxJob } from '../ports/slack-inbox.ts';
import { answerCommand, type CommandDeps } from './answer-command.ts';
import { type AnswerDeps, answerQuestion } from './answer-question.ts';
import { UndeliverableError } from './faults.ts';
import { type ClickDeps, handleFeedback, handleHandOff, handleShare } from './handle-click.ts';
import { homeView } from './home.ts';
import type { Lease } from './lease.ts';
import type { PatientApi } from './patient-api.ts';
import { createSlackCalls, type SlackCalls } from './slack-calls.ts';
import { sweepThread } from './sweep-thread.ts';
import type { Work } from './work.ts';
import type { Outcome } from './worker.ts';
import type { FindWorkspace, Workspace } from './workspaces.ts';

export interface WorkDeps extends AnswerDeps, CommandDeps, ClickDeps {
  readonly conversations: AnswerDeps['conversations'] & ClickDeps['conversations'];
  readonly api: PatientApi;
  readonly findWorkspace: FindWorkspace;
  readonly installations: InstallationStore;
  readonly prompts: () => Promise<readonly string[]>;
}

/** Works one entry of the inbox off. */
export function createDoWork(deps: WorkDeps): (job: InboxJob, lease: Lease) => Promise<Outcome> {
  return async (job, lease) => {
    const work = JSON.parse(job.payload) as Work;
    if (work.kind === 'uninstalled') {
      await deps.installations.remove(work.team.id, work.at);
      if (work.team.enterprise !== undefined) await deps.installations.remove(work.team.enterprise, work.at);
      return { type: 'done' };
    }
    const workspace = await deps.findWorkspace(work.team);
    if (workspace === undefined) {
      deps.report(`Slack event ${job.eventId}: the app is not installed in workspace ${work.team.id}.`);
      return { type: 'done' };
    }
    try {
      return await inWorkspace(deps, { work, job, lease, workspace });
    } catch (error) {
      if (!(error instanceof UndeliverableError)) throw error;
      deps.report(`Slack event ${job.eventId}: ${messageOf(error)}`);
      return { type: 'done' };
    }
  };
}

async function inWorkspace(
  deps: WorkDeps,
  given: {
    readonly work: Work;
    readonly job: InboxJob;
    readonly lease: Lease;
    readonly workspace: Workspace;
  },
): Promise<Outcome> {
  const { work, job, lease, workspace } = given;
  const calls = createSlackCalls(deps.api, workspace.token, lease.signal);
  const common = { job, lease, calls };
  switch (work.kind) {
    case 'question':
      return answerQuestion(deps, { ...common, question: work, botUser: workspace.botUser });
    case 'command':
      return answerCommand(deps, { ...common, command: work, botUser: workspace.botUser });
    case 'feedback':
      return handleFeedback(deps, { ...common, work });
    case 'hand-off':
      return handleHandOff(deps, { ...common, work });
    case 'share':
      return handleShare(deps, { ...common, work });
    case 'sweep':
      return sweepThread(work, { job, calls, botUser: workspace.botUser });
    case 'home':
      await calls('views.publish', {
        user_id: work.user,
        view: homeView(deps.settings, await deps.prompts()),
      });
      return { type: 'done' };
    case 'prompts':
      await suggest(calls, await deps.prompts(), work);
      return { type: 'done' };
    case 'uninstalled':
      return { type: 'done' };
  }
}

/** The new agent surface takes no `thread_ts`, the older assistant needs it. */
async function suggest(
  calls: SlackCalls,
  prompts: readonly string[],
  { channel, threadTs }: { readonly channel: string; readonly threadTs?: string },
): Promise<void> {
  if (prompts.length === 0) return;
  await calls('assistant.threads.setSuggestedPrompts', {
    channel_id: channel,
    title: 'Ask me, for example',
    prompts: prompts.map((message) => ({ title: message, message })),
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
  });
}
