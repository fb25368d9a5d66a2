// Dates, numbers and quantities of a search, by the rules of R4 search.html §3.1.1.4.5 to .7 and .11, for the judge of searches. Numbers are reckoned
// as whole ones, times 10^40: a rule at the edge of a range knows no rounding.
import type { Json } from './client.ts';

/** From `low` to `high`: dates with `high` excluded, in ms; numbers with both, in 10^-40. `undefined`: open. */
export interface Range {
  readonly low: bigint | undefined;
  readonly high: bigint | undefined;
  readonly openLow?: boolean;
  readonly openHigh?: boolean;
  readonly unit?: { readonly system: string; readonly code: string; readonly unit: string };
}

const HANOI_MS = 7 * 3_600_000;

/** The instants that a date means; a part of one is reckoned in the hospital's zone. */
function instants(text: string): Range {
  const [, date = '', time = '', offset = ''] = /^([\d-]+)(?:T([\d:.]+)(Z|[+-]\d\d:\d\d)?)?$/.exec(text) as unknown as string[];
  const [year = 0, month, day] = date.split('-').map(Number);
  const shift = offset === '' ? HANOI_MS : offset === 'Z' ? 0 : (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))) * 60_000;
  const at = (...parts: [number, number, number]): bigint => BigInt(Date.UTC(...parts) - shift);
  if (month === undefined) return { low: at(year, 0, 1), high: at(year + 1, 0, 1) };
  if (day === undefined) return { low: at(year, month - 1, 1), high: at(year, month, 1) };
  const midnight = at(year, month - 1, day);
  if (time === '') return { low: midnight, high: midnight + 86_400_000n };
  const [hour = 0, minute = 0, seconds] = time.split(':').map(Number);
  const minutes = midnight + BigInt(hour * 60 + minute) * 60_000n;
  if (seconds === undefined) return { low: minutes, high: minutes + 60_000n };
  const digits = Math.min((time.split('.')[1] ?? '').length, 3);
  const low = minutes + BigInt(Math.floor(Number(seconds.toFixed(3)) * 1000 + 0.001));
  return { low, high: low + BigInt(10 ** (3 - digits)) };
}

/** What a value of a date parameter says. */
export function instantsOf(value: Json): Range[] {
  if (typeof value === 'string') return /^\d{4}(-\d\d(-\d\d)?)?$|^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value) ? [instants(value)] : [];
  if (value?.event !== undefined || value?.repeat !== undefined) {
    const all = [...(value.event ?? []).map(instants), ...(value.repeat?.boundsPeriod === undefined ? [] : instantsOf(value.repeat.boundsPeriod))] as Range[];
    if (all.length === 0) return [];
    const low = all.some((one) => one.low === undefined) ? undefined : all.map((one) => one.low as bigint).reduce((a, b) => (a < b ? a : b));
    const high = all.some((one) => one.high === undefined) ? undefined : all.map((one) => one.high as bigint).reduce((a, b) => (a > b ? a : b));
    return [{ low, high }];
  }
  if (value?.start === undefined && value?.end === undefined) return [];
  return [{ low: value.start === undefined ? undefined : instants(value.start).low, high: value.end === undefined ? undefined : instants(value.end).high }];
}

const prefixShape = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)$/;
const above = (a: bigint | undefined, b: bigint): boolean => a === undefined || a > b;
const below = (a: bigint | undefined, b: bigint): boolean => a === undefined || a < b;

/** §3.1.1.4.5 for dates. `ap` is not judged: its width is the server's choice. */
export function holdsInstant({ high, low }: Range, asked: string): boolean {
  const [, prefix = 'eq', text = ''] = prefixShape.exec(asked) as unknown as string[];
  const { low: from, high: to } = instants(text) as { low: bigint; high: bigint };
  const within = low !== undefined && high !== undefined && low >= from && high <= to;
  switch (prefix) {
    case 'eq': return within;
    case 'ne': return !within;
    case 'gt': return above(high, to);
    case 'lt': return below(low, from);
    case 'ge': return above(high, to) || (low !== undefined && low >= from);
    case 'le': return below(low, from) || (high !== undefined && high <= to);
    case 'sa': return low !== undefined && low >= to;
    case 'eb': return high !== undefined && high <= from;
    default: throw new Error(prefix);
  }
}

const SCALE = 40;

/** A decimal times 10^40. */
function scaled(text: string): bigint {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) as unknown as string[];
  const power = SCALE + Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  const size = power >= 0 ? digits * 10n ** BigInt(power) : digits / 10n ** BigInt(-power);
  return sign === '-' ? -size : size;
}

/** What a value of a number or quantity parameter says. */
export function numbersOf(value: Json): Range[] {
  if (typeof value === 'number') return [{ low: scaled(String(value)), high: scaled(String(value)) }];
  if (value?.low !== undefined || value?.high !== undefined) {
    const unit = unitOf(value.low?.value === undefined ? value.high : value.low);
    const end = (quantity: Json): bigint | undefined => (quantity?.value === undefined ? undefined : scaled(String(quantity.value)));
    return [{ low: end(value.low), high: end(value.high), ...unit }];
  }
  if (typeof value?.value !== 'number') return [];
  const number = scaled(String(value.value));
  switch (value.comparator) {
    case '<': return [{ low: undefined, high: number, openHigh: true, ...unitOf(value) }];
    case '<=': return [{ low: undefined, high: number, ...unitOf(value) }];
    case '>': return [{ low: number, high: undefined, openLow: true, ...unitOf(value) }];
    case '>=': return [{ low: number, high: undefined, ...unitOf(value) }];
    default: return [{ low: number, high: number, ...unitOf(value) }];
  }
}

function unitOf(quantity: Json): Pick<Range, 'unit'> {
  const currency = quantity?.currency;
  return { unit: { system: quantity?.system ?? (currency === undefined ? '' : 'urn:iso:std:iso:4217'), code: quantity?.code ?? currency ?? '', unit: quantity?.unit ?? '' } };
}

/** Units of these kinds are told in each other: how many of the smallest one is. */
export const kinds: readonly Readonly<Record<string, bigint>>[] = [
  { pg: 1n, ng: 1000n, ug: 1_000_000n, mg: 1_000_000_000n, g: 10n ** 12n, kg: 10n ** 15n },
  { mm: 1n, cm: 10n, m: 1000n },
  { 'mg/L': 1n, 'mg/dL': 10n, 'g/L': 1000n, 'g/dL': 10_000n },
  { 'mmol/L': 1000n, 'umol/L': 1n },
  { ms: 1n, s: 1000n, min: 60_000n, h: 3_600_000n },
];
const UCUM = 'http://unitsofmeasure.org';

/** §3.1.1.4.6 and .11 for `[prefix]number|system|code`. */
export function holdsNumber(range: Range, asked: string): boolean {
  const [number = '', system = '', code = ''] = asked.split('|');
  const factors = factorsOf(range.unit, system, code);
  if (factors === undefined) return false;
  const [, prefix = 'eq', text = ''] = prefixShape.exec(number) as unknown as string[];
  const times = (value: bigint | undefined): bigint | undefined => (value === undefined ? undefined : value * factors.stored);
  const [low, high] = [times(range.low), times(range.high)];
  const value = scaled(text) * factors.asked;
  const [, fraction = '', exponent] = /^[+-]?\d+(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) as unknown as string[];
  // R4's own example: 1e2 has one digit more than is written, [95, 105)
  const digits = exponent !== undefined && fraction === '' ? 1 : fraction.length;
  const half = (5n * 10n ** BigInt(SCALE - 1 - digits + Number(exponent ?? 0))) * factors.asked;
  const within = low !== undefined && high !== undefined && low >= value - half && high < value + half;
  switch (prefix) {
    case 'eq': return within;
    case 'ne': return !within;
    case 'gt': return above(high, value);
    case 'ge': return high === undefined || high > value || (high === value && range.openHigh !== true);
    case 'lt': return below(low, value);
    case 'le': return low === undefined || low < value || (low === value && range.openLow !== true);
    case 'sa': return low !== undefined && (low > value || (low === value && range.openLow === true));
    case 'eb': return high !== undefined && (high < value || (high === value && range.openHigh === true));
    default: throw new Error(prefix);
  }
}

function factorsOf(unit: Range['unit'], system: string, code: string): { stored: bigint; asked: bigint } | undefined {
  const same = { stored: 1n, asked: 1n };
  if (system === '' && code === '') return same;
  if (unit === undefined) return undefined;
  if (system === '') return code === unit.code || code === unit.unit ? same : undefined;
  if (system !== unit.system) return undefined;
  if (code === '' || code === unit.code) return unit.code === '' && unit.unit === '' ? undefined : same;
  const kind = system === UCUM ? kinds.find((one) => Object.hasOwn(one, code) && Object.hasOwn(one, unit.code)) : undefined;
  return kind === undefined ? undefined : { stored: kind[unit.code] as bigint, asked: kind[code] as bigint };
}
