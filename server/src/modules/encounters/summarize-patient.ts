import { randomUUID } from 'node:crypto';
import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { badOperationParameter, operationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { readFacility, readPatient } from '../identity/index.ts';
import { documentOf, readCurrent, searchResources } from '../record/index.ts';
import { sectionResources, summaryComposition, type SectionContent } from './fhir-summary.ts';
import { summarySections, type SummarySection } from './summary-sections.ts';

const profiles = ['http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips', 'http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips'];
/** Most resources that one search adds to a section. */
const entriesMax = 100;
/** As many of the newest are looked at for the last of each kind. */
const lookedAtMax = 1000;

/**
 * Answers `Patient/[id]/$summary` and `Patient/$summary?identifier=` (HL7 IPS 2.0.0): a document Bundle with the problems, allergies, medicines and the other
 * sections that the record can fill, in the language of the request.
 */
export async function summarizePatient(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const parameters = operationParameters(call);
  const foreign = parameters.texts('profile').find((profile) => !profiles.includes(profile.split('|')[0] as string));
  if (foreign !== undefined) throw badOperationParameter('profile', `nothing, or ${profiles[0]},`);
  const id = call.id ?? (await idByIdentifier(work, parameters.text('identifier')));
  await readCurrent(work, 'Patient', id);
  const [patient, facility, contents] = await Promise.all([readPatient(work, id), readFacility(work), Promise.all(summarySections.map((section) => contentOf(work, id, section)))]);
  const compositionId = randomUUID();
  const head = { id: compositionId, patient: { id, name: patient?.name ?? '' }, facility, now: work.now, language: work.language };
  const bundle = await documentOf(work, { name: `Composition/${compositionId}`, resource: summaryComposition(head, contents) }, call.base);
  return { resource: { ...bundle, meta: { profile: [profiles[0]] } } };
}

async function idByIdentifier(work: Work, identifier: string | undefined): Promise<string> {
  if (identifier === undefined || !identifier.includes('|')) throw badOperationParameter('identifier', 'system|value of one patient');
  const { resources } = await searchResources(work, 'Patient', `identifier=${encodeURIComponent(identifier)}&_count=2`);
  if (resources.length !== 1) throw badOperationParameter('identifier', `an identifier that one patient has (${resources.length === 0 ? 'nobody has it' : 'several have it'})`);
  return resources[0]!.id ?? '';
}

async function contentOf(work: Work, patient: string, section: SummarySection): Promise<SectionContent> {
  const count = section.lastOfEach === true ? lookedAtMax : entriesMax;
  const found = await Promise.all(section.searches.map(({ type, query }) => searchResources(work, type, `patient=Patient/${patient}&_count=${count}&${query}`)));
  const resources = sectionResources(section, found.flatMap((one) => one.resources));
  return {
    section,
    resources: resources.slice(0, entriesMax),
    referred: found.flatMap(({ included }) => included),
    more: resources.length > entriesMax || found.some(({ next }) => next !== undefined),
  };
}
