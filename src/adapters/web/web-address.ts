import { IbidError } from '../../model/errors.ts';

/** Parses an http or https URL without its fragment. Throws `bad_request` for other schemes and for credentials. */
export function parseWebAddress(address: string, base?: string): URL {
  if (!URL.canParse(address, base)) {
    throw new IbidError('bad_request', `${address} is no URL. Write it in full: https://example.org/page`);
  }
  const url = new URL(address, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new IbidError(
      'bad_request',
      `${address} is neither http nor https. Only pages of the web can be read.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new IbidError('bad_request', `The URL for ${url.host} holds a user name or password. Remove it.`);
  }
  url.hash = '';
  return url;
}
