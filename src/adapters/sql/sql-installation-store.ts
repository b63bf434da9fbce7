import type { InstallationStore } from '../../ports/installation-store.ts';
import type { Run } from './run.ts';

/** Installations on any SQL client. */
export function createSqlInstallationStore({ read, write }: { read: Run; write: Run }): InstallationStore {
  return {
    async save({ teamId, teamName, sealedToken, botUserId, installedAt }) {
      await write(
        `INSERT INTO slack_installations VALUES (?, ?, ?, ?, ?) ON CONFLICT (team_id) DO UPDATE SET
          team_name = excluded.team_name, sealed_token = excluded.sealed_token, bot_user_id = excluded.bot_user_id,
          installed_at = excluded.installed_at`,
        [teamId, teamName, sealedToken, botUserId, installedAt],
      );
    },
    async find(teamId) {
      const [row] = await read('SELECT * FROM slack_installations WHERE team_id = ?', [teamId]);
      return (
        row && {
          teamId,
          teamName: String(row.team_name),
          sealedToken: String(row.sealed_token),
          botUserId: String(row.bot_user_id),
          installedAt: Number(row.installed_at),
        }
      );
    },
    async remove(teamId, installedBefore) {
      await write('DELETE FROM slack_installations WHERE team_id = ? AND installed_at <= ?', [
        teamId,
        installedBefore,
      ]);
    },
  };
}
