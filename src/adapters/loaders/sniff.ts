import { decodeText } from '../../model/normalise.ts';
import { zipEntryNames } from './zip.ts';

/** The media type that the first bytes tell; undefined for an unknown binary file. */
export function sniffMediaType(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  if (head.startsWith('%PDF-')) return 'application/pdf';
  if (head.startsWith('PK\u0003\u0004')) return sniffArchive(bytes);
  const text = decodeText(bytes.subarray(0, 4096)).trimStart();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls tell binary files
  if (/[\u0000-\u0008\u000e-\u001a]/.test(text)) return undefined;
  if (/^(?:<!doctype html|<html)[\s>]/i.test(text)) return 'text/html';
  if (/^WEBVTT\b/.test(text)) return 'text/vtt';
  return 'text/plain';
}

/** Whether the bytes are an OLE file: what an old or a password-protected Office document is. */
export function isOle(bytes: Uint8Array): boolean {
  return [0xd0, 0xcf, 0x11, 0xe0].every((byte, at) => bytes[at] === byte);
}

function sniffArchive(bytes: Uint8Array): string | undefined {
  const names = zipEntryNames(bytes);
  const office = 'application/vnd.openxmlformats-officedocument';
  if (names.includes('word/document.xml')) return `${office}.wordprocessingml.document`;
  if (names.includes('ppt/presentation.xml')) return `${office}.presentationml.presentation`;
  return names.includes('META-INF/container.xml') ? 'application/epub+zip' : undefined;
}
