// How the value at the end of a path becomes index rows, by kind of index and FHIR type of the value: strings and dates.
import { dateInterval, type Interval, type Zone } from './dates.ts';
import { fold, foldedLength, wordTails } from './fold.ts';
import { contactText, list, object, text, type Json, type Leaf } from './json.ts';
import type { Sink } from './sink.ts';
import { exactTerm, foldedText } from './terms.ts';

/** Parts of an address that have parameters, and so rows, of their own; a search of the whole address reads those too. */
export const addressParts: readonly string[] = ['city', 'state', 'country', 'postalCode'];

/** Rows of a string parameter (R4 search §3.1.1.4.9). Names and addresses give each part; names also every run of words to their end. */
export function stringLeaf(type: string, place: bigint, exactPlace: bigint, byWord: boolean): Leaf | undefined {
  const note = (sink: Sink, value: unknown): string => {
    if (typeof value !== 'string') return '';
    sink.tokens.add(exactTerm(value) ^ exactPlace);
    return foldedText(value);
  };
  const add = (sink: Sink, value: unknown): void => sink.addString(place, note(sink, value));
  const addWords = (sink: Sink, value: unknown, tails: boolean): void => {
    const folded = note(sink, value);
    for (const words of tails ? wordTails(folded) : [folded]) if (words !== '') sink.addWords(place, words);
  };
  switch (type) {
    case 'HumanName':
      return (v, sink) => addName(object(v) ?? {}, (value, tails) => addWords(sink, value, tails));
    case 'Address':
      return (v, sink) => {
        const address = object(v) ?? {};
        for (const part of ['text', 'district']) add(sink, address[part]);
        for (const line of list(address['line'])) add(sink, line);
      };
    case 'string': case 'markdown': case 'code': case 'id': case 'uri':
      return byWord ? (v, sink) => addNumber(sink, place, v) : (v, sink) => add(sink, v);
    default:
      return undefined;
  }
}

function addName(name: Json, add: (value: unknown, tails: boolean) => void): void {
  const given = list(name['given']).filter((g) => typeof g === 'string');
  const family = text(name['family']);
  if (text(name['text']) !== undefined) add(name['text'], true);
  else if (family !== undefined && given.length > 0) {
    add([family, ...given].join(' '), true);
    add([...given, family].join(' '), true);
  }
  add(family, false);
  for (const part of [...given, ...list(name['prefix']), ...list(name['suffix'])]) add(part, false);
}

/** A number that people type with or without its dots and spaces. */
function addNumber(sink: Sink, place: bigint, value: unknown): void {
  if (typeof value !== 'string') return;
  sink.addString(place, numberText(value).slice(0, foldedLength));
}

/** A number, phone or address as `find` compares it. */
export function numberText(value: string): string {
  return /^[+\d][\d\s().-]*$/.test(value) ? contactText(value).replace(/\+/g, '') : fold(value);
}

/** Rows of a date parameter: the interval of the value. */
export function dateLeaf(type: string, zone: Zone, add: (sink: Sink, low: number, high: number) => void): Leaf | undefined {
  switch (type) {
    case 'date': case 'dateTime': case 'instant':
      return (v, sink) => {
        const interval = typeof v === 'string' ? dateInterval(v, zone) : undefined;
        if (interval !== undefined) add(sink, interval.low, interval.high);
      };
    case 'Period':
      return (v, sink) => {
        const period = periodOf(v);
        if (period !== undefined) add(sink, period.low, period.high);
      };
    case 'Timing':
      return (v, sink) => {
        const events = list(object(v)?.['event']).flatMap((event) => (typeof event === 'string' ? (dateInterval(event, zone) ?? []) : []));
        const bounds = periodOf(object(object(v)?.['repeat'])?.['boundsPeriod']);
        const all = bounds === undefined ? events : [...events, bounds];
        // R4 search.html §3.1.1.4.7: of a schedule only the outer limits matter
        if (all.length > 0) add(sink, Math.min(...all.map(({ low }) => low)), Math.max(...all.map(({ high }) => high)));
      };
    default:
      return undefined;
  }
  function periodOf(value: unknown): Interval | undefined {
    const start = text(object(value)?.['start']);
    const end = text(object(value)?.['end']);
    if (start === undefined && end === undefined) return undefined;
    const low = start === undefined ? -Infinity : dateInterval(start, zone)?.low;
    const high = end === undefined ? Infinity : dateInterval(end, zone)?.high;
    return low === undefined || high === undefined ? undefined : { low, high };
  }
}
