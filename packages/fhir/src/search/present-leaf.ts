// Marks in the index entry that a resource has a value for a search parameter (R4 search §3.1.1.4.4, `:missing`).
import { growPath, markPath, type Branch } from './compile.ts';
import { dateLeaf, stringLeaf } from './leaves.ts';
import { numberLeaf } from './number-leaf.ts';
import type { SearchParameter } from './parameters.ts';
import { parsePath } from './path.ts';
import { maskOf, presenceBit } from './presence.ts';
import { referenceLeaf, typeReferredTo } from './reference-leaf.ts';
import type { Sink } from './sink.ts';
import { placeOf } from './terms.ts';
import { tokenLeaf } from './token-leaf.ts';

/** Notes that a parameter has a value. */
export type Presence = (sink: Sink) => void;

/** How a parameter is noted: by its bit, or by a token when it has none. */
export function presenceOf(type: string, owner: string, { code }: SearchParameter): Presence {
  const bit = presenceBit(type, code);
  if (bit === undefined) {
    const token = placeOf(owner, code, 'present');
    return (sink) => sink.tokens.add(token);
  }
  const { low, high } = maskOf(bit);
  return (sink) => {
    sink.presentLow |= low;
    sink.presentHigh |= high;
  };
}

/** Has a path of a parameter noted wherever it ends in a type that the parameter covers. */
export function markPresence(branches: Branch[], type: string, owner: string, parameter: SearchParameter, text: string): void {
  const path = parsePath(text);
  const bit = presenceBit(type, parameter.code);
  if (path.target === undefined && bit !== undefined) return markPath(branches, type, path, (fhirType) => covers(parameter, fhirType), maskOf(bit));
  const note = presenceOf(type, owner, parameter);
  growPath(branches, type, path, (fhirType) => {
    if (!covers(parameter, fhirType)) return undefined;
    return (value, sink) => {
      if (path.target === undefined || typeReferredTo(value) === path.target) note(sink);
    };
  });
}

const noZone = { offsetMs: () => 0 };

function covers({ type }: SearchParameter, fhirType: string): boolean {
  switch (type) {
    case 'token':
      // `deceased!` is told by its existence, whatever its type
      return tokenLeaf(fhirType, 0n) !== undefined || fhirType === 'dateTime';
    case 'string':
      return stringLeaf(fhirType, 0n, 0n, false) !== undefined;
    case 'reference':
      return referenceLeaf(fhirType, { reference: 0n, identifier: 0n }, []) !== undefined;
    case 'date':
      return dateLeaf(fhirType, noZone, () => undefined) !== undefined;
    case 'number':
    case 'quantity':
      return numberLeaf(fhirType, 0n, 0n) !== undefined;
    default:
      return true;
  }
}
