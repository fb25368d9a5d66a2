/** Prefixes of ordered values (R4 search §3.1.1.4.5). */
export type Prefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap';

const shape = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)(?=[\d.+-])/;

/** Takes the prefix off a value; without one it is `eq`. */
export function readPrefix(value: string): { prefix: Prefix; rest: string } {
  const match = shape.exec(value);
  return match === null ? { prefix: 'eq', rest: value } : { prefix: match[1] as Prefix, rest: value.slice(2) };
}

/**
 * The condition between a stored interval [low, high) and a searched one, to the letter of R4 search §3.1.1.4.5: `eq` and `ne` by containment,
 * `gt lt ge le` by overlap with what lies above or below, `sa eb` wholly after or before. `from` and `to` are
 * asked for only where they are needed, since a parameter that no condition uses has no type. A bound on `high` from above is told of `low` too:
 * it follows, and gives the index, which begins with `low`, its other end.
 */
export function intervalCondition(prefix: Prefix, low: string, high: string, from: () => string, to: () => string): string {
  switch (prefix) {
    case 'eq':
      return `(${low} >= ${from()} and ${low} <= ${to()} and ${high} <= ${to()})`;
    case 'ne':
      return `(${low} < ${from()} or ${high} > ${to()})`;
    case 'gt':
      return `${high} > ${to()}`;
    case 'lt':
      return `${low} < ${from()}`;
    case 'ge':
      return `(${high} > ${to()} or ${low} >= ${from()})`;
    case 'le':
      return `(${low} <= ${to()} and (${low} < ${from()} or ${high} <= ${to()}))`;
    case 'sa':
      return `${low} >= ${to()}`;
    case 'eb':
      return `(${low} <= ${from()} and ${high} <= ${from()})`;
    case 'ap':
      return `(${low} < ${to()} and ${high} > ${from()})`;
  }
}
