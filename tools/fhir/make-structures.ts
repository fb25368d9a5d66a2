// Makes packages/fhir/src/structure/structures.gen.ts and codes.gen.ts: every R4 type with its elements, and the codes of required bindings.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatedHead, readDefinitions, type ElementDefinition } from './definitions.ts';

interface StructureDefinition {
  url: string;
  kind: string;
  type: string;
  abstract: boolean;
  derivation?: string;
  baseDefinition?: string;
  snapshot: { element: ElementDefinition[] };
}

const target = fileURLToPath(new URL('../../packages/fhir/src/structure/', import.meta.url));
const structures = readDefinitions<StructureDefinition>('StructureDefinition').filter(
  (s) => s.derivation !== 'constraint' && s.kind !== 'logical' && s.url === `http://hl7.org/fhir/StructureDefinition/${s.type}`,
);

interface Concept { code: string; concept?: Concept[] }
interface Include { system?: string; concept?: Concept[]; filter?: unknown[]; valueSet?: string[] }
let codeSystems: Map<string, { content: string; concept?: Concept[] }> | undefined;
let valueSets: Map<string, { compose?: { include: Include[]; exclude?: Include[] } }> | undefined;

const bound = new Set<string>();
const boundCodings = new Set<string>();
const lines: string[] = [];
for (const structure of structures.sort((a, b) => (a.type < b.type ? -1 : 1))) {
  const groups = new Map<string, string[]>();
  for (const element of structure.snapshot.element.slice(1)) {
    const cut = element.path.lastIndexOf('.');
    const parent = element.path.slice(0, cut);
    const list = groups.get(parent) ?? [];
    groups.set(parent, list);
    list.push(elementText(element, structure.snapshot.element));
  }
  const kind = structure.kind === 'resource' ? 'R' : structure.kind === 'primitive-type' ? 'P' : 'C';
  const base = structure.baseDefinition?.split('/').at(-1) ?? '';
  if (groups.size === 0) groups.set(structure.type, []);
  for (const [path, elements] of groups) {
    const head = path === structure.type ? `${kind}${structure.abstract ? '!' : ''}|${base}` : 'B|BackboneElement';
    lines.push(`${JSON.stringify(path)}: ${JSON.stringify(`${head}|${elements.join(';')}`)},`);
  }
}

function elementText(element: ElementDefinition, all: ElementDefinition[]): string {
  const name = element.path.slice(element.path.lastIndexOf('.') + 1);
  return `${element.isSummary === true ? '*' : ''}${name}:${element.min}:${element.max}:${typesText(element, all)}${bindingText(element)}`;
}

function typesText(element: ElementDefinition, all: ElementDefinition[]): string {
  if (element.contentReference !== undefined) return `#${element.contentReference.split('#').at(-1)}`;
  if (all.some((other) => other.path.startsWith(`${element.path}.`))) return `#${element.path}`;
  return (element.type ?? [])
    .map((type) => {
      const code = type.code.startsWith('http://hl7.org/fhirpath/')
        ? (type.extension?.find((e) => e.url.endsWith('structuredefinition-fhir-type'))?.valueUrl ?? 'string')
        : type.code;
      const targets = (type.targetProfile ?? []).map((url) => url.split('/').at(-1));
      return code === 'Reference' && targets.length > 0 && !targets.includes('Resource') ? `${code}(${targets.join(' ')})` : code;
    })
    .join(',');
}

function bindingText(element: ElementDefinition): string {
  const { strength, valueSet } = element.binding ?? {};
  if (strength !== 'required' || valueSet === undefined) return '';
  const url = valueSet.split('|')[0] as string;
  const name = url.replace('http://hl7.org/fhir/ValueSet/', '');
  if (element.type?.some((t) => t.code === 'code')) {
    if (name !== 'mimetypes' && codesOf(url) === undefined) return '';
    if (name !== 'mimetypes') bound.add(url);
    return `!${name}`;
  }
  if (!element.type?.some((t) => t.code === 'CodeableConcept' || t.code === 'Coding') || codingsOf(url) === undefined) return '';
  boundCodings.add(url);
  return `!${name}`;
}

/** The codings of a value set as `system code code …`, a line a system; a system alone where all of its codes are meant and nobody can list them. */
function codingsOf(url: string): string[] | undefined {
  const codes = codesOf(url);
  const compose = valueSets?.get(url)?.compose;
  if (compose === undefined || compose.exclude !== undefined || compose.include.some((i) => i.system === undefined || i.filter !== undefined)) return undefined;
  if (compose.include.length === 1 && codes === undefined) return [compose.include[0]?.system as string];
  return compose.include.length === 1 && codes !== undefined ? [[compose.include[0]?.system, ...codes].join(' ')] : undefined;
}

function flatten(concepts: Concept[]): string[] {
  return concepts.flatMap((c) => [c.code, ...flatten(c.concept ?? [])]);
}

/** The codes of a value set that lists them all, or undefined where they cannot be listed (media types, languages, filters). */
function codesOf(url: string): string[] | undefined {
  codeSystems ??= new Map(readDefinitions<{ url: string; content: string; concept?: Concept[] }>('CodeSystem').map((c) => [c.url, c]));
  valueSets ??= new Map(readDefinitions<{ url: string; compose?: { include: Include[]; exclude?: Include[] } }>('ValueSet').map((v) => [v.url, v]));
  if (url === 'http://hl7.org/fhir/ValueSet/currencies') return currencies();
  const compose = valueSets.get(url)?.compose;
  if (compose === undefined || compose.exclude !== undefined) return undefined;
  const codes: string[] = [];
  for (const include of compose.include) {
    if (include.filter !== undefined) return undefined;
    if (include.valueSet !== undefined) {
      const nested = include.valueSet.map((v) => codesOf(v.split('|')[0] as string));
      if (nested.some((n) => n === undefined)) return undefined;
      codes.push(...nested.flatMap((n) => n ?? []));
    } else if (include.concept !== undefined) codes.push(...include.concept.map((c) => c.code));
    else {
      const system = codeSystems.get(include.system ?? '');
      if (system?.content !== 'complete' || system.concept === undefined) return undefined;
      codes.push(...flatten(system.concept));
    }
  }
  return codes.some((c) => /\s/.test(c)) ? undefined : [...new Set(codes)];
}

/** ISO 4217 is not in the package: what the runtime knows (withdrawn currencies too: old bills keep theirs), and the codes for funds and no currency. */
function currencies(): string[] {
  const funds = 'BOV CHE CHW CLF COU MXV USN UYI UYW VED XAD XAG XAU XBA XBB XBC XBD XCG XDR XPD XPT XSU XTS XUA ZWG'.split(' ').concat('X'.repeat(3));
  return [...new Set([...Intl.supportedValuesOf('currency'), ...funds])].sort();
}

writeFileSync(
  `${target}structures.gen.ts`,
  `${generatedHead('make-structures.ts')}
/** Path → \`kind|base|name:min:max:types!binding;…\`; see structure.ts for the grammar. */
export const structureTable: Readonly<Record<string, string>> = {
${lines.map((l) => `  ${l}`).join('\n')}
};
`,
);
writeFileSync(
  `${target}codes.gen.ts`,
  `${generatedHead('make-structures.ts')}
/** Value set (its last path part) → its codes, for required bindings of \`code\` elements whose codes can be listed. */
export const requiredCodes: Readonly<Record<string, string>> = {
${[...bound].sort().map((url) => `  ${JSON.stringify(url.replace('http://hl7.org/fhir/ValueSet/', ''))}: ${JSON.stringify(codesOf(url)?.join(' '))},`).join('\n')}
};

/** Value set → \`system code code …\` of required bindings of codings and concepts; a system without codes stands for all of its codes. */
export const requiredCodings: Readonly<Record<string, string>> = {
${[...boundCodings].sort().map((url) => `  ${JSON.stringify(url.replace('http://hl7.org/fhir/ValueSet/', ''))}: ${JSON.stringify(codingsOf(url)?.[0])},`).join('\n')}
};
`,
);
console.log(`${lines.length} structures, ${bound.size} + ${boundCodings.size} bound value sets`);
