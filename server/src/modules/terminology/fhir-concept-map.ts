// ConceptMap resources (R4 conceptmap.html) as the rows that terminology keeps.
import { readHeading, type Heading } from './fhir-code-system.ts';

export interface ConceptMapDraft extends Heading {
  readonly source: string | undefined;
  readonly target: string | undefined;
  readonly groups: readonly MapGroup[];
  readonly entries: readonly MapEntry[];
}

export interface MapGroup {
  readonly source: string | undefined;
  readonly sourceVersion: string | undefined;
  readonly target: string | undefined;
  readonly targetVersion: string | undefined;
  readonly unmapped: Unmapped | undefined;
}

export interface Unmapped {
  readonly mode: string;
  readonly code?: string;
  readonly display?: string;
  readonly url?: string;
}

export interface MapEntry {
  /** Index of the group. */
  readonly group: number;
  readonly sourceCode: string;
  readonly sourceDisplay: string | undefined;
  readonly targetCode: string | undefined;
  readonly targetDisplay: string | undefined;
  readonly equivalence: string;
  readonly detail: MapDetail | undefined;
}

export interface MapDetail {
  readonly comment?: string;
  readonly dependsOn?: readonly OtherElement[];
  readonly product?: readonly OtherElement[];
}

/** An element beside the code on which a mapping depends, or which it gives. */
export interface OtherElement {
  readonly property: string;
  readonly system?: string;
  readonly value: string;
  readonly display?: string;
}

interface RawGroup {
  readonly source?: string;
  readonly sourceVersion?: string;
  readonly target?: string;
  readonly targetVersion?: string;
  readonly unmapped?: Unmapped;
  readonly element?: readonly { readonly code?: string; readonly display?: string; readonly target?: readonly RawTarget[] }[];
}

interface RawTarget extends MapDetail {
  readonly code?: string;
  readonly display?: string;
  readonly equivalence: string;
}

/** Reads a ConceptMap. */
export function readConceptMap(resource: Readonly<Record<string, unknown>>): ConceptMapDraft {
  const text = (name: string) => (typeof resource[name] === 'string' ? resource[name] : undefined);
  const groups = (resource['group'] ?? []) as readonly RawGroup[];
  return {
    ...readHeading(resource, ['group']),
    source: text('sourceUri') ?? text('sourceCanonical'),
    target: text('targetUri') ?? text('targetCanonical'),
    groups: groups.map(({ source, sourceVersion, target, targetVersion, unmapped }) => ({ source, sourceVersion, target, targetVersion, unmapped })),
    entries: groups.flatMap(entriesOf),
  };
}

function entriesOf({ element = [] }: RawGroup, group: number): MapEntry[] {
  return element.flatMap(({ code, display, target = [] }) =>
    code === undefined ? [] : target.map((one) => ({
      group, sourceCode: code, sourceDisplay: display, targetCode: one.code, targetDisplay: one.display, equivalence: one.equivalence, detail: detailOf(one),
    })));
}

function detailOf({ comment, dependsOn, product }: RawTarget): MapDetail | undefined {
  if (comment === undefined && dependsOn === undefined && product === undefined) return undefined;
  return { ...(comment === undefined ? {} : { comment }), ...(dependsOn === undefined ? {} : { dependsOn }), ...(product === undefined ? {} : { product }) };
}
