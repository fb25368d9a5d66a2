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
