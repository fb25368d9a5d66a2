// Observation to one result: its digits as recorded, its unit, its range, whether it is out of range.
import type { Band, Mark, ResultPoint, ResultSeries } from '@sen/contracts';
import { isNumber, numberText, numberValue, type Resource } from '@sen/fhir';
import { codesOf, known, listOf, textOf, wordsOf, whenOf, type Coding, type Concept, type Language } from './fhir.ts';
import { markOf, worse } from './marks.ts';
import { testName } from './test-names.ts';

export const resultElements = 'status,category,code,effective,issued,value,interpretation,referenceRange,component';

/** One result of one test. */
export interface LabResult extends ResultPoint {
  readonly key: string;
  readonly name: string;
  readonly category: ResultSeries['category'];
  readonly band?: Band;
  readonly secondBand?: Band;
}

interface Quantity {
  value?: unknown;
  unit?: string;
  code?: string;
  comparator?: string;
}
interface Range {
  low?: Quantity;
  high?: Quantity;
  text?: string;
  type?: Concept;
  appliesTo?: Concept[];
}
interface Valued {
  valueQuantity?: Quantity;
  valueCodeableConcept?: Concept;
  valueString?: string;
  valueInteger?: unknown;
  valueBoolean?: boolean;
  valueDateTime?: string;
  interpretation?: Concept[];
  referenceRange?: Range[];
  code?: Concept;
}

interface Value {
  readonly value: string;
  readonly number?: number;
  readonly unit?: string;
  readonly coded: boolean;
}

/** Reads an Observation; undefined when it has no value to show, was cancelled or entered in error. */
export function resultOf(observation: Resource, language: Language): LabResult | undefined {
  if (observation['status'] === 'entered-in-error' || observation['status'] === 'cancelled') return undefined;
  const valued = observation as Valued;
  const pressure = pressureOf(observation, language);
  if (pressure !== undefined) return { ...frame(observation, language, false), ...pressure };
  const value = valueOf(valued, language) ?? partsOf(observation, language);
  if (value === undefined) return undefined;
  const band = bandOf(valued.referenceRange);
  const { coded, ...shown } = value;
  return known({
    ...frame(observation, language, coded),
    ...shown,
    band,
    mark: markOf(interpretations(valued), value.number, band),
  });
}

function frame(observation: Resource, language: Language, coded: boolean) {
  const name = nameOfTest(observation['code'], language);
  return known({
    id: observation.id ?? '',
    key: keyOf(observation['code'], coded),
    name,
    category: categoryOf(observation),
    when: whenOf(observation, 'effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'issued'),
  });
}

/** The test's name in the reader's language: our short name for common LOINC codes, else what the record calls it. */
function nameOfTest(code: unknown, language: Language): string {
  const loinc = (code as Concept | undefined)?.coding?.find((coding) => coding.system === 'http://loinc.org')?.code;
  return testName(loinc, language) ?? wordsOf(code, language) ?? '';
}

/**
 * Key of the test: `system|code`. A coded answer adds the record's own name of the test,
 * because sources file different questions under one code (Synthea: odour and appearance of urine, both LOINC 5767-9).
 */
function keyOf(code: unknown, coded: boolean): string {
  const coding: Coding | undefined = (code as Concept | undefined)?.coding?.[0];
  const written = (code as Concept | undefined)?.text ?? coding?.display ?? '';
  if (coding?.code === undefined) return `text:${written}`;
  const key = `${coding.system ?? ''}|${coding.code}`;
  return coded && written !== '' ? `${key}#${written}` : key;
}

/** The FHIR token to search a key's Observations by; undefined for a test without a code. */
export function tokenOf(key: string): string | undefined {
  if (key.startsWith('text:')) return undefined;
  return key.split('#')[0];
}

function categoryOf(observation: Resource): ResultSeries['category'] {
  const codes = listOf(observation['category']).flatMap(codesOf);
  if (codes.includes('laboratory')) return 'laboratory';
  return codes.includes('vital-signs') ? 'vital-signs' : 'other';
}

function valueOf(valued: Valued, language: Language): Value | undefined {
  const { valueQuantity: quantity } = valued;
  if (quantity !== undefined && isNumber(quantity.value)) {
    const digits = `${quantity.comparator ?? ''}${tidy(quantity.value)}`;
    return known({ value: digits, number: numberValue(quantity.value), unit: spokenUnit(quantity, language), coded: false });
  }
  if (valued.valueCodeableConcept !== undefined) return { value: wordsOf(valued.valueCodeableConcept, language) ?? '', coded: true };
  if (isNumber(valued.valueInteger)) return { value: numberText(valued.valueInteger), number: numberValue(valued.valueInteger), coded: false };
  if (valued.valueBoolean !== undefined) return { value: valued.valueBoolean ? '+' : '−', coded: true };
  const text = textOf(valued.valueString) ?? textOf(valued.valueDateTime);
  return text === undefined ? undefined : { value: text, coded: true };
}

/** Digits as recorded, except the noise of binary arithmetic: more than four decimals are rounded to four significant ones. */
function tidy(value: Parameters<typeof numberText>[0]): string {
  const text = numberText(value);
  const decimals = /\.(\d+)$/.exec(text)?.[1] ?? '';
  if (decimals.length <= 4 && !/[eE]/.test(text)) return text;
  const number = numberValue(value);
  return Math.abs(number) >= 100 ? number.toFixed(1) : String(Number(number.toPrecision(4)));
}

/** UCUM that people do not say, said as they do; annotations such as `{score}` say nothing. */
function spokenUnit(quantity: Quantity, language: Language): string | undefined {
  const unit = textOf(quantity.unit) ?? textOf(quantity.code);
  if (unit === undefined) return undefined;
  const spoken = unit
    .replace('{1.73_m2}', language === 'vi' ? '1,73 m²' : '1.73 m²').replace(/\{[^{}]*\}/g, '')
    .replace('mm[Hg]', 'mmHg').replace(/^Cel$/, '°C').replace('[degF]', '°F').replace(/\[iU\]/gi, 'IU')
    .replace(/10\*(\d+)/g, (_, power: string) => `10${superscript(power)}`).replace(/(^|\/)u(?=mol|g|L|IU)/g, '$1µ').replace(/m2$/, 'm²');
  const minutes = language === 'vi' ? spoken.replace(/\/min\b/, '/phút') : spoken.replace('/phút', '/min').replace('1,73', '1.73');
  return minutes === '' || minutes === '1' ? undefined : minutes;
}

function superscript(digits: string): string {
  return [...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}

/** LOINC 8480-6 and 8462-4: the two pressures of one measurement (R4 vital signs profile, bp). */
function pressureOf(observation: Resource, language: Language): { value: string; number: number; second: number; unit?: string; band?: Band; secondBand?: Band; mark?: Mark } | undefined {
  const parts = listOf<Valued>(observation['component']);
  const systolic = parts.find((part) => codesOf(part.code).includes('8480-6'));
  const diastolic = parts.find((part) => codesOf(part.code).includes('8462-4'));
  const high = systolic?.valueQuantity?.value;
  const low = diastolic?.valueQuantity?.value;
  if (!isNumber(high) || !isNumber(low)) return undefined;
  const band = bandOf(systolic?.referenceRange);
  const secondBand = bandOf(diastolic?.referenceRange);
  const own = markOf(interpretations(observation as Valued), undefined, undefined);
  const parted = worse(markOf(interpretations(systolic ?? {}), numberValue(high), band), markOf(interpretations(diastolic ?? {}), numberValue(low), secondBand));
  return known({
    value: `${Math.round(numberValue(high))}/${Math.round(numberValue(low))}`,
    number: numberValue(high),
    second: numberValue(low),
    unit: spokenUnit(systolic?.valueQuantity ?? {}, language),
    band,
    secondBand,
    mark: own ?? parted,
  });
}

function partsOf(observation: Resource, language: Language): Value | undefined {
  const parts = listOf<Valued>(observation['component']).flatMap((part) => {
    const value = valueOf(part, language);
    return value === undefined ? [] : [`${nameOfTest(part.code, language)}: ${value.value}${value.unit === undefined ? '' : ` ${value.unit}`}`];
  });
  return parts.length === 0 ? undefined : { value: parts.join(' · '), coded: true };
}

function interpretations(valued: Valued): string[] {
  return (valued.interpretation ?? []).flatMap(codesOf);
}

/** The normal range, or failing that the first given; R4 lets a range be only words. */
function bandOf(ranges: readonly Range[] | undefined): Band | undefined {
  const range = ranges?.find((one) => one.type === undefined || codesOf(one.type).includes('normal')) ?? ranges?.[0];
  if (range === undefined) return undefined;
  const low = range.low?.value;
  const high = range.high?.value;
  return known({
    low: isNumber(low) ? numberValue(low) : undefined,
    high: isNumber(high) ? numberValue(high) : undefined,
    text: textOf(range.text),
  });
}
