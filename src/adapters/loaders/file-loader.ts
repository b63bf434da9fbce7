import type { FileLoader } from '../../ports/file-loader.ts';
import { createFormatLoader } from './format-loader.ts';
import { FORMATS } from './formats.ts';

/** Reads files of every supported kind; see `createFormatLoader`. */
export function createFileLoader(): FileLoader {
  return createFormatLoader(FORMATS);
}
