// Text of a data set as it was most likely meant: for search, and for showing beside what stands there.
import { guessText, type Guess } from '../text/guess-text.ts';
import { nameKeys } from '../text/name-keys.ts';
import type { Dataset } from './dataset.ts';
import { textOf, wayOfText } from './values.ts';

/** Below this a reading is too unsure to find somebody by. */
const sureEnough = 0.5;

/** The likeliest reading of a text element; undefined when there is none. */
export function guessOf(dataset: Dataset, tag: number): Guess | undefined {
  const element = dataset.elements.get(tag);
  if (element?.bytes === undefined || element.bytes.length === 0) return undefined;
  const guess = guessText(element.bytes, dataset.charset, wayOfText(element.vr));
  return { ...guess, text: guess.text.replace(/[\0 ]+$/, '') };
}

/** The words a name is found by: as it stands, and as it was meant where its character set was mislabelled. */
export function nameKeysOf(dataset: Dataset, tag: number): string[] {
  const guess = guessOf(dataset, tag);
  if (guess === undefined) return [];
  return nameKeys(textOf(dataset, tag) ?? '', guess.confidence >= sureEnough ? guess.text : '');
}
