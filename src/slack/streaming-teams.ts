/** Which workspaces take streams. */
export interface StreamingTeams {
  mayStream(team: string): boolean;
  /** Told of every refusal of a stream. */
  refused(team: string, error: string): void;
}

/** Refusals that every other stream of the workspace would meet as well. */
const WHOLE_TEAM = new Set([
  ...[
    'unknown_method',
    'missing_scope',
    'feature_not_enabled',
    'not_allowed_token_type',
    'method_deprecated',
  ],
]);
const FOR_MS = 3_600_000;

/** A workspace that refused to stream is asked again after an hour. */
export function createStreamingTeams(now: () => number): StreamingTeams {
  const refusedUntil = new Map<string, number>();
  return {
    mayStream: (team) => (refusedUntil.get(team) ?? 0) <= now(),
    refused(team, error) {
      if (WHOLE_TEAM.has(error)) refusedUntil.set(team, now() + FOR_MS);
    },
  };
}
