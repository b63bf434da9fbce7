/** A workspace that has installed the app. */
export interface Installation {
  /** Of the workspace (`T…`), or of the organisation (`E…`) that installed it for all of its workspaces. */
  readonly teamId: string;
  readonly teamName: string;
  /** Sealed: the store never sees the token itself. */
  readonly sealedToken: string;
  readonly botUserId: string;
  /** Milliseconds since the epoch. */
  readonly installedAt: number;
}

/** The workspaces that have installed the app. */
export interface InstallationStore {
  /** A second installation of a workspace replaces the first. */
  save(installation: Installation): Promise<void>;
  find(teamId: string): Promise<Installation | undefined>;
  /** Removes it unless it was installed after `installedBefore` (milliseconds since the epoch), such as by a later installation. */
  remove(teamId: string, installedBefore: number): Promise<void>;
}
