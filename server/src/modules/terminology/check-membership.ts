import { systemClock } from '../../platform/clock.ts';
import type { Queryable } from '../../platform/database.ts';
import { Refusal, type RefusalText } from '../../platform/refusal.ts';
import { checkCodeInValueSet } from './check-code.ts';
import { dayOfInstant, firstDay } from './fhir-day.ts';
import { findValueSet } from './find-definitions.ts';

export interface CodeInQuestion {
  /** Undefined: of any code system of the value set, as for elements of type code. */
  readonly system: string | undefined;
  readonly code: string;
  readonly display?: string | undefined;
  readonly version?: string | undefined;
  /** FHIR date or dateTime by whose lists is judged; today when absent. */
  readonly date?: string | undefined;
}

export interface CodeInAnswer {
  readonly result: boolean | 'unknown';
  readonly message?: RefusalText;
  readonly display?: string | undefined;
  /** When the result is false: the code is no member, or only the display is not the code's. */
  readonly wrong?: 'code' | 'display';
}

const unknowns = new Set(['terminology.unknown-value-set', 'terminology.unknown-code-system', 'terminology.unknown-code']);

/** Tells whether a code is in a value set (`url`, `url|version` or `ValueSet/id`); 'unknown' when the value set or a code system it needs is not known here. */
export async function isCodeIn(db: Queryable, valueSet: string, { date, ...given }: CodeInQuestion): Promise<CodeInAnswer> {
  const scope = { day: firstDay(date) ?? dayOfInstant(systemClock()) };
  try {
    return await checkCodeInValueSet(db, await findValueSet(db, valueSet, scope), given, { scope, abstract: true, language: undefined });
  } catch (error) {
    if (error instanceof Refusal && unknowns.has(error.code)) return { result: 'unknown', message: error.text };
    throw error;
  }
}
