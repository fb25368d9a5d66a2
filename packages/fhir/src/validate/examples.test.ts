import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseLossless } from '../json/lossless.ts';
import { validateResource } from './validate-resource.ts';

// Examples of HL7 that break HL7's own rules: file → the first issue, as `expression: code`.
const invalidExamples: Record<string, string> = {
  // txt-2: the div holds white space only.
  'ActivityDefinition-blood-tubes-supply.json': 'ActivityDefinition.text.`div`: invariant',
  'ActivityDefinition-heart-valve-replacement.json': 'ActivityDefinition.text.`div`: invariant',
  'EventDefinition-example.json': 'EventDefinition.text.`div`: invariant',
  'Questionnaire-zika-virus-exposure-assessment.json': 'Questionnaire.text.`div`: invariant',
  // The reference points to a type its element does not allow.
  'DeviceMetric-example.json': 'DeviceMetric.parent.reference: structure',
  'DeviceUseStatement-example.json': 'DeviceUseStatement.reasonReference[0].reference: structure',
  'MedicationRequest-medrx0301.json': 'MedicationRequest.dispenseRequest.performer.reference: structure',
  'Observation-clinical-gender.json': 'Observation.performer[0].reference: structure',
  // Required elements are missing: linkId; base; name (and the guide refers to an id of 67 characters).
  'Questionnaire-qs1.json': 'Questionnaire.item[0].item[0].linkId: required',
  'SearchParameter-codesystem-extensions-CodeSystem-author.json': 'SearchParameter.base: required',
  'SearchParameter-codesystem-extensions-CodeSystem-effective.json': 'SearchParameter.base: required',
  'SearchParameter-codesystem-extensions-CodeSystem-end.json': 'SearchParameter.base: required',
  'SearchParameter-codesystem-extensions-CodeSystem-keyword.json': 'SearchParameter.base: required',
  'SearchParameter-codesystem-extensions-CodeSystem-workflow.json': 'SearchParameter.base: required',
  'SearchParameter-valueset-extensions-ValueSet-author.json': 'SearchParameter.base: required',
  'SearchParameter-valueset-extensions-ValueSet-effective.json': 'SearchParameter.base: required',
  'SearchParameter-valueset-extensions-ValueSet-end.json': 'SearchParameter.base: required',
  'SearchParameter-valueset-extensions-ValueSet-keyword.json': 'SearchParameter.base: required',
  'SearchParameter-valueset-extensions-ValueSet-workflow.json': 'SearchParameter.base: required',
  'ImplementationGuide-fhir.json': 'ImplementationGuide.manifest.resource[11904].reference.reference: value',
  'ig-r4.json': 'ImplementationGuide.manifest.resource[11904].reference.reference: value',
  // bdl-7: seven entries share a fullUrl. sdf-4: a logical model that is not abstract names no base.
  'Bundle-dataelements.json': 'Bundle: invariant',
  'StructureDefinition-Definition.json': 'StructureDefinition: invariant',
  'StructureDefinition-Event.json': 'StructureDefinition: invariant',
  'StructureDefinition-FiveWs.json': 'StructureDefinition: invariant',
  'StructureDefinition-Request.json': 'StructureDefinition: invariant',
  // An entry's fullUrl ends with another id than its resource has (R4 §2.36.4: it SHALL NOT disagree).
  'Bundle-10bb101f-a121-4264-a920-67be9cb82c74.json': 'Bundle.entry[2].fullUrl: value',
  'Bundle-3a0707d3-549e-4467-b8b8-5a2ab3800efe.json': 'Bundle.entry[3].fullUrl: value',
  'Bundle-lri-example.json': 'Bundle.entry[1].fullUrl: value',
  // The id has 67 characters; an id has at most 64.
  'SearchParameter-questionnaireresponse-extensions-QuestionnaireResponse-item-subject.json': 'SearchParameter.id: value',
};

const examples = dirname(createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'));

describe('every example of the R4 specification (hl7.fhir.r4.examples 4.0.1)', () => {
  it('is accepted, but for those that break the specification themselves', { timeout: 120_000 }, () => {
    const refused: Record<string, string> = {};
    const files = readdirSync(examples).filter((file) => file.endsWith('.json') && file !== 'package.json' && !file.startsWith('.'));
    for (const file of files) {
      const [issue] = validateResource(parseLossless(readFileSync(join(examples, file), 'utf8')));
      if (issue !== undefined) refused[file] = `${issue.expression}: ${issue.code}`;
    }
    expect(files.length).toBeGreaterThan(5000);
    expect(refused).toEqual(invalidExamples);
  });
});

const synthea = process.env['SEN_TEST_SYNTHEA'] ?? resolve(import.meta.dirname, '../../../../../shared/data/synthea');

// The records are kept beside the project, not in it.
describe.skipIf(!existsSync(synthea))(`every Synthea record${existsSync(synthea) ? '' : `: NOT RUN, the folder ${synthea} is absent; set SEN_TEST_SYNTHEA to a folder of Synthea R4 bundles`}`, () => {
  it('is accepted', { timeout: 120_000 }, () => {
    const refused: string[] = [];
    let count = 0;
    for (const file of readdirSync(synthea).filter((name) => name.endsWith('.json.gz'))) {
      const bundle = parseLossless(gunzipSync(readFileSync(join(synthea, file))).toString('utf8')) as { entry: { resource: unknown }[] };
      refused.push(...validateResource(bundle).map((issue) => `${file} ${issue.expression} ${issue.diagnostics}`));
      count += bundle.entry.length;
    }
    expect(refused).toEqual([]);
    expect(count).toBeGreaterThan(20_000);
  });
});
