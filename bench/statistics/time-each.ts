/** Milliseconds that `work` takes for each value, one after the other. */
export async function timeEach<Value>(
  values: readonly Value[],
  work: (value: Value) => Promise<unknown>,
): Promise<number[]> {
  const milliseconds: number[] = [];
  for (const value of values) {
    const begun = performance.now();
    await work(value);
    milliseconds.push(performance.now() - begun);
  }
  return milliseconds;
}
