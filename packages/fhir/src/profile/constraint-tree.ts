// What a profile adds to its R4 type, as one tree: the differentials of its chain of bases, laid over each other from the bottom
// (R4 profiling.html §5.1.0.8). What the type itself demands is judged elsewhere, so it is left out.
import { structureOf } from '../structure/structure.ts';
import { typeOfCanonical, type Binding, type Constraint, type ElementDefinition, type ProfileSource, type Slicing, type StructureDefinition, type TypeRule } from './definition.ts';

/** The rules of one element, or of one slice of it. */
export interface Rules {
  /** Name in the definition: `identifier`, `value[x]`; empty for the root. */
  readonly name: string;
  readonly sliceName: string | undefined;
  readonly children: Map<string, Rules>;
  readonly slices: Map<string, Rules>;
  readonly constraints: Map<string, Constraint>;
  min?: number;
  max?: number;
  types?: readonly TypeRule[];
  fixed?: unknown;
  pattern?: unknown;
  minValue?: unknown;
  maxValue?: unknown;
  maxLength?: number;
  isModifier?: boolean;
  binding?: Binding;
  slicing?: Slicing;
  contentReference?: string;
}

export interface ConstraintTree {
  readonly type: string;
  readonly root: Rules;
  /** A base that is not known here, so that its rules could not be added. */
  readonly unknownBase: string | undefined;
}

/** Lays the definitions of a profile over each other. */
export function constraintTree(definition: StructureDefinition, source: ProfileSource): ConstraintTree {
  const root = emptyRules('', undefined);
  const { chain, unknownBase } = chainOf(definition, source);
  const snapshot = definition.snapshot?.element ?? [];
  if (unknownBase !== undefined && snapshot.length > 0) {
    addElements(root, snapshot.map(withoutBaseConstraints));
    return { type: definition.type, root, unknownBase: undefined };
  }
  for (const one of chain) addElements(root, one.differential?.element ?? (one.snapshot?.element ?? []).map(withoutBaseConstraints));
  return { type: definition.type, root, unknownBase };
}

function chainOf(definition: StructureDefinition, source: ProfileSource): { chain: StructureDefinition[]; unknownBase: string | undefined } {
  const chain = [definition];
  const seen = new Set([definition.url]);
  for (let at = definition; at.baseDefinition !== undefined; at = chain[0] as StructureDefinition) {
    const type = typeOfCanonical(at.baseDefinition);
    if (type !== undefined && structureOf(type) !== undefined) break;
    const base = source(at.baseDefinition);
    if (base === undefined || seen.has(base.url)) return { chain, unknownBase: at.baseDefinition };
    seen.add(base.url);
    chain.unshift(base);
  }
  return { chain, unknownBase: undefined };
}

// In a snapshot the invariants of the types stand beside those of the profile; the types' own were judged already.
function withoutBaseConstraints(element: ElementDefinition): ElementDefinition {
  if (element.constraint === undefined) return element;
  return { ...element, constraint: element.constraint.filter(({ key, source }) => !isOfType(key, source)) };
}

function isOfType(key: string, source: string | undefined): boolean {
  if (source === undefined) return /^(?:ele-1|ext-1|dom-\d)$/.test(key);
  const type = typeOfCanonical(source) ?? source;
  return structureOf(type) !== undefined;
}

function emptyRules(name: string, sliceName: string | undefined): Rules {
  return { name, sliceName, children: new Map(), slices: new Map(), constraints: new Map() };
}

function addElements(root: Rules, elements: readonly ElementDefinition[]): void {
  const idOfPath = new Map<string, string>();
  for (const element of elements) {
    const id = idOf(element, idOfPath);
    idOfPath.set(element.path, id);
    overlay(rulesAt(root, id.split('.').slice(1)), element);
  }
}

// Ids say in which slice an element lies; where an author left them out, its place in the list does.
function idOf(element: ElementDefinition, idOfPath: ReadonlyMap<string, string>): string {
  const { id, path, sliceName } = element;
  if (id !== undefined && pathOfId(id) === path && (sliceName === undefined || id.endsWith(`:${sliceName}`))) return id;
  const cut = path.lastIndexOf('.');
  if (cut === -1) return path;
  const parent = path.slice(0, cut);
  return `${idOfPath.get(parent) ?? parent}${path.slice(cut)}${sliceName === undefined ? '' : `:${sliceName}`}`;
}

function pathOfId(id: string): string {
  return id.split('.').map((part) => part.split(':')[0]).join('.');
}

function rulesAt(root: Rules, segments: readonly string[]): Rules {
  let at = root;
  for (const segment of segments) {
    const [name, slice] = segment.split(':') as [string, string?];
    at = entry(at.children, name, () => emptyRules(name, undefined));
    // `a/b` is the slice b within the slice a (R4 profiling.html §5.1.0.14, re-slicing)
    const parts = slice?.split('/') ?? [];
    parts.forEach((_, i) => {
      const full = parts.slice(0, i + 1).join('/');
      at = entry(at.slices, full, () => emptyRules(name, full));
    });
  }
  return at;
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

function overlay(rules: Rules, element: ElementDefinition): void {
  if (element.min !== undefined) rules.min = element.min;
  if (element.max !== undefined) rules.max = element.max === '*' ? Infinity : Number(element.max);
  if (element.type !== undefined) rules.types = element.type;
  if (element.maxLength !== undefined) rules.maxLength = Number(element.maxLength);
  if (element.isModifier !== undefined) rules.isModifier = element.isModifier;
  if (element.binding !== undefined) rules.binding = element.binding;
  if (element.slicing !== undefined) rules.slicing = { ...rules.slicing, ...element.slicing };
  if (element.contentReference !== undefined) rules.contentReference = element.contentReference;
  for (const constraint of element.constraint ?? []) rules.constraints.set(constraint.key, constraint);
  for (const name of Object.keys(element)) {
    const kind = /^(fixed|pattern|minValue|maxValue)[A-Z]/.exec(name)?.[1] as 'fixed' | undefined;
    if (kind !== undefined) rules[kind] = element[name];
  }
}
