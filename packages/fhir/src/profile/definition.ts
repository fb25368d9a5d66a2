// The parts of a StructureDefinition (R4 structuredefinition.html) that a validator reads.

export interface StructureDefinition {
  readonly url: string;
  readonly version?: string;
  readonly name?: string;
  readonly kind?: string;
  /** The R4 type that is constrained. */
  readonly type: string;
  readonly baseDefinition?: string;
  readonly derivation?: string;
  readonly context?: readonly { readonly type: string; readonly expression: string }[];
  readonly contextInvariant?: readonly string[];
  readonly differential?: { readonly element: readonly ElementDefinition[] };
  readonly snapshot?: { readonly element: readonly ElementDefinition[] };
}

export interface TypeRule {
  readonly code: string;
  readonly profile?: readonly string[];
  readonly targetProfile?: readonly string[];
}

export interface Discriminator {
  readonly type: string;
  readonly path: string;
}

export interface Slicing {
  readonly discriminator?: readonly Discriminator[];
  readonly ordered?: boolean;
  readonly rules?: string;
}

export interface Constraint {
  readonly key: string;
  readonly severity: string;
  readonly human?: string;
  readonly expression?: string;
  /** Canonical of the definition that first said it; a snapshot repeats what its bases say. */
  readonly source?: string;
}

export interface Binding {
  readonly strength: string;
  readonly valueSet?: string;
  readonly extension?: readonly { readonly url: string; readonly valueCanonical?: string; readonly valueUri?: string }[];
}

/** One ElementDefinition; `fixed[x]`, `pattern[x]`, `minValue[x]` and `maxValue[x]` lie under their typed names. */
export interface ElementDefinition {
  readonly id?: string;
  readonly path: string;
  readonly sliceName?: string;
  readonly slicing?: Slicing;
  readonly min?: number;
  readonly max?: string;
  readonly contentReference?: string;
  readonly type?: readonly TypeRule[];
  readonly maxLength?: number;
  readonly isModifier?: boolean;
  readonly constraint?: readonly Constraint[];
  readonly binding?: Binding;
  readonly [element: string]: unknown;
}

/** Finds a definition by its canonical, with or without `|version`; undefined when it is not known. */
export type ProfileSource = (canonical: string) => StructureDefinition | undefined;

/** How the canonicals of R4's own definitions begin. */
export const definitionsOfR4 = 'http://hl7.org/fhir/StructureDefinition/';

/** The name of the R4 type that a canonical may mean: its last part, where it is one of HL7's own. */
export function typeOfCanonical(canonical: string): string | undefined {
  const url = canonical.split('|')[0] as string;
  return url.startsWith(definitionsOfR4) ? url.slice(definitionsOfR4.length) : undefined;
}

const keptOfElement = new Set(['id', 'path', 'sliceName', 'slicing', 'min', 'max', 'contentReference', 'type', 'maxLength', 'isModifier', 'constraint', 'binding']);
const typedValue = /^(?:fixed|pattern|minValue|maxValue)[A-Z]/;

/** A definition without its documentation: some 5 % of the bytes that guides publish. */
export function compactDefinition(definition: StructureDefinition): StructureDefinition {
  const { url, version, name, kind, type, baseDefinition, derivation, context, contextInvariant, differential, snapshot } = definition;
  const parts = { url, version, name, kind, type, baseDefinition, derivation, context, contextInvariant, differential: compactElements(differential), snapshot: compactElements(snapshot) };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as unknown as StructureDefinition;
}

function compactElements(list: StructureDefinition['snapshot']): StructureDefinition['snapshot'] {
  return list && { element: (list.element ?? []).map(compactElement) };
}

function compactElement(element: ElementDefinition): ElementDefinition {
  return Object.fromEntries(Object.entries(element).filter(([name]) => keptOfElement.has(name) || typedValue.test(name))) as unknown as ElementDefinition;
}
