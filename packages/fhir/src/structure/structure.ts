// The shape of every R4 type, read from the generated table once and on demand.
import { requiredCodes, requiredCodings } from './codes.gen.ts';
import { structureTable } from './structures.gen.ts';

export interface ElementType {
  /** FHIR type code (`string`, `CodeableConcept`, `Reference` …), or `#path` of a nested structure (`#Observation.component`). */
  readonly code: string;
  /** Resource types a Reference may point to; empty when any. */
  readonly targets: readonly string[];
}

export interface Element {
  /** Name in JSON: a choice `value[x]` appears once for each of its types (`valueQuantity` …). */
  readonly name: string;
  /** Name in the definition: `value[x]` for a choice, else the same as `name`. */
  readonly definedName: string;
  readonly min: number;
  /** True when the element repeats (max `*`, or more than 1): its JSON is an array. */
  readonly many: boolean;
  /** Largest number of repetitions. */
  readonly max: number;
  readonly type: ElementType;
  /** Part of `_summary=true`. */
  readonly summary: boolean;
  /** Value set of a required binding that is judged: its last path part. */
  readonly binding: string | undefined;
  /** Codes of a required binding of a `code`, when they can be listed. */
  readonly codes: ReadonlySet<string> | undefined;
  /** Codings of a required binding of a Coding or CodeableConcept, when they can be listed. */
  readonly codings: RequiredCodings | undefined;
}

export interface RequiredCodings {
  readonly system: string;
  /** Undefined where any code of the system will do. */
  readonly codes: ReadonlySet<string> | undefined;
}

export interface Structure {
  readonly path: string;
  readonly kind: 'resource' | 'complex' | 'primitive' | 'backbone';
  readonly abstract: boolean;
  readonly base: string;
  /** Elements by their JSON name. */
  readonly elements: ReadonlyMap<string, Element>;
  /** Definition name (`value[x]`) → the JSON elements it may appear as. */
  readonly choices: ReadonlyMap<string, readonly Element[]>;
}

const kinds = { R: 'resource', C: 'complex', P: 'primitive', B: 'backbone' } as const;
const parsed = new Map<string, Structure | undefined>();
const codeSets = new Map<string, ReadonlySet<string>>();

/** Gives the structure at a path (`Patient`, `HumanName`, `Observation.component`), or undefined when R4 has none there. */
export function structureOf(path: string): Structure | undefined {
  if (!parsed.has(path)) parsed.set(path, parseStructure(path));
  return parsed.get(path);
}

/** Names of every concrete R4 resource type, sorted. */
export const resourceTypes: readonly string[] = Object.entries(structureTable)
  .filter(([, text]) => text.startsWith('R|'))
  .map(([path]) => path);

const resourceTypeSet: ReadonlySet<string> = new Set(resourceTypes);

/** Tells whether a name is a concrete R4 resource type. */
export function isResourceType(name: string): boolean {
  return resourceTypeSet.has(name);
}

function parseStructure(path: string): Structure | undefined {
  const text = Object.hasOwn(structureTable, path) ? structureTable[path] : undefined;
  if (text === undefined) return undefined;
  const [kind, base, body] = text.split('|') as [string, string, string];
  const elements = new Map<string, Element>();
  const choices = new Map<string, Element[]>();
  for (const part of body === '' ? [] : body.split(';')) {
    for (const element of parseElement(part)) {
      elements.set(element.name, element);
      const list = choices.get(element.definedName) ?? [];
      list.push(element);
      choices.set(element.definedName, list);
    }
  }
  return { path, kind: kinds[kind[0] as 'R'], abstract: kind.endsWith('!'), base, elements, choices };
}

function parseElement(text: string): Element[] {
  const [marked, min, max, ...rest] = text.split(':') as [string, string, string, ...string[]];
  const summary = marked.startsWith('*');
  const definedName = summary ? marked.slice(1) : marked;
  const [types, binding] = rest.join(':').split('!') as [string, string | undefined];
  const choice = definedName.endsWith('[x]');
  return types.split(',').map((typeText) => {
    const [, code, targets] = /^([^(]*)(?:\((.*)\))?$/.exec(typeText) as unknown as [string, string, string | undefined];
    return {
      name: choice ? definedName.slice(0, -3) + code.charAt(0).toUpperCase() + code.slice(1) : definedName,
      definedName,
      summary,
      min: Number(min),
      many: max !== '1' && max !== '0',
      max: max === '*' ? Infinity : Number(max),
      type: { code, targets: targets === undefined ? [] : targets.split(' ') },
      binding,
      codes: binding === undefined || code !== 'code' ? undefined : codeSet(binding),
      codings: binding === undefined || (code !== 'CodeableConcept' && code !== 'Coding') ? undefined : codingsOf(binding),
    };
  });
}

function codeSet(name: string): ReadonlySet<string> | undefined {
  let set = codeSets.get(name);
  if (set === undefined && Object.hasOwn(requiredCodes, name)) {
    set = new Set(requiredCodes[name]?.split(' '));
    codeSets.set(name, set);
  }
  return set;
}

function codingsOf(name: string): RequiredCodings | undefined {
  const [system, ...codes] = Object.hasOwn(requiredCodings, name) ? (requiredCodings[name] ?? '').split(' ') : [];
  return system === undefined ? undefined : { system, codes: codes.length === 0 ? undefined : new Set(codes) };
}
