// Makes packages/fhir/src/validate/extensions.gen.ts: where each extension that R4 itself defines may stand, and what it may hold.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { structureOf } from '../../packages/fhir/src/structure/structure.ts';
import { generatedHead, readDefinitions } from './definitions.ts';

interface StructureDefinition {
  url: string;
  type: string;
  derivation?: string;
  context?: { type: string; expression: string }[];
  contextInvariant?: string[];
  snapshot: { element: { path: string; max: string; isModifier?: boolean; type?: { code: string }[] }[] };
}

const core = 'http://hl7.org/fhir/StructureDefinition/';
const extensions = readDefinitions<StructureDefinition>('StructureDefinition').filter((s) => s.type === 'Extension' && s.derivation === 'constraint' && s.url.startsWith(core));

// Where the files of the specification use an extension beyond the context it declares; later editions declare most of these.
const usedAlsoIn: Readonly<Record<string, readonly string[]>> = {
  'structuredefinition-fhir-type': ['ElementDefinition.type'],
  'structuredefinition-normative-version': ['DomainResource', 'ElementDefinition'],
  regex: ['ElementDefinition.type'],
  translation: ['ValueSet.expansion.contains'],
  'valueset-concept-comments': ['CodeSystem.concept'],
};

/** A context by the structure it lies in: `Questionnaire.item.item` is a Questionnaire.item, `StructureDefinition.snapshot.element` an ElementDefinition. */
function contextOf(expression: string): string {
  let path = '';
  for (const name of expression.split('.')) {
    const code = path === '' ? undefined : structureOf(path)?.elements.get(name)?.type.code;
    const inner = code?.startsWith('#') === true ? code.slice(1) : code;
    const last = expression.endsWith(name) && !inner?.includes('.');
    path = path === '' ? name : inner === undefined || last || structureOf(inner)?.kind === 'primitive' ? `${path}.${name}` : inner;
  }
  return path;
}

function row(s: StructureDefinition): string {
  const declared = (s.context ?? []).filter(({ type }) => type === 'element').map(({ expression }) => contextOf(expression));
  const contexts = [...new Set([...declared, ...(usedAlsoIn[s.url.slice(core.length)] ?? [])])];
  const value = s.snapshot.element.find(({ path }) => path.startsWith('Extension.value') && path.split('.').length === 2);
  const types = value === undefined || value.max === '0' ? [] : (value.type ?? []).map(({ code }) => code);
  const modifier = s.snapshot.element[0]?.isModifier === true ? '!' : '';
  // %extension is no variable of FHIRPath that a validator must know
  const invariants = (s.contextInvariant ?? []).filter((expression) => !expression.includes('%extension'));
  return `${modifier}${contexts.join(' ')}|${types.length > 40 ? '*' : types.join(' ')}${invariants.length > 0 ? `|${invariants.join(' and ')}` : ''}`;
}

writeFileSync(
  fileURLToPath(new URL('../../packages/fhir/src/validate/extensions.gen.ts', import.meta.url)),
  `${generatedHead('make-extensions.ts')}
/** End of the URL → \`contexts|value types|what the context must be\`; \`!\` before marks a modifier; no types: it holds extensions. */
export const extensionTable: Readonly<Record<string, string>> = {
${extensions.map((s) => `  ${JSON.stringify(s.url.slice(core.length))}: ${JSON.stringify(row(s))},`).sort().join('\n')}
};
`,
);
console.log(`${extensions.length} extensions`);
