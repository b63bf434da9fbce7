/**
 * Lets each contestant have its turn in every round, one after the other and each round in another order, so that a
 * machine that is slower for a while is slower for all. Returns what the turns gave, by contestant and round.
 */
export async function interleave<Name extends string>(
  rounds: number,
  turns: Readonly<Record<Name, (round: number) => Promise<number>>>,
  onTurn: (done: number, total: number) => void,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(turns) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  let done = 0;
  for (let round = 0; round < rounds; round++) {
    for (const position of names.keys()) {
      const name = names[(position + round) % names.length];
      if (name === undefined) continue;
      results[name].push(await turns[name](round));
      done += 1;
      onTurn(done, rounds * names.length);
    }
  }
  return results;
}
