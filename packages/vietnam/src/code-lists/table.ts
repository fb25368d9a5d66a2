// Tables as the official lists come: tab-separated text with a head line.

export type Row = Readonly<Record<string, string>>;

/** A table that cannot be read; the message says why. */
export class TableError extends Error {}

/**
 * Reads a table into rows by column. Quotes have no meaning; empty lines are left out. The first needed column is the key: no row is without.
 * Throws TableError for a missing column, a row without key and text that was not UTF-8.
 */
export function readTable(text: string, needed: readonly string[]): Row[] {
  // what a reader puts for bytes that are no UTF-8, such as those of TCVN3 or UTF-16: names would be stored broken
  if (text.includes('\uFFFD')) throw new TableError('the file is not UTF-8; save it as UTF-8 and try again');
  const [head = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = head.split('\t').map((name) => name.trim());
  const missing = needed.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw new TableError(`column ${missing.join(', ')} is missing; the head line has ${columns.join(', ')}`);
  return lines.flatMap((line, i) => (line.trim() === '' ? [] : [rowOf(columns, line, needed[0], i + 2)]));
}

function rowOf(columns: readonly string[], line: string, key: string | undefined, at: number): Row {
  const cells = line.split('\t');
  const row = Object.fromEntries(columns.map((name, i) => [name, (cells[i] ?? '').trim()]));
  if (key !== undefined && row[key] === '') throw new TableError(`line ${at} has no ${key}`);
  return row;
}
