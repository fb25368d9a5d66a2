// Rows of number and quantity parameters (R4 search §3.1.1.4.6, .11). The place of a quantity's row carries its unit: rows of one unit lie together.
import { isNumber, numberValue } from '../json/lossless.ts';
import { object, text, type Json, type Leaf } from './json.ts';
import type { Sink } from './sink.ts';
import { unitTerm } from './terms.ts';

/** System of the codes of currencies (R4 datatypes.html §2.24.0.10). */
const currencies = 'urn:iso:std:iso:4217';

/** Rows of a number, or of a quantity at `place ^ unit`; `units` is where the spellings of the units stand. */
export function numberLeaf(type: string, place: bigint, units: bigint): Leaf | undefined {
  switch (type) {
    case 'integer': case 'positiveInt': case 'unsignedInt': case 'decimal':
      return (v, sink) => {
        if (isNumber(v)) sink.addRange(place, numberValue(v), numberValue(v));
      };
    case 'Quantity': case 'Age': case 'Duration': case 'Count': case 'Distance': case 'Money': case 'SimpleQuantity':
      return (v, sink) => addQuantity(object(v), sink, place, units);
    case 'Range':
      return (v, sink) => addBetween(object(v)?.['low'], object(v)?.['high'], sink, place, units);
    case 'SampledData':
      return (v, sink) => addQuantity(object(object(v)?.['origin']), sink, place, units);
    default:
      return undefined;
  }
}

/** A quantity with a comparator reaches to infinity on its side, and does not hold the number itself when it is `<` or `>`. */
function addQuantity(quantity: Json | undefined, sink: Sink, place: bigint, units: bigint): void {
  const value = quantity?.['value'];
  if (!isNumber(value)) return;
  const number = numberValue(value);
  const at = place ^ addUnit(sink, units, quantity);
  switch (quantity?.['comparator']) {
    case '<':
      return sink.addRange(at, -Infinity, neighbour(number, -1));
    case '<=':
      return sink.addRange(at, -Infinity, number);
    case '>':
      return sink.addRange(at, neighbour(number, 1), Infinity);
    case '>=':
      return sink.addRange(at, number, Infinity);
    default:
      return sink.addRange(at, number, number);
  }
}

/** The nearest double above or below a number. */
function neighbour(number: number, direction: 1 | -1): number {
  if (number === 0) return direction * Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(number > 0 ? direction : -direction));
  return view.getFloat64(0);
}

function addBetween(low: unknown, high: unknown, sink: Sink, place: bigint, units: bigint): void {
  const [from, to] = [object(low), object(high)];
  const least = from?.['value'];
  const most = to?.['value'];
  if (!isNumber(least) && !isNumber(most)) return;
  const at = place ^ addUnit(sink, units, isNumber(least) ? from : to);
  sink.addRange(at, isNumber(least) ? numberValue(least) : -Infinity, isNumber(most) ? numberValue(most) : Infinity);
}

/** The term of a quantity's unit, spelt beside; 0 when it has none. */
function addUnit(sink: Sink, units: bigint, quantity: Json | undefined): bigint {
  const currency = text(quantity?.['currency']);
  const system = text(quantity?.['system']) ?? (currency === undefined ? '' : currencies);
  const code = text(quantity?.['code']) ?? currency ?? '';
  const unit = text(quantity?.['unit']) ?? '';
  if (code === '' && unit === '') return 0n;
  const term = unitTerm(system, code, unit);
  sink.addSpelling(units, writeUnit({ system, code, unit }), term ^ units);
  return term;
}

/** A unit as it stands in quantities: system, code and the text for people, '' where absent. */
export interface SpeltUnit {
  readonly system: string;
  readonly code: string;
  readonly unit: string;
}

/** The spelling of a unit. */
function writeUnit({ system, code, unit }: SpeltUnit): string {
  return `${code}\n${system}\n${unit}`;
}

/** Reads a spelling back. */
export function readUnit(spelling: string): SpeltUnit {
  const [code = '', system = '', ...unit] = spelling.split('\n');
  return { system, code, unit: unit.join('\n') };
}
