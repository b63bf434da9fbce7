/** Half of the documents are held out of the fit, by a hash of the name, with all that was made of them. */
export function isHeldOut(name: string): boolean {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) >>> 0;
  return ((hash >>> 8) ^ hash) % 2 === 0;
}
