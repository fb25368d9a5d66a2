// The parts of a write that touch text_value and range_value. A part without rows is left out: to set it up would cost as much as to run it.
import { float8Array, int8Array } from './binary-arrays.ts';
import type { SideRows } from './rows.ts';

export interface SideStatements {
  /** Common table expressions, each begun by a comma. */
  readonly text: string;
  /** Tells apart the statements that have and lack a part. */
  readonly name: string;
  readonly values: readonly unknown[];
}

/** Inserts side rows of the resources in a table expression; parameters are numbered after the first `used`. */
export function sideInserts(rows: SideRows, source: string, used: number): SideStatements {
  return sideStatements(rows, used, 'come', {
    texts: (from) => `insert into record.text_value (text, key) select s.text, s.key from ${from} where s.key in (select key from ${source})`,
    ranges: (from) => `insert into record.range_value (place, low, high, key) select s.place, s.low, s.high, s.key from ${from} where s.key in (select key from ${source})`,
  });
}

/** Deletes side rows of the resources in a table expression. */
export function sideDeletes(rows: SideRows, source: string, used: number): SideStatements {
  return sideStatements(rows, used, 'gone', {
    texts: (from) => `delete from record.text_value t using ${from} where t.text = s.text and t.key = s.key and s.key in (select key from ${source})`,
    ranges: (from) =>
      `delete from record.range_value t using ${from} where t.place = s.place and t.low = s.low and t.high = s.high and t.key = s.key and s.key in (select key from ${source})`,
  });
}

interface Parts {
  readonly texts: (from: string) => string;
  readonly ranges: (from: string) => string;
}

function sideStatements({ texts, ranges }: SideRows, used: number, kind: string, parts: Parts): SideStatements {
  const values: unknown[] = [];
  const add = (value: unknown): string => `$${used + values.push(value)}`;
  let text = '';
  let name = '';
  if (texts.length > 0) {
    const from = `unnest(${add(texts.map((t) => t.text))}::text[], ${add(int8Array(texts.map((t) => t.key)))}::bigint[]) as s(text, key)`;
    text += `, texts_${kind} as (${parts.texts(from)})`;
    name += `-t${kind.charAt(0)}`;
  }
  if (ranges.length > 0) {
    const columns = [
      `${add(int8Array(ranges.map((r) => r.row.place)))}::bigint[]`,
      `${add(float8Array(ranges.map((r) => r.row.low)))}::float8[]`,
      `${add(float8Array(ranges.map((r) => r.row.high)))}::float8[]`,
      `${add(int8Array(ranges.map((r) => r.key)))}::bigint[]`,
    ];
    text += `, ranges_${kind} as (${parts.ranges(`unnest(${columns.join(', ')}) as s(place, low, high, key)`)})`;
    name += `-r${kind.charAt(0)}`;
  }
  return { text, name, values };
}
