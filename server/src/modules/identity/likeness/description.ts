// What tells people apart, ready to compare.
import { fold } from '../fhir-fold.ts';

export interface Description {
  /** `system|value`, without those no longer in use. */
  readonly identifiers: readonly string[];
  /** Each name as it is written, in composed letters. */
  readonly names: readonly string[];
  /** `yyyy`, `yyyy-mm` or `yyyy-mm-dd`. */
  readonly birthDate: string | undefined;
  readonly gender: string | undefined;
  /** Digits only, from 0. */
  readonly phones: readonly string[];
  /** Folded. */
  readonly address?: { readonly line?: string; readonly commune?: string; readonly province?: string } | undefined;
  /** Id of the mother's record. */
  readonly mother?: string | undefined;
}

/** Words of a name as they are written, lower case. */
export function nameWords(name: string): string[] {
  return name.normalize('NFC').toLowerCase().split(/[^\p{L}\p{N}']+/u).filter((word) => word !== '');
}

/** Words of a name without accents, in an order that does not depend on custom. */
export function nameKey(name: string): string {
  return nameWords(name).map((word) => fold(word)).sort().join(' ');
}

/** Digits of a phone number, +84 and 0084 as 0. */
export function phoneKey(phone: string): string {
  return phone.replace(/\D/g, '').replace(/^(?:00)?84(?=\d{9}$)/, '0');
}
