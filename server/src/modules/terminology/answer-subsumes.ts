import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { operationParameters, type OperationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { findSystem } from './find-definitions.ts';
import { codingOf, parametersOf, part, type Coding } from './parameters.ts';
import { readScope } from './read-scope.ts';
import { badTerminologyParameters, unknownCode, unknownCodeSystem } from './refusals.ts';
import { findCodeSystemById, type CodeSystem } from './store-code-systems.ts';
import { findConcept, findSpans, type Concept } from './store-concepts.ts';

/** R4 CodeSystem/$subsumes, at the type and at an instance. */
export async function answerSubsumes(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const parameters = operationParameters(call);
  const [a, b] = [codeOf(parameters, 'A'), codeOf(parameters, 'B')];
  const system = await readAskedSystem(work, call, parameters, [a, b]);
  const outcome = await compare(work, system, await conceptOf(work, system, a.code), await conceptOf(work, system, b.code));
  return { resource: parametersOf([part('outcome', 'Code', outcome)]) };
}

function codeOf(parameters: OperationParameters, side: 'A' | 'B'): Coding & { readonly code: string } {
  const coding = codingOf(parameters, `coding${side}`);
  const code = parameters.text(`code${side}`) ?? coding?.code;
  if (code === undefined) throw badTerminologyParameters(`code${side} or coding${side} is missing.`);
  return { ...coding, code };
}

async function readAskedSystem(work: Work, { id }: OperationCall, parameters: OperationParameters, codings: readonly Coding[]): Promise<CodeSystem> {
  const ofRecord = id === undefined ? undefined : await findCodeSystemById(work.db, id);
  if (id !== undefined && ofRecord === undefined) throw unknownCodeSystem(`CodeSystem/${id}`);
  const named = codings.flatMap(({ system }) => system ?? []);
  const url = ofRecord?.url ?? parameters.text('system') ?? named[0];
  if (url === undefined) throw badTerminologyParameters('Say of which code system: system, or codingA.system.');
  if (named.some((system) => system !== url)) throw badTerminologyParameters('Both codes must be of the same code system.');
  if (ofRecord !== undefined) return ofRecord;
  const version = parameters.text('version') ?? codings.find((coding) => coding.version !== undefined)?.version;
  const { system } = await findSystem(work.db, url, version, readScope(work, parameters));
  if (system === undefined) throw unknownCodeSystem(url, version);
  return system;
}

async function conceptOf(work: Work, system: CodeSystem, code: string): Promise<Concept> {
  const concept = await findConcept(work.db, system, code);
  if (concept === undefined) throw unknownCode(system.url, code);
  return concept;
}

async function compare(work: Work, { system }: CodeSystem, a: Concept, b: Concept): Promise<string> {
  if (a.place === b.place) return 'equivalent';
  const isBelow = async (above: Concept, { place }: Concept) => (await findSpans(work.db, system, above.place)).some(({ first, last }) => first <= place && place <= last);
  if (await isBelow(a, b)) return 'subsumes';
  return (await isBelow(b, a)) ? 'subsumed-by' : 'not-subsumed';
}
