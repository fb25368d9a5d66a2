// Numbers (R4 search §3.1.1.4.6) and quantities (§3.1.1.4.11), in whatever unit of UCUM they were written.
import { conversion, placeOf, readUnit, type SpeltUnit } from '@sen/fhir';
import { placePrefix } from '../../store/place-prefix.ts';
import { badModifier, badValue } from '../refusals.ts';
import { readPrefix, type Prefix } from '../prefix.ts';
import { splitEscaped, unescape } from '../read-query.ts';
import { anyOf, type Parameters } from '../sql.ts';
import { inRanges, placeIn } from './range.ts';
import type { ParameterFilter, Scope } from './scope.ts';
import { spellingsAt } from './spelling.ts';
import { LAST } from './string.ts';

/** A searched number: the very value, and what its digits (or `ap`) make of it. */
export interface SearchedNumber {
  readonly prefix: Prefix;
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/** No more digits than a FHIR decimal of this world has: they are reckoned with as a whole number. */
const decimal = /^[+-]?\d{1,60}(\.\d{1,60})?([eE][+-]?\d{1,4})?$/;

/** Reads `[prefix]number`; refuses what is none. */
export function readNumber(name: string, text: string): SearchedNumber {
  const { prefix, rest } = readPrefix(text);
  const value = Number(rest);
  if (!decimal.test(rest) || !Number.isFinite(value)) throw badValue(name, 'a number');
  if (prefix === 'ap') return { prefix, value, from: value - Math.abs(value) / 10, to: value + Math.abs(value) / 10 };
  const [from, to] = impliedRange(rest);
  return { prefix, value, from, to };
}

/**
 * What the written digits mean: `100` is [99.5, 100.5), `5.40` [5.395, 5.405), and by R4's own example `1e2` [95, 105): a mantissa without a
 * fraction counts one digit more. Reckoned in decimals, since 1.1 + 0.05 as doubles is more than 1.15. Digits beyond those of a double leave
 * no room above the value; then `to` equals it.
 */
function impliedRange(text: string): [number, number] {
  const [mantissa = '', exponent] = text.toLowerCase().split('e');
  const [whole = '', written = ''] = mantissa.split('.');
  const fraction = exponent !== undefined && written === '' ? '0' : written;
  const tenfold = BigInt(`${whole}${fraction}`.replace(/^\+/, '')) * 10n;
  const scale = Number(exponent ?? '0') - fraction.length - 1;
  return [Number(`${tenfold - 5n}e${scale}`), Number(`${tenfold + 5n}e${scale}`)];
}

/** The condition on (low, high). `eq` and `ne` mean the range that the written digits imply; the others the very number. */
function numberTest(p: Parameters, { prefix, value, from, to }: SearchedNumber): string {
  const add = (n: number): string => `${p.add(n)}::float8`;
  switch (prefix) {
    case 'eq':
      return to > value ? `(low >= ${add(from)} and low < ${add(to)} and high < ${add(to)})` : `(low >= ${add(from)} and low <= ${add(value)} and high <= ${add(value)})`;
    case 'ne':
      return to > value ? `(low < ${add(from)} or high >= ${add(to)})` : `(low < ${add(from)} or high > ${add(value)})`;
    case 'ap':
      return `(low <= ${add(to)} and high >= ${add(from)})`;
    case 'gt':
      return `high > ${add(value)}`;
    case 'ge':
      return `high >= ${add(value)}`;
    case 'lt':
      return `low < ${add(value)}`;
    case 'le':
      return `low <= ${add(value)}`;
    case 'sa':
      return `low > ${add(value)}`;
    case 'eb':
      return `(low < ${add(value)} and high < ${add(value)})`;
  }
}

/** Rows with a number at one of the places. */
export function numberRows(scope: Scope, places: readonly bigint[], searched: SearchedNumber): string {
  return rowsWith(scope, [{ places, searched }]);
}

interface Sought {
  readonly places: readonly bigint[];
  readonly searched: SearchedNumber;
}

function rowsWith(scope: Scope, sought: readonly Sought[]): string {
  if (sought.length === 0) return 'false';
  return inRanges(scope, (p) => anyOf(sought.map(({ places, searched }) => `(${placeIn(p, places)} and ${numberTest(p, searched)})`)));
}

export function numberCondition(scope: Scope, filter: ParameterFilter): string {
  if (filter.modifier !== undefined) throw badModifier(filter.name, filter.modifier);
  const places = filter.parameter.paths.map((path) => placeOf(filter.owner, path, 'range'));
  return anyOf(filter.values.map((value) => numberRows(scope, places, readNumber(filter.name, unescape(value)))));
}

export function quantityCondition(scope: Scope, filter: ParameterFilter): string {
  if (filter.modifier !== undefined) throw badModifier(filter.name, filter.modifier);
  const homes = filter.parameter.paths.map((path) => ({ rows: placeOf(filter.owner, path, 'range'), units: placeOf(filter.owner, path, 'unit') }));
  return anyOf(filter.values.map((value) => quantityRows(scope, filter.name, value, homes)));
}

/** Where the rows of a quantity stand, and where the units that occur there are spelt. */
export interface QuantityHome {
  readonly rows: bigint;
  readonly units: bigint;
}

/** Rows with a quantity `[prefix]number|system|code` at one of the homes; without a unit any will do, none too. */
export function quantityRows(scope: Scope, name: string, value: string, homes: readonly QuantityHome[]): string {
  const [number = '', system = '', code = '', ...rest] = splitEscaped(value, '|').map(unescape);
  if (rest.length > 0) throw badValue(name, '[prefix]number|system|code');
  const searched = readNumber(name, number);
  const asked = { system, code };
  const sought = homes.flatMap((home) => soughtAt(scope, home, searched, asked));
  const any = system === '' && code === '' ? [{ places: homes.map((home) => home.rows), searched }] : [];
  return rowsWith(scope, gathered([...any, ...sought]));
}

/** A number for each unit that occurs: as it was asked for, or told in that unit. */
function soughtAt(scope: Scope, { rows, units }: QuantityHome, searched: SearchedNumber, asked: AskedUnit): Sought[] {
  return spellingsAt(scope, units, '', false).flatMap(({ text, token }) => {
    const convert = conversionInto(readUnit(text), asked);
    return convert === undefined ? [] : [{ places: [token ^ units ^ rows], searched: convert(searched) }];
  });
}

interface AskedUnit {
  readonly system: string;
  readonly code: string;
}

const UCUM = 'http://unitsofmeasure.org';
const same = (searched: SearchedNumber): SearchedNumber => searched;

/** How a searched number is told in a unit that occurs; undefined when that unit was not asked for and none leads to it. */
function conversionInto(unit: SpeltUnit, { code, system }: AskedUnit): ((searched: SearchedNumber) => SearchedNumber) | undefined {
  if (system === '') return code === '' || code === unit.code || code === unit.unit ? same : undefined;
  if (system !== unit.system) return undefined;
  if (code === '' || code === unit.code) return same;
  const convert = system === UCUM ? conversion(code, unit.code) : undefined;
  return convert === undefined ? undefined : ({ from, prefix, to, value }) => ({ prefix, value: convert(value), from: convert(from), to: convert(to) });
}

/** Units that mean the same number are looked up together. */
function gathered(sought: readonly Sought[]): Sought[] {
  const groups = Map.groupBy(sought, ({ searched }) => `${searched.from}|${searched.value}|${searched.to}`);
  return [...groups.values()].map((group) => ({ places: group.flatMap(({ places }) => places), searched: (group[0] as Sought).searched }));
}

/** SQL array of all places at which values of a path stand, one for each unit that occurs: for an order by quantity. */
export function quantityPlaces(owner: string, path: string, p: Parameters): string {
  const units = placeOf(owner, path, 'unit');
  const rows = placeOf(owner, path, 'range');
  const prefix = placePrefix(units);
  return `array(select ${p.bigint(rows)} union all select t.token # ${p.bigint(units ^ rows)} from record.token_text t where t.text >= ${p.add(prefix)} and t.text < ${p.add(prefix + LAST)})`;
}
