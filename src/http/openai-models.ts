/** The answer as it is, its citations in annotations. */
const PLAIN = 'ibid';
/** The same with markers and quotes in the text. */
const WITH_QUOTES = 'ibid-with-quotes';

export const MODELS: readonly string[] = [PLAIN, WITH_QUOTES];

/** The model that answers a request for `name`: any unknown name means the plain one, since clients bring names of their own. */
export function modelOf(name: string | null | undefined): { name: string; showsQuotes: boolean } {
  return name === WITH_QUOTES
    ? { name: WITH_QUOTES, showsQuotes: true }
    : { name: PLAIN, showsQuotes: false };
}
