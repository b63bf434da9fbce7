/** Whether a sentence introduces what stands behind it: a list, code, a table. */
export function introduces(sentence: string): boolean {
  return /:["'”’)*_`]*$/.test(sentence);
}
