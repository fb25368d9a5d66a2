// What stands in the index against what should stand there.
import type { IndexEntry } from '@sen/fhir';
import { placedText, rangeName, type SideRows } from '../store/rows.ts';

interface Owed {
  readonly key: bigint;
  readonly index: IndexEntry;
}

/** The side rows to take away and to add, under the keys of a batch; empty when all is as it should be. `namesakes`: others with one of these keys. */
export function sideDifferences(batch: readonly Owed[], standing: SideRows, namesakes: readonly Owed[] = []): { gone: SideRows; come: SideRows } {
  const owed = namesOf(batch);
  const allowed = namesOf([...batch, ...namesakes]);
  const there = { texts: new Set(standing.texts.map(nameOfText)), ranges: new Set(standing.ranges.map(nameOfRange)) };
  return {
    gone: {
      texts: unique(standing.texts, nameOfText).filter((row) => !allowed.texts.has(nameOfText(row))),
      ranges: unique(standing.ranges, nameOfRange).filter((row) => !allowed.ranges.has(nameOfRange(row))),
    },
    come: {
      texts: [...owed.texts].filter(([name]) => !there.texts.has(name)).map(([, row]) => row),
      ranges: [...owed.ranges].filter(([name]) => !there.ranges.has(name)).map(([, row]) => row),
    },
  };
}

type TextRow = SideRows['texts'][number];
type Range = SideRows['ranges'][number];

const nameOfText = ({ key, text }: TextRow): string => `${key}|${text}`;
const nameOfRange = ({ key, row }: Range): string => `${key}|${rangeName(row)}`;

function namesOf(entries: readonly Owed[]): { texts: Map<string, TextRow>; ranges: Map<string, Range> } {
  const texts = entries.flatMap(({ key, index }) => index.strings.map((row) => ({ key, text: placedText(row) })));
  const ranges = entries.flatMap(({ key, index }) => index.ranges.map((row) => ({ key, row })));
  return { texts: new Map(texts.map((row) => [nameOfText(row), row])), ranges: new Map(ranges.map((row) => [nameOfRange(row), row])) };
}

function unique<T>(rows: readonly T[], name: (row: T) => string): T[] {
  return [...new Map(rows.map((row) => [name(row), row])).values()];
}
