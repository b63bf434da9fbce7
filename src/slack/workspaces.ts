import type { InstallationStore } from '../ports/installation-store.ts';
import type { PatientApi } from './patient-api.ts';
import type { TokenSeal } from './token-seal.ts';
import type { Team } from './work.ts';

/** How to speak in a workspace. */
export interface Workspace {
  readonly token: string;
  /** Undefined while Slack does not say. */
  readonly botUser: string | undefined;
}

/** The workspace's own installation, or that of its organisation, or the one of the settings; undefined when there is none. */
export type FindWorkspace = (team: Team) => Promise<Workspace | undefined>;

export function createFindWorkspace(deps: {
  readonly api: PatientApi;
  readonly botToken: string | undefined;
  readonly installations: InstallationStore;
  readonly seal: TokenSeal | undefined;
}): FindWorkspace {
  const { api, botToken, installations, seal } = deps;
  let ownUser: string | undefined;

  async function ownWorkspace(token: string): Promise<Workspace> {
    if (ownUser === undefined) {
      const reply = await api(token, 'auth.test', {});
      if (reply.outcome === 'ok') ownUser = String(reply.body.user_id);
    }
    return { token, botUser: ownUser };
  }

  return async ({ id, enterprise }) => {
    if (seal !== undefined) {
      const installed =
        (await installations.find(id)) ??
        (enterprise === undefined ? undefined : await installations.find(enterprise));
      if (installed) return { token: await seal.open(installed.sealedToken), botUser: installed.botUserId };
    }
    return botToken === undefined ? undefined : ownWorkspace(botToken);
  };
}
