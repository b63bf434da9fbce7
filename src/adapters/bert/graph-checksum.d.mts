export function checksum(parts: Iterable<Uint8Array>): string;
export function isGraphWhole(path: string): boolean;
