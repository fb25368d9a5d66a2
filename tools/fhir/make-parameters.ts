// Makes packages/fhir/src/search/parameters.gen.ts: the R4 search parameters of each type with their paths, and the compartments.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { translateExpression } from '../../packages/fhir/src/search/custom-expression.ts';
import { generatedHead, readDefinitions } from './definitions.ts';

interface SearchParameter {
  url: string;
  code: string;
  base?: string[];
  type: string;
  expression?: string;
  target?: string[];
  component?: { definition: string; expression: string }[];
}

const all = readDefinitions<SearchParameter>('SearchParameter').filter(
  (p) => p.url.startsWith('http://hl7.org/fhir/SearchParameter/') && p.base !== undefined && !p.url.includes('-extensions-') && !/\/example(?:-|$)/.test(p.url),
);
const byUrl = new Map(all.map((p) => [p.url, p]));
const lines = new Map<string, string[]>();

for (const parameter of all) {
  for (const base of parameter.base ?? []) {
    const paths = pathsFor(parameter, base);
    if (paths.length === 0) continue;
    const list = lines.get(base) ?? [];
    lines.set(base, list);
    const components = (parameter.component ?? []).map((c) => `${byUrl.get(c.definition)?.type}:${translateExpression(c.expression, base).join(';')}`);
    list.push([parameter.code, parameter.type, paths.join(';'), targetText(parameter.target ?? []), components.join('$')].join('|'));
  }
}

/** R4's own expressions all keep to what the path language says; one that does not stops the making. */
function pathsFor(parameter: SearchParameter, base: string): string[] {
  return parameter.expression === undefined ? [] : translateExpression(parameter.expression, base);
}

const compartments = readDefinitions<{ code: string; url: string; resource: { code: string; param?: string[] }[] }>('CompartmentDefinition')
  .filter((c) => c.url.startsWith('http://hl7.org/fhir/CompartmentDefinition/') && !c.url.endsWith('/example'))
  .map((c) => [c.code, c.resource.filter((r) => r.param !== undefined).map((r) => `${r.code}:${r.param?.join(',')}`)] as const);

writeFileSync(
  fileURLToPath(new URL('../../packages/fhir/src/search/parameters.gen.ts', import.meta.url)),
  `${generatedHead('make-parameters.ts')}
/** Type → \`code|type|paths|targets|components\` of each search parameter; see parameters.ts and path.ts for the grammar. */
export const parameterTable: Readonly<Record<string, readonly string[]>> = {
${[...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, list]) => `  ${type}: [\n${list.sort().map((l) => `    ${JSON.stringify(l)},`).join('\n')}\n  ],`).join('\n')}
};

/** Compartment → \`type:parameters\` of each member type (R4 compartment definitions). */
export const compartmentTable: Readonly<Record<string, readonly string[]>> = {
${compartments.map(([code, list]) => `  ${code}: [\n${list.map((l) => `    ${JSON.stringify(l)},`).join('\n')}\n  ],`).join('\n')}
};
`,
);
console.log(`${[...lines.values()].flat().length} parameters of ${lines.size} types`);

/** Target types as words; `*` where any type may be the target. */
function targetText(targets: string[]): string {
  return targets.length > 140 ? '*' : targets.join(' ');
}
