import { IbidError } from '../../model/errors.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Parses a model's file, which `name` names. Throws `config_invalid` when it is no JSON. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw misread(name, 'JSON', cause);
  }
}

/** The same for a file that holds an object. */
export function parseJsonObject(text: string, name: string): JsonObject {
  const value = parseJson(text, name);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw misread(name, 'a JSON object');
  return value as JsonObject;
}

function misread(name: string, wanted: string, cause?: unknown): IbidError {
  const message = `The embedding model's ${name} is not ${wanted}. Get the model's files again.`;
  return new IbidError('config_invalid', message, { cause });
}
