// What a concept has beside code and display, read with every digit as it was written.
import { parseLossless } from '@sen/fhir';
import type { Designation } from './designation.ts';

export interface Detail {
  readonly definition: string | undefined;
  readonly designations: readonly Designation[];
  readonly properties: readonly (Readonly<Record<string, unknown>> & { readonly code: string })[];
}

/** What a supplement adds to a concept. */
export interface Supplement {
  readonly display: string | undefined;
  readonly language: string | undefined;
  readonly detail: string | undefined;
}

/** Reads the details of a concept, with what supplements add to it. */
export function readDetail(detail: string | undefined, supplements: readonly Supplement[] = []): Detail {
  const own = parsed(detail);
  const added = supplements.map((one) => ({ ...one, ...parsed(one.detail) }));
  return {
    definition: own.definition ?? added.find(({ definition }) => definition !== undefined)?.definition,
    designations: [...(own.designation ?? []), ...added.flatMap(({ designation = [], display, language }) => [...spokenDisplay(display, language), ...designation])],
    properties: [...(own.property ?? []), ...added.flatMap(({ property = [] }) => property)],
  };
}

interface Parsed {
  readonly definition?: string;
  readonly designation?: readonly Designation[];
  readonly property?: Detail['properties'];
}

function parsed(detail: string | undefined): Parsed {
  return detail === undefined ? {} : (parseLossless(detail) as Parsed);
}

function spokenDisplay(display: string | undefined, language: string | undefined): Designation[] {
  return display === undefined || language === undefined ? [] : [{ language, value: display }];
}
