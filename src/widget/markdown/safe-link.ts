const ALLOWED = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** A link's address when its scheme is one that may be followed; addresses without a scheme are none. */
export function safeLink(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return ALLOWED.has(protocol) ? href : undefined;
}

/** Whether an address is one within the documents: a place on the page, or a path. */
export function isRelative(address: string): boolean {
  return /^(?:#|\.{0,2}\/(?!\/)|[\w-]+(?:\/|\.\w))[^\s:]*$/.test(address);
}
