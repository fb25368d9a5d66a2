import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { operationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { displayIn, isAskedFor, type Designation } from './designation.ts';
import { lookUpConcept, type LookedUp } from './look-up-concept.ts';
import { codingsOf, group, parametersOf, part, type Part } from './parameters.ts';
import { readScope } from './read-scope.ts';
import { badTerminologyParameters } from './refusals.ts';
import { findNeighbours } from './store-concepts.ts';

/** R4 CodeSystem/$lookup. */
export async function answerLookup(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const parameters = operationParameters(call);
  const [coding] = codingsOf(parameters, 'system');
  if (coding?.system === undefined) throw badTerminologyParameters('Say of which code system: system, or coding.system.');
  const { system, version, code } = coding;
  const found = await lookUpConcept(work.db, { system, version, code }, readScope(work, parameters));
  const asked = new Set(parameters.texts('property'));
  const language = parameters.text('displayLanguage');
  const properties = await propertiesOf(work, found, (name) => asked.size === 0 || asked.has(name));
  const designations = asked.size === 0 || asked.has('designation') ? found.detail.designations : designationsAsked(found, asked);
  return { resource: answerOf(found, language, designations, properties) };
}

// `lang.vi` asks for the designations in a language (R4 CodeSystem/$lookup, property).
function designationsAsked({ detail }: LookedUp, asked: ReadonlySet<string>): Designation[] {
  const tokens = [...asked].filter((name) => name.startsWith('lang.')).map((name) => `urn:ietf:bcp:47|${name.slice(5)}`);
  return tokens.length === 0 ? [] : detail.designations.filter((one) => isAskedFor(one, tokens));
}

function answerOf({ system, concept, detail }: LookedUp, language: string | undefined, designations: readonly Designation[], properties: readonly Part[]): object {
  const display = displayIn({ display: concept.display, language: system.language, designations: detail.designations }, language) ?? concept.code;
  return parametersOf([
    part('name', 'String', system.name ?? system.url),
    part('version', 'String', system.version),
    part('display', 'String', display),
    ...(concept.abstract ? [part('abstract', 'Boolean', true)] : []),
    ...designations.map(({ language, use, value }) => group('designation', [part('language', 'Code', language), part('use', 'Coding', use), part('value', 'String', value)])),
    ...properties,
  ]);
}

async function propertiesOf(work: Work, { system, concept, detail }: LookedUp, isAsked: (name: string) => boolean): Promise<Part[]> {
  const parts: Part[] = [];
  const add = (code: string, type: string, value: unknown, description?: string): void => {
    parts.push(group('property', [part('code', 'Code', code), part('value', type, value), part('description', 'String', description)]));
  };
  if (isAsked('definition') && detail.definition !== undefined) add('definition', 'String', detail.definition);
  // What was once a code and is not on this day is told as inactive, so that an old record can still be read.
  if (isAsked('inactive')) add('inactive', 'Boolean', concept.inactive || !concept.valid);
  const near = isAsked('parent') || isAsked('child') ? await findNeighbours(work.db, system.system, concept.place) : [];
  for (const { side, code, display } of near) if (isAsked(side)) add(side, 'Code', code, display);
  for (const { code, ...values } of detail.properties) {
    const key = Object.keys(values).find((name) => name.startsWith('value'));
    if (key !== undefined && isAsked(code) && code !== 'inactive' && code !== 'parent' && code !== 'child') add(code, key.slice('value'.length), values[key]);
  }
  return parts;
}
