// Extensions of an element (R4 extensibility.html §2.4): those R4 itself defines stand where their definition lets them, and hold what it says.
import { structureOf } from '../structure/structure.ts';
import { extensionTable } from './extensions.gen.ts';
import { locate, report, warn, type Findings } from './findings.ts';
import { compileTest, type Test } from './invariants/compile-test.ts';
import { parseExpression } from './invariants/parse-expression.ts';

interface Definition {
  readonly modifier: boolean;
  readonly contexts: readonly string[];
  /** Types of its value; undefined when any, empty when it holds extensions. */
  readonly types: readonly string[] | undefined;
  readonly invariant: string;
}

type Json = Readonly<Record<string, unknown>>;

const core = 'http://hl7.org/fhir/StructureDefinition/';
const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const definitions = new Map<string, Definition>();

/** Tells whether R4 itself defines an extension. */
export function isCoreExtension(url: string): boolean {
  return url.startsWith(core) && Object.hasOwn(extensionTable, url.slice(core.length));
}

/** What a definition may call an element: its path, its type, and what that type derives from. */
export function contextNames(path: string, type: string): ReadonlySet<string> {
  const names = new Set([path.replace('[x]', ''), path, 'Element']);
  for (let at: string | undefined = type; at !== undefined && at !== ''; at = structureOf(at)?.base) names.add(at);
  return names;
}

/** Judges the extensions that a value holds; `contexts` says what the value is. Its structure has been found right before. */
export function checkExtensions(holder: Json, value: unknown, contexts: ReadonlySet<string>, type: string, findings: Findings): void {
  for (const member of ['extension', 'modifierExtension'] as const) {
    const list = holder[member];
    if (!Array.isArray(list)) continue;
    list.forEach((extension: Json, i) => {
      const before = findings.issues.length;
      checkOne(extension, member === 'modifierExtension', value, contexts, type, findings);
      locate(findings, before, `${member}[${i}]`);
    });
  }
}

function checkOne(extension: Json, asModifier: boolean, holder: unknown, contexts: ReadonlySet<string>, type: string, findings: Findings): void {
  const url = extension['url'];
  if (typeof url !== 'string') return;
  // inside an extension a part may be named by a relative url
  if (!absolute.test(url) && !contexts.has('Extension')) return report(findings, 'value', 'must be an absolute URL', 'url');
  if (!url.startsWith(core)) return;
  const definition = definitionOf(url);
  if (definition === undefined) return reportUnknown(url, findings);
  if (definition.modifier !== asModifier) report(findings, 'extension', `the extension ${url} belongs under ${definition.modifier ? 'modifierExtension' : 'extension'}`);
  if (!definition.contexts.some((context) => contexts.has(context))) {
    return report(findings, 'extension', `the extension ${url} is not for this element: it is for ${definition.contexts.slice(0, 12).join(', ')}`);
  }
  checkValueType(extension, url, definition, findings);
  checkContextInvariant(url, definition, holder, type, findings);
}

function reportUnknown(url: string, findings: Findings): void {
  if (findings.warnings) warn(findings, 'extension', `R4 defines no extension ${url.slice(0, 200)}`, 'url');
}

function definitionOf(url: string): Definition | undefined {
  if (!isCoreExtension(url)) return undefined;
  let definition = definitions.get(url);
  if (definition === undefined) {
    definition = readDefinition(extensionTable[url.slice(core.length)] ?? '');
    definitions.set(url, definition);
  }
  return definition;
}

function readDefinition(row: string): Definition {
  const modifier = row.startsWith('!');
  const [contexts = '', types = '', invariant = ''] = (modifier ? row.slice(1) : row).split('|');
  const list = types === '' ? [] : types.split(' ');
  return { modifier, contexts: contexts.split(' '), types: types === '*' ? undefined : list, invariant };
}

function checkValueType(extension: Json, url: string, { types }: Definition, findings: Findings): void {
  const name = Object.keys(extension).find((member) => /^_?value[A-Z]/.test(member))?.replace(/^_/, '');
  if (types === undefined || name === undefined) return;
  if (types.some((type) => name === `value${type.charAt(0).toUpperCase()}${type.slice(1)}`)) return;
  const expected = types.length === 0 ? 'extensions, not a value' : `a value of type ${types.join(' or ')}`;
  report(findings, 'extension', `the extension ${url} holds ${expected}`, `value.ofType(${typeNamed(name.slice(5))})`);
}

function typeNamed(suffix: string): string {
  return structureOf(suffix) === undefined ? suffix.charAt(0).toLowerCase() + suffix.slice(1) : suffix;
}

const invariants = new Map<string, Test>();

function checkContextInvariant(url: string, { invariant }: Definition, holder: unknown, type: string, findings: Findings): void {
  if (invariant === '') return;
  const key = `${type} ${invariant}`;
  const test = invariants.get(key) ?? compileTest(parseExpression(invariant), type);
  invariants.set(key, test);
  if (test(holder, { resource: findings.resource, rootResource: findings.container }) !== false) return;
  report(findings, 'extension', `the extension ${url} may be used only where ${invariant}`);
}
