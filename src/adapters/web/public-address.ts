import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { IbidError } from '../../model/errors.ts';

/** Resolves a host name to all of its addresses. */
export type Resolve = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Whether an address is on the public internet: not loopback, private, link-local (cloud metadata), shared or reserved
 * (IANA special-purpose registries), also when it hides in an IPv6 address that carries an IPv4 one.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // Strips the IPv4-mapped form (RFC 4291, 2.5.5.2).
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // Global unicast is 2000::/3; what lies outside, such as IPv4-compatible ::7f00:1, is nobody's.
  return parsed instanceof ipaddr.IPv4 || ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000;
}

/** The address that a URL names instead of a host; undefined for a host name. URL parsing has made octal forms plain. */
export function literalAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(host) ? host : undefined;
}

/**
 * A `lookup` for sockets that refuses a name when one of its addresses is not allowed. It runs at the moment of connecting, so that a name that
 * changes its address between check and use (DNS rebinding) gains nothing.
 */
export function guardedLookup(
  isAllowed: (address: string) => boolean,
  resolve: Resolve = systemLookup,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      const refused = error ? undefined : addresses.find(({ address }) => !isAllowed(address));
      if (error) callback(error, '', 0);
      else if (refused || !first) callback(refusedAddress(hostname, refused?.address ?? 'no address'), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** The refusal of a private address. */
export function refusedAddress(host: string, address: string): IbidError {
  return new IbidError(
    'document_unreadable',
    `${host} leads to ${address}, which is not on the public internet. Allow private addresses if you mean to read from your own network.`,
  );
}
