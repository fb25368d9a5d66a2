import { describe, expect, it } from 'vitest';
import { parseLossless } from '../json/lossless.ts';
import type { Resource } from '../resource.ts';
import { applyFhirPathPatch } from './apply-fhirpath-patch.ts';
import { PatchError } from './patch-error.ts';

type Part = Record<string, unknown>;

/** One operation of a FHIRPath Patch: `valueX` and `part` of the value are given as they stand in the part. */
function operation(type: string, path: string, parts: { name?: string; index?: number; source?: number; destination?: number; value?: Part } = {}): Part {
  const { name, value, ...positions } = parts;
  return {
    name: 'operation',
    part: [
      { name: 'type', valueCode: type },
      { name: 'path', valueString: path },
      ...(name === undefined ? [] : [{ name: 'name', valueString: name }]),
      ...Object.entries(positions).map(([key, position]) => ({ name: key, valueInteger: position })),
      ...(value === undefined ? [] : [{ name: 'value', ...value }]),
    ],
  };
}

function patch(resource: object, ...parameter: Part[]): Promise<Resource> {
  return applyFhirPathPatch(resource as Resource, { resourceType: 'Parameters', parameter });
}

async function failure(resource: object, ...parameter: Part[]): Promise<PatchError> {
  const error: unknown = await patch(resource, ...parameter).then(() => undefined, (reason: unknown) => reason);
  if (error instanceof PatchError) return error;
  throw error ?? new Error('The patch was applied');
}

const patient = (members: object = {}) => ({ resourceType: 'Patient', ...members });
const numbered = (...values: number[]) => patient({ identifier: values.map((n) => ({ system: 'http://example.org', value: `value ${n}` })) });
const contact = (members: object) => patient({ contact: [members] });
const third = { valueIdentifier: { system: 'http://example.org', value: 'value 3' } };

// The cases that the FHIR community tests every server with (fhir-test-cases, r4/patch), told in our words.
describe('FHIRPath Patch (R4 fhirpatch.html)', () => {
  it.each<[string, object, Part[], object]>([
    ['no operation', patient({ birthDate: '1920-01-01' }), [], patient({ birthDate: '1920-01-01' })],
    ['replaces a primitive', patient({ birthDate: '1920-01-01' }), [operation('replace', 'Patient.birthDate', { value: { valueDate: '1930-01-01' } })], patient({ birthDate: '1930-01-01' })],
    ['deletes a primitive', patient({ birthDate: '1920-01-01' }), [operation('delete', 'Patient.birthDate')], patient()],
    ['adds a primitive', patient(), [operation('add', 'Patient', { name: 'birthDate', value: { valueDate: '1930-01-01' } })], patient({ birthDate: '1930-01-01' })],
    ['replaces a nested primitive', contact({ name: { text: 'a name' }, gender: 'male' }), [operation('replace', 'Patient.contact[0].gender', { value: { valueCode: 'female' } })], contact({ name: { text: 'a name' }, gender: 'female' })],
    ['replaces one deeper', contact({ name: { text: 'a name' }, gender: 'male' }), [operation('replace', 'Patient.contact[0].name.text', { value: { valueString: 'the name' } })], contact({ name: { text: 'the name' }, gender: 'male' })],
    ['deletes a nested primitive', contact({ name: { text: 'a name' }, gender: 'male' }), [operation('delete', 'Patient.contact[0].gender')], contact({ name: { text: 'a name' } })],
    ['deletes the element that lost its last child', contact({ name: { text: 'a name' }, gender: 'male' }), [operation('delete', 'Patient.contact[0].name.text')], contact({ gender: 'male' })],
    ['adds a nested primitive', contact({ name: { text: 'a name' } }), [operation('add', 'Patient.contact[0]', { name: 'gender', value: { valueCode: 'male' } })], contact({ name: { text: 'a name' }, gender: 'male' })],
    ['adds a complex value', patient(), [operation('add', 'Patient', { name: 'maritalStatus', value: { valueCodeableConcept: { text: 'married' } } })], patient({ maritalStatus: { text: 'married' } })],
    ['replaces a complex value, id and all', patient({ maritalStatus: { id: '1', text: 'married' } }), [operation('replace', 'Patient.maritalStatus', { value: { valueCodeableConcept: { id: '2', text: 'not married' } } })], patient({ maritalStatus: { id: '2', text: 'not married' } })],
    ['deletes a complex value', patient({ maritalStatus: { text: 'married' } }), [operation('delete', 'Patient.maritalStatus')], patient()],
    ['adds an element without a named type', patient(), [operation('add', 'Patient', { name: 'contact', value: { part: [{ name: 'name', valueHumanName: { text: 'a name' } }] } })], contact({ name: { text: 'a name' } })],
    ['deletes an element without a named type', contact({ name: { text: 'a name' } }), [operation('delete', 'Patient.contact[0]')], patient()],
    ['changes contents of a list', numbered(1, 2), [operation('replace', 'Patient.identifier[0].value', { value: { valueString: 'value 2' } }), operation('replace', 'Patient.identifier[1].value', { value: { valueString: 'value 1' } })], numbered(2, 1)],
    ['inserts at the end', numbered(1, 2), [operation('insert', 'Patient.identifier', { index: 2, value: third })], numbered(1, 2, 3)],
    ['inserts in the middle', numbered(1, 2), [operation('insert', 'Patient.identifier', { index: 1, value: third })], numbered(1, 3, 2)],
    ['inserts at the start', numbered(1, 2), [operation('insert', 'Patient.identifier', { index: 0, value: third })], numbered(3, 1, 2)],
    ['inserts into a list without entries', patient(), [operation('insert', 'Patient.identifier', { index: 0, value: third })], numbered(3)],
    ['appends by add', numbered(1, 2), [operation('add', 'Patient', { name: 'identifier', value: third })], numbered(1, 2, 3)],
    ['deletes the first', numbered(1, 2, 3), [operation('delete', 'Patient.identifier[0]')], numbered(2, 3)],
    ['deletes the middle', numbered(1, 2, 3), [operation('delete', 'Patient.identifier[1]')], numbered(1, 3)],
    ['deletes the last', numbered(1, 2, 3), [operation('delete', 'Patient.identifier[2]')], numbered(1, 2)],
    ['deletes what a condition selects', numbered(1, 2, 3), [operation('delete', "Patient.identifier.where(value = 'value 2')")], numbered(1, 3)],
    ['deletes nothing without an error', numbered(1), [operation('delete', 'Patient.identifier[7]'), operation('delete', 'Patient.birthDate')], numbered(1)],
    ['moves back', numbered(1, 2, 3, 4), [operation('move', 'Patient.identifier', { source: 3, destination: 1 })], numbered(1, 4, 2, 3)],
    ['moves to the start', numbered(1, 2, 3, 4), [operation('move', 'Patient.identifier', { source: 3, destination: 0 })], numbered(4, 1, 2, 3)],
    ['moves to the end', numbered(1, 2, 3, 4), [operation('move', 'Patient.identifier', { source: 0, destination: 3 })], numbered(2, 3, 4, 1)],
    ['reverses by moves', numbered(1, 2, 3, 4), [operation('move', 'Patient.identifier', { source: 1, destination: 0 }), operation('move', 'Patient.identifier', { source: 2, destination: 0 }), operation('move', 'Patient.identifier', { source: 3, destination: 0 })], numbered(4, 3, 2, 1)],
  ])('%s', async (_name, input, operations, output) => {
    const before = structuredClone(input);
    expect(await patch(input, ...operations)).toEqual(output);
    expect(input).toEqual(before);
  });

  it('keeps numbers as they were written, in the resource and in the patch', async () => {
    const text = '{"resourceType":"Observation","status":"final","code":{"text":"Glucose"},"valueQuantity":{"value":7.10},"referenceRange":[{"low":{"value":3.90}}]}';
    const parameters = `{"resourceType":"Parameters","parameter":[${JSON.stringify(operation('add', 'Observation.referenceRange[0]', { name: 'high' })).slice(0, -2)},{"name":"value","valueQuantity":{"value":6.40}}]}]}`;
    const result = await applyFhirPathPatch(parseLossless(text) as Resource, parseLossless(parameters) as Resource);
    expect(JSON.stringify(result)).toBe(text.replace('{"value":3.90}}', '{"value":3.90},"high":{"value":6.40}}'));
  });

  it('knows choices by their FHIRPath name', async () => {
    const result = { resourceType: 'Observation', status: 'final', code: { text: 'x' }, valueQuantity: { value: 7 } };
    expect(await patch(result, operation('replace', 'Observation.value', { value: { valueString: 'high' } }))).toEqual({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, valueString: 'high' });
    expect(await patch(result, operation('replace', 'Observation.value.ofType(Quantity).value', { value: { valueDecimal: 8 } }))).toMatchObject({ valueQuantity: { value: 8 } });
    expect(await patch(result, operation('delete', 'Observation.value'))).not.toHaveProperty('valueQuantity');
    expect(await patch(result, operation('add', 'Observation', { name: 'effective', value: { valueDateTime: '2024' } }))).toMatchObject({ effectiveDateTime: '2024' });
    expect(await failure(result, operation('add', 'Observation', { name: 'value', value: { valueString: 'x' } }))).toMatchObject({ kind: 'inapplicable', message: 'operation 1 (add): Observation.value already has a value: replace it' });
    expect(await failure(result, operation('replace', 'Observation.value', { value: { valueAddress: { text: 'x' } } }))).toMatchObject({ message: 'operation 1 (replace): Observation.value cannot be of type Address' });
  });

  describe('extensions of primitives', () => {
    const birth = { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '1974-12-25T14:35:45-05:00' };
    const born = patient({ birthDate: '1974-12-25', _birthDate: { extension: [birth] } });
    const named = patient({ name: [{ given: ['Thị', 'Mai'], _given: [null, { id: 'm' }] }] });

    it('go with the value that is deleted or replaced, and stay with one that moves', async () => {
      expect(await patch(born, operation('delete', 'Patient.birthDate'))).toEqual(patient());
      expect(await patch(born, operation('replace', 'Patient.birthDate', { value: { valueDate: '1975' } }))).toEqual(patient({ birthDate: '1975' }));
      expect(await patch(born, operation('replace', 'Patient.birthDate', { value: { valueDate: '1975', _valueDate: { id: 'x' } } }))).toEqual(patient({ birthDate: '1975', _birthDate: { id: 'x' } }));
      expect(await patch(named, operation('move', 'Patient.name[0].given', { source: 1, destination: 0 }))).toEqual(patient({ name: [{ given: ['Mai', 'Thị'], _given: [{ id: 'm' }, null] }] }));
      expect(await patch(named, operation('insert', 'Patient.name[0].given', { index: 0, value: { valueString: 'Ngọc' } }))).toEqual(patient({ name: [{ given: ['Ngọc', 'Thị', 'Mai'], _given: [null, null, { id: 'm' }] }] }));
      expect(await patch(named, operation('delete', 'Patient.name[0].given[1]'))).toEqual(patient({ name: [{ given: ['Thị'] }] }));
    });

    it('are added, changed and deleted by themselves', async () => {
      expect(await patch(patient({ birthDate: '1974-12-25' }), operation('add', 'Patient.birthDate', { name: 'extension', value: { valueExtension: birth } }))).toMatchObject({ birthDate: '1974-12-25' });
      const parts = { part: [{ name: 'url', valueUri: birth.url }, { name: 'value', valueDateTime: birth.valueDateTime }] };
      expect(await patch(patient({ birthDate: '1974-12-25' }), operation('add', 'Patient.birthDate', { name: 'extension', value: parts }))).toEqual(born);
      expect(await patch(born, operation('replace', 'Patient.birthDate.extension[0].value', { value: { valueString: 'noon' } }))).toEqual(patient({ birthDate: '1974-12-25', _birthDate: { extension: [{ url: birth.url, valueString: 'noon' }] } }));
      expect(await patch(born, operation('delete', 'Patient.birthDate.extension'))).toEqual(patient({ birthDate: '1974-12-25' }));
    });
  });

  it('reaches into contained resources', async () => {
    const holder = patient({ contained: [{ resourceType: 'Organization', id: 'o', name: 'x' }] });
    expect(await patch(holder, operation('replace', "Patient.contained.where(id = 'o').name", { value: { valueString: 'Bệnh viện Sen' } }))).toEqual(patient({ contained: [{ resourceType: 'Organization', id: 'o', name: 'Bệnh viện Sen' }] }));
  });

  it('builds nested parts, with repeats', async () => {
    const value = { part: [{ name: 'relationship', valueCodeableConcept: { text: 'mẹ' } }, { name: 'name', part: [{ name: 'given', valueString: 'Thị' }, { name: 'given', valueString: 'Lan' }] }] };
    expect(await patch(patient(), operation('add', 'Patient', { name: 'contact', value }))).toEqual(contact({ relationship: [{ text: 'mẹ' }], name: { given: ['Thị', 'Lan'] } }));
  });

  it.each<[string, object, Part, string, unknown]>([
    ['a path that selects two', numbered(1, 2), operation('delete', 'Patient.identifier'), 'inapplicable', 'operation 1 (delete): path must select one element, it selects 2'],
    ['replacing nothing', patient(), operation('replace', 'Patient.birthDate', { value: { valueDate: '1930' } }), 'inapplicable', 'operation 1 (replace): path must select one element, it selects 0'],
    ['adding to nothing', patient(), operation('add', 'Patient.contact[0]', { name: 'gender', value: { valueCode: 'male' } }), 'inapplicable', 'operation 1 (add): path must select one element, it selects 0'],
    ['adding what is there', patient({ birthDate: '1930' }), operation('add', 'Patient', { name: 'birthDate', value: { valueDate: '1931' } }), 'inapplicable', 'operation 1 (add): Patient.birthDate already has a value: replace it'],
    ['an unknown element', patient(), operation('add', 'Patient', { name: 'nickname', value: { valueString: 'x' } }), 'inapplicable', 'operation 1 (add): Patient has no element nickname'],
    ['a value of the wrong type', patient(), operation('add', 'Patient', { name: 'maritalStatus', value: { valueString: 'x' } }), 'inapplicable', 'operation 1 (add): Patient.maritalStatus cannot be of type String'],
    ['no value', patient(), operation('add', 'Patient', { name: 'birthDate' }), 'malformed', 'operation 1: must have a part named value'],
    ['inserting beyond the end', numbered(1), operation('insert', 'Patient.identifier', { index: 2, value: third }), 'inapplicable', 'operation 1 (insert): index must be from 0 to 1'],
    ['inserting beyond an empty list', patient(), operation('insert', 'Patient.identifier', { index: 1, value: third }), 'inapplicable', 'operation 1 (insert): index must be from 0 to 0'],
    ['inserting into no list', patient({ birthDate: '1930' }), operation('insert', 'Patient.birthDate', { index: 0, value: { valueDate: '1931' } }), 'inapplicable', 'operation 1 (insert): path must select a list'],
    ['moving a part of a list', numbered(1, 2), operation('move', 'Patient.identifier[0]', { source: 0, destination: 0 }), 'inapplicable', 'operation 1 (move): path must select all entries of one list'],
    ['moving beyond the end', numbered(1, 2), operation('move', 'Patient.identifier', { source: 0, destination: 2 }), 'inapplicable', 'operation 1 (move): destination must be from 0 to 1'],
    ['a negative position', numbered(1, 2), operation('move', 'Patient.identifier', { source: -1, destination: 0 }), 'malformed', 'operation 1: the part source must have a valueInteger from 0'],
    ['a computed value', patient({ birthDate: '1930' }), operation('delete', 'Patient.birthDate.toString()'), 'inapplicable', 'operation 1 (delete): path must select elements of the resource, not computed values'],
    ['what is not FHIRPath', patient(), operation('delete', 'Patient..birthDate['), 'malformed', 'operation 1 (delete): path is not FHIRPath'],
    ['a path with a sign too many', patient(), operation('delete', 'Patient.name)'), 'malformed', expect.stringContaining('path is not FHIRPath (line: 1; column: 12')],
    ['the whole resource', patient(), operation('delete', 'Patient'), 'inapplicable', 'operation 1 (delete): path must select an element, not the whole resource'],
    ['an unknown type', patient(), operation('merge', 'Patient'), 'malformed', 'operation 1: type must be add, insert, delete, replace or move'],
    ['another parameter', patient(), { name: 'change', part: [] }, 'malformed', 'operation 1: each parameter must be named "operation" and have parts'],
  ])('refuses %s', async (_name, input, wrong, kind, message) => {
    expect(await failure(input, wrong)).toMatchObject({ kind, message });
  });

  it('limits the operations of one patch', async () => {
    expect(await failure(patient(), ...Array.from({ length: 1001 }, () => operation('delete', 'Patient.birthDate')))).toMatchObject({ kind: 'malformed', message: 'a FHIRPath Patch must have at most 1000 operations' });
  });

  it('refuses a resource that is not Parameters', async () => {
    await expect(applyFhirPathPatch({ resourceType: 'Patient' }, { resourceType: 'Patient' })).rejects.toMatchObject({ kind: 'malformed', message: 'a FHIRPath Patch must be a Parameters resource' });
  });
});
