// Makes packages/fhir/src/profile/r4-profiles.gen.ts and bindings.gen.ts: R4's own profiles and extensions, and the extensible bindings of its types.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compactDefinition, type StructureDefinition } from '../../packages/fhir/src/profile/definition.ts';
import { generatedHead, readDefinitions } from './definitions.ts';

const base = 'http://hl7.org/fhir/StructureDefinition/';
const target = fileURLToPath(new URL('../../packages/fhir/src/profile/', import.meta.url));
const definitions = readDefinitions<StructureDefinition & { abstract: boolean }>('StructureDefinition');

const profiles = definitions
  .filter(({ url, derivation }) => derivation === 'constraint' && url.startsWith(base) && !url.includes('/example-'))
  .map((definition) => {
    const { snapshot, ...rest } = compactDefinition(definition);
    // where the authors left the differential empty the snapshot is all there is
    return rest.differential === undefined ? { ...rest, snapshot } : rest;
  })
  .sort((a, b) => (a.url < b.url ? -1 : 1));

const lines = new Map<string, string>();
for (const { type, derivation, kind, url, snapshot } of definitions) {
  if (derivation === 'constraint' || kind === 'logical' || url !== `${base}${type}`) continue;
  for (const { path, binding } of snapshot?.element ?? []) {
    if (binding?.valueSet !== undefined && binding.strength === 'extensible') lines.set(path, binding.valueSet);
  }
}

writeFileSync(
  `${target}r4-profiles.gen.ts`,
  `${generatedHead('make-profiles.ts')}
/** The JSON of each profile and extension that R4 publishes, without its documentation. */
export const r4Profiles: readonly string[] = [
${profiles.map((one) => `  ${JSON.stringify(JSON.stringify(one))},`).join('\n')}
];
`,
);
writeFileSync(
  `${target}bindings.gen.ts`,
  `${generatedHead('make-profiles.ts')}
/** Path of an element → the value set of its binding, where that is extensible. */
export const extensibleBindings: Readonly<Record<string, string>> = {
${[...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, text]) => `  ${JSON.stringify(path)}: ${JSON.stringify(text)},`).join('\n')}
};
`,
);
console.log(`${profiles.length} profiles and extensions, ${lines.size} bindings`);
