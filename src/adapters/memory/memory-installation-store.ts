import type { Installation, InstallationStore } from '../../ports/installation-store.ts';

/** Installations that last as long as the process: for tests. */
export function createMemoryInstallationStore(): InstallationStore {
  const installations = new Map<string, Installation>();
  return {
    async save(installation) {
      installations.set(installation.teamId, installation);
    },
    find: async (teamId) => installations.get(teamId),
    async remove(teamId, installedBefore) {
      const known = installations.get(teamId);
      if (known !== undefined && known.installedAt <= installedBefore) installations.delete(teamId);
    },
  };
}
