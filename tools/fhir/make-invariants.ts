// Makes packages/fhir/src/validate/invariants/invariants.gen.ts: the FHIRPath constraints of every R4 type.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatedHead, readDefinitions } from './definitions.ts';

interface Constraint { key: string; severity: 'error' | 'warning'; human: string; expression?: string }
interface Element { path: string; constraint?: Constraint[]; type?: { code: string; profile?: string[] }[] }
interface StructureDefinition { url: string; kind: string; type: string; derivation?: string; snapshot: { element: Element[] } }

// Judged by the structure itself, where JSON can be wrong in more ways than the expression sees: see compile.ts, contained.ts, narrative.ts, references.ts.
const judgedElsewhere = new Set(['ele-1', 'ext-1', 'dom-2', 'dom-3', 'dom-4', 'dom-5', 'txt-1', 'txt-2', 'ref-1']);

const all = readDefinitions<StructureDefinition>('StructureDefinition');
const structures = all.filter((s) => s.derivation !== 'constraint' && s.kind !== 'logical' && s.url === `http://hl7.org/fhir/StructureDefinition/${s.type}`);
const rows = new Map<string, string>();

for (const structure of structures) {
  for (const element of structure.snapshot.element) {
    const own = (element.constraint ?? []).filter(({ key, expression }) => expression !== undefined && !judgedElsewhere.has(key) && (key !== 'dom-6' || structure.type === 'DomainResource'));
    const list = [...own, ...profiled(element)];
    if (list.length > 0) rows.set(element.path, `[\n${list.map((c) => `    ${row(c)},`).join('\n')}\n  ]`);
  }
}

/** Constraints that the profile of an element's type adds: SimpleQuantity forbids a comparator (sqty-1). */
function profiled(element: Element): Constraint[] {
  const profiles = (element.type ?? []).flatMap((type) => type.profile ?? []);
  const root = all.find((s) => s.url === profiles[0])?.snapshot.element[0];
  return (root?.constraint ?? []).filter(({ key, expression }) => expression !== undefined && key.startsWith('sqty'));
}

function row({ key, severity, human, expression }: Constraint): string {
  return JSON.stringify([key, severity, human.trim().replace(/\s+/g, ' '), expression]);
}

writeFileSync(
  fileURLToPath(new URL('../../packages/fhir/src/validate/invariants/invariants.gen.ts', import.meta.url)),
  `${generatedHead('make-invariants.ts')}
/** Path of an element → its constraints as [key, severity, in words, FHIRPath], but for those the structure itself is judged by. */
export const invariantTable: Readonly<Record<string, readonly (readonly [key: string, severity: 'error' | 'warning', human: string, expression: string])[]>> = {
${[...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, list]) => `  ${JSON.stringify(path)}: ${list},`).join('\n')}
};
`,
);
console.log(`${rows.size} elements with constraints`);
