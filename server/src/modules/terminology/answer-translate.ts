import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { operationParameters, valueOf, type OperationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { readConceptMap } from './fhir-concept-map.ts';
import { findTranslator, findTranslators, openTranslator, type Translator } from './find-translators.ts';
import { codingsOf, group, parametersOf, part, type Coding, type Part } from './parameters.ts';
import { readScope } from './read-scope.ts';
import { badTerminologyParameters, unknownConceptMap } from './refusals.ts';
import { findConceptMapById } from './store-concept-maps.ts';
import { translateCode, type Match, type TranslationWanted } from './translate-code.ts';

/** R4 ConceptMap/$translate, at the type and at an instance. */
export async function answerTranslate(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const parameters = operationParameters(call);
  const { day } = readScope(work, parameters);
  const shared = { day, targetSystem: parameters.text('targetsystem'), reverse: parameters.flag('reverse') ?? false, dependencies: dependenciesOf(parameters) };
  const matches: Match[] = [];
  for (const { system, code } of codingsOf(parameters, 'system')) {
    if (system === undefined) throw badTerminologyParameters('Say of which code system: system, or coding.system.');
    const wanted = { ...shared, system, code };
    matches.push(...(await translateCode(work.db, await readTranslators(work, call, parameters, wanted), wanted)));
  }
  return { resource: answerOf(matches, work.language) };
}

async function readTranslators(work: Work, { id }: OperationCall, parameters: OperationParameters, wanted: TranslationWanted): Promise<Translator[]> {
  if (id !== undefined) {
    const stored = await findConceptMapById(work.db, id);
    if (stored === undefined) throw unknownConceptMap(`ConceptMap/${id}`);
    return [await openTranslator(work.db, stored)];
  }
  const given = parameters.resource('conceptMap') as Readonly<Record<string, unknown>> | undefined;
  if (given !== undefined) return [givenTranslator(given)];
  const url = parameters.text('url');
  const version = parameters.text('conceptMapVersion');
  if (url !== undefined) return [await findTranslator(work.db, version === undefined ? url : `${url}|${version}`, wanted.day)];
  const [source, target] = [parameters.text('source'), parameters.text('target')];
  const fits = (own: string | undefined, asked: string | undefined) => asked === undefined || own === undefined || own === asked;
  return (await findTranslators(work.db, wanted)).filter((one) => fits(one.source, source) && fits(one.target, target));
}

function givenTranslator(resource: Readonly<Record<string, unknown>>): Translator {
  if (resource['resourceType'] !== 'ConceptMap') throw badTerminologyParameters('conceptMap: a ConceptMap resource is expected.');
  const { url, source, target, groups, entries } = readConceptMap(resource);
  return { url, source, target, groups, entriesOf: async (code, reverse) => entries.filter((entry) => (reverse ? entry.targetCode : entry.sourceCode) === code) };
}

function dependenciesOf(parameters: OperationParameters): ReadonlyMap<string, ReadonlySet<string>> {
  const dependencies = new Map<string, Set<string>>();
  for (const parts of parameters.parts('dependency')) {
    const named = (name: string) => parts.filter((one) => one['name'] === name).map(valueOf).at(-1);
    const element = named('element');
    const { coding = [] } = (named('concept') ?? {}) as { coding?: readonly Coding[] };
    if (typeof element !== 'string') throw badTerminologyParameters('dependency: element is missing.');
    const codes = coding.flatMap(({ system, code }) => (code === undefined ? [] : [code, `${system ?? ''}|${code}`]));
    dependencies.set(element, new Set([...(dependencies.get(element) ?? []), ...codes]));
  }
  return dependencies;
}

function answerOf(matches: readonly Match[], language: 'vi' | 'en'): object {
  const result = matches.some(({ equivalence }) => equivalence !== 'unmatched' && equivalence !== 'disjoint');
  const none = { vi: 'Không có mã tương ứng.', en: 'There is no mapping for the code.' };
  return parametersOf([part('result', 'Boolean', result), part('message', 'String', result ? undefined : none[language]), ...matches.map(matchPart)]);
}

function matchPart({ equivalence, concept, product, map }: Match): Part {
  const products = product.map(({ property, system, value, display }) =>
    group('product', [part('element', 'Uri', property), part('concept', 'Coding', { ...(system === undefined ? {} : { system }), code: value, ...(display === undefined ? {} : { display }) })]));
  return group('match', [part('equivalence', 'Code', equivalence), part('concept', 'Coding', concept), ...products, part('source', 'Uri', map)]);
}
