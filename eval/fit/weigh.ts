/** Each group of observations counts as much as this many, however many it has, split evenly over its labels. */
const GROUP_WEIGHT = 500;
/** A group where everything can be answered tells nothing of how often that is so: it counts as much less. */
const ALL_ANSWERABLE = 0.2;

interface Labelled {
  readonly group: string;
  readonly answerable: boolean;
}

/** What an observation counts among others of its kind: all groups count alike. */
export function weighByGroup<T extends Labelled>(observations: readonly T[]): (observation: T) => number {
  const sizes = countBy(observations, ({ group }) => group);
  return ({ group }) => GROUP_WEIGHT / (sizes.get(group) ?? 1);
}

/** The same for what tells the answerable from the rest: in each group both count alike. */
export function weighByLabel<T extends Labelled>(observations: readonly T[]): (observation: T) => number {
  const keyOf = ({ group, answerable }: Labelled) => `${group} ${answerable}`;
  const sizes = countBy(observations, keyOf);
  return ({ group, answerable }) => {
    const other = sizes.has(keyOf({ group, answerable: !answerable }));
    const share = other ? 0.5 : answerable ? ALL_ANSWERABLE : 1;
    return (GROUP_WEIGHT * share) / (sizes.get(keyOf({ group, answerable })) ?? 1);
  };
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
