/** Length of the longest run of tokens that stands unbroken in both lists; O(n·m) time, O(m) space. */
export function commonRun(left: readonly string[], right: readonly string[]): number {
  let previous = new Uint32Array(right.length + 1);
  let current = new Uint32Array(right.length + 1);
  let longest = 0;
  for (const token of left) {
    for (let index = 0; index < right.length; index += 1) {
      const run = token === right[index] ? (previous[index] ?? 0) + 1 : 0;
      current[index + 1] = run;
      longest = Math.max(longest, run);
    }
    [previous, current] = [current, previous];
  }
  return longest;
}
