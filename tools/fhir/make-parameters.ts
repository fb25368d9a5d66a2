// Makes packages/fhir/src/search/parameters.gen.ts: the R4 search parameters of each type with their paths, and the compartments.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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
  (p) => p.url.startsWith('http://hl7.org/fhir/SearchParameter/') && p.base !== undefined && !p.url.includes('-extensions-') && !p.url.endsWith('/example') && p.code !== 'part-agree',
);
const byUrl = new Map(all.map((p) => [p.url, p]));
const lines = new Map<string, string[]>();

for (const parameter of all) {
  for (const base of parameter.base ?? []) {
    const paths = pathsFor(parameter, base);
    if (paths.length === 0) continue;
    const list = lines.get(base) ?? [];
    lines.set(base, list);
    const components = (parameter.component ?? []).map((c) => `${byUrl.get(c.definition)?.type}:${pathText(c.expression.split(' | '), base)}`);
    list.push([parameter.code, parameter.type, paths.join(';'), targetText(parameter.target ?? []), components.join('$')].join('|'));
  }
}

function pathsFor(parameter: SearchParameter, base: string): string[] {
  const parts = (parameter.expression ?? '').split(' | ').map((p) => p.trim());
  // R4 wrote InsurancePlan.name without its type: `name | alias`
  const own = parts.filter((p) => p.replace(/^\(/, '').split(/[.\s]/)[0] === base || /^[a-z]+$/.test(p));
  return own.length === 0 ? [] : [...new Set(own.map((p) => pathOf(p, base)))];
}

function pathText(parts: string[], base: string): string {
  return parts.map((p) => pathOf(p.trim(), base)).join(';');
}

/** FHIRPath of a search parameter → our path language (search/path.ts): `a.b{Type}`, `a[system=phone]`, `a?Patient`, `a#0`, `^a` for %resource. */
function pathOf(expression: string, base: string): string {
  if (expression === 'Patient.deceased.exists() and Patient.deceased != false') return 'deceased!';
  return expression
    .replace(/^\((.*?) as (\w+)\)/, '$1{$2}')
    .replace(/\.(?:as|ofType)\((\w+)\)/g, '{$1}')
    .replace(/\.where\(resolve\(\) is (\w+)\)/g, '?$1')
    .replace(/\.where\((\w+)='([^']*)'\)/g, '[$1=$2]')
    .replace(/\.where\(hasExtension\('([^']*)'\)\)/g, '[extension=$1]')
    .replace(/extension\('([^']*)'\)/g, 'extension[url=$1].value')
    .replace(/\[(\d+)\]/g, '#$1')
    .replace(/^%resource\./, '^')
    .replace('{DateTime}', '{dateTime}')
    .replace(new RegExp(`^${base}\\.`), '')
    .replace(new RegExp(`^${base}$`), '');
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
