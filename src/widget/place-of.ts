/** Where a quote stands in its document, in words: its headings and its page. */
export function placeOf(
  quoted: {
    readonly title: string;
    readonly headings: readonly string[];
    readonly page?: number | undefined;
  },
  page: string,
): string {
  const headings = quoted.headings.filter((heading) => heading !== quoted.title);
  return [...headings, ...(quoted.page === undefined ? [] : [`${page} ${quoted.page}`])].join(' › ');
}
