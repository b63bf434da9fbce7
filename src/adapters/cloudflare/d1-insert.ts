import { refuseNul } from '../sql/refuse-nul.ts';
import type { SqlValue } from '../sql/run.ts';
import type { Statement } from './d1-database.ts';

/** D1 takes 2 MB in a parameter, and a character may take three bytes. */
const MOST_CHARACTERS = 600_000;

/**
 * Statements that insert rows of equal width, which travel as JSON in one parameter, so that neither the 100 parameters of a
 * statement nor the statements of a Worker's call run out; bytes travel as hexadecimal digits.
 */
export function insertStatements(
  into: string,
  rows: readonly (readonly SqlValue[])[],
  after = '',
): Statement[] {
  const [first] = rows;
  if (first === undefined) return [];
  const columns = first.map((value, at) =>
    value instanceof Uint8Array ? `unhex(value ->> ${at})` : `value ->> ${at}`,
  );
  // Without WHERE, an ON CONFLICT behind the FROM would be read as its ON.
  const many = `${into} SELECT ${columns.join(', ')} FROM json_each(?1) WHERE true ${after}`;
  const one = `${into} VALUES (${first.map(() => '?').join(', ')}) ${after}`;
  const statements: Statement[] = [];
  let slice: string[] = [];
  let characters = 0;
  const close = () => {
    if (slice.length > 0) statements.push([many, [`[${slice.join(',')}]`]]);
    slice = [];
    characters = 0;
  };
  for (const row of rows) {
    const json = toJson(row);
    if (characters + json.length > MOST_CHARACTERS) close();
    if (json.length > MOST_CHARACTERS) statements.push([one, row]);
    else slice.push(json);
    characters += json.length;
  }
  close();
  return statements;
}

function toJson(row: readonly SqlValue[]): string {
  refuseNul(row);
  return JSON.stringify(row.map((value) => (value instanceof Uint8Array ? toHex(value) : value)));
}

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += DIGITS[byte];
  return hex;
}
