import { describe, expect, it } from 'vitest';
import { parseLossless } from '../json/lossless.ts';
import { validateResource } from '../validate/validate-resource.ts';
import { readXml } from './read-xml.ts';
import { writeXml } from './write-xml.ts';
import { XmlError } from './xml-error.ts';

const limits = { depth: 64 };
const read = (xml: string) => readXml(xml, limits);
const patient = (body: string) => `<Patient xmlns="http://hl7.org/fhir">${body}</Patient>`;
const back = (json: string) => JSON.stringify(read(writeXml(parseLossless(json) as Record<string, unknown>)));

describe('R4 xml.html §2.6.1: the same content both ways', () => {
  it('keeps values, digits, repeats, ids and extensions of primitives, and narrative', () => {
    const json = JSON.stringify({
      resourceType: 'Patient', id: 'lan', text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p class="a">Lan &amp; <b>Huế</b><br/></p></div>' },
      extension: [{ url: 'http://x/e', valueBoolean: false }], active: true,
      name: [{ id: 'n1', family: 'Trần', given: ['Thị', null, 'Lan'], _given: [null, { extension: [{ url: 'http://x/y', valueCode: 'z' }] }, { id: 'g' }] }],
      birthDate: '1988-02-14', _birthDate: { extension: [{ url: 'http://x/t', valueString: 'a\n"b" <c>' }] },
      contained: undefined,
    });
    expect(back(json)).toBe(json);
  });

  it('keeps decimals as they were written', () => {
    const json = '{"resourceType":"Observation","status":"final","code":{"text":"K+"},"valueQuantity":{"value":4.10,"unit":"mmol/L"}}';
    expect(back(json)).toBe(json);
    expect(writeXml(parseLossless(json) as Record<string, unknown>)).toContain('<value value="4.10"/>');
  });

  it('nests resources: contained, Bundle entries, Parameters', () => {
    const json = JSON.stringify({
      resourceType: 'Bundle', type: 'collection',
      entry: [
        { fullUrl: 'urn:uuid:6a1f5a5e-4f8b-4a0e-9f0b-000000000001', resource: { resourceType: 'Observation', contained: [{ resourceType: 'Device', id: 'd' }], status: 'final', code: { text: 'x' }, device: { reference: '#d' } } },
        { resource: { resourceType: 'Parameters', parameter: [{ name: 'a', resource: { resourceType: 'Basic', code: { text: 'b' } } }, { name: 'c', valueInteger: 3 }] } },
      ],
    });
    expect(back(json)).toBe(json);
  });

  it('writes elements in the order of the definition and named entities by number', () => {
    const xml = writeXml({ resourceType: 'Patient', birthDate: '1988', gender: 'female', text: { div: '<div xmlns="http://www.w3.org/1999/xhtml">a&nbsp;b</div>', status: 'generated' }, id: 'x' });
    expect(xml).toBe('<?xml version="1.0" encoding="UTF-8"?><Patient xmlns="http://hl7.org/fhir"><id value="x"/><text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">a&#160;b</div></text><gender value="female"/><birthDate value="1988"/></Patient>');
  });

  it('takes prefixes, comments, processing instructions and CDATA in narrative', () => {
    const xml = '<?xml version="1.0"?><!-- x --><f:Patient xmlns:f="http://hl7.org/fhir" xmlns:h="http://www.w3.org/1999/xhtml"><f:text><f:status value="generated"/><h:div><h:p>a<![CDATA[<b>]]></h:p></h:div></f:text></f:Patient>';
    expect(read(xml)).toEqual({ resourceType: 'Patient', text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>a&lt;b&gt;</p></div>' } });
  });
});

describe('what is not FHIR XML', () => {
  it.each([
    ['a document type (entities, external or nested)', '<!DOCTYPE x [<!ENTITY a "b">]><Patient xmlns="http://hl7.org/fhir"/>', /document type/],
    ['another namespace', '<Patient/>', /namespace/],
    ['no resource', '<Basis xmlns="http://hl7.org/fhir"/>', /not a resource type/],
    ['loose text', patient('<active>true</active>'), /Text between/],
    ['an unknown attribute', patient('<active value="true" x="1"/>'), /unknown attribute "x"/],
    ['text that is not well-formed', patient('<active value="true">'), /not well-formed/],
    ['two resources in one place', patient('<contained><Basic/><Basic/></contained>'), /more than one/],
    ['an unknown entity', patient('<text><div xmlns="http://www.w3.org/1999/xhtml">&nbsp;</div></text>'), /not well-formed/],
    ['too many levels', patient('<extension url="a">'.repeat(80)), /deeper than 64/],
  ])('is refused: %s', (_what, xml, message) => {
    expect(() => read(xml)).toThrow(XmlError);
    expect(() => read(xml)).toThrow(message);
  });

  it('leaves to the validator what JSON would show too', () => {
    const wrong = (body: string) => validateResource(read(patient(body)) as never).map(({ expression, code }) => [expression, code]);
    expect(wrong('<genders value="male"/>')).toEqual([['Patient.genders', 'structure']]);
    expect(wrong('<gender value="male"/><gender value="female"/>')).toEqual([['Patient.gender', 'structure']]);
    expect(wrong('<active value="yes"/>')[0]?.[0]).toBe('Patient.active');
    expect(wrong('<gender/>')[0]?.[0]).toBe('Patient.gender');
    expect(wrong('<name/>')[0]?.[0]).toBe('Patient.name[0]');
  });
});

describe('XML that is made to hurt', () => {
  it('takes 30,000 repetitions without copying them each time', { timeout: 20_000 }, () => {
    const repeated = read(patient(`<name>${'<given value="a"/><given id="x"/>'.repeat(15_000)}</name>${'<gender value="male"/>'.repeat(30_000)}`)) as { name: { given: unknown[] }[]; gender: unknown[] };
    expect([repeated.name[0]!.given.length, repeated.gender.length]).toEqual([30_000, 30_000]);
  });

  it('refuses narrative that nests too deeply', () => {
    expect(() => read(patient(`<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">${'<b>'.repeat(100)}`))).toThrow(/narrative nests deeper than 64/);
  });

  it('keeps names of objects of JavaScript as names, for the validator to refuse', () => {
    const odd = read(patient('<__proto__ value="x"/><constructor value="y"/><toString/>'));
    expect(Object.keys(odd)).toEqual(['resourceType', '__proto__', 'constructor', 'toString']);
    expect(Object.getPrototypeOf(odd)).toBe(Object.prototype);
    expect(validateResource(odd as never).map(({ expression }) => expression)).toEqual(['Patient.__proto__', 'Patient.constructor', 'Patient.toString']);
  });

  it('writes a document that can be read, whatever characters a text has (XML 1.0 §2.2)', () => {
    const written = writeXml({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid', diagnostics: 'a\u0001\ufffe\ud800b 😀\t' }] });
    expect(read(written)).toEqual({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid', diagnostics: 'a\uFFFD\uFFFD\uFFFDb 😀\t' }] });
  });

  it('writes every narrative so that it can be read, as text where it is no XML', () => {
    const narrated = (inner: string) => ({ resourceType: 'Patient', text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>` } });
    const inners = ['a<br>', '&foo;', '&nbsp;&amp;', '<p class=a>x</p>', 'a < b', '<p>a</b></p>', '<p title="1" title="2">x</p>', 'a]]>b', '<!-- a -- b -->', '<p><![CDATA[a</p>', '<x:p>a</x:p>', '&#1;', '<p title="<">x</p>', '<p title="&foo;">x</p>'];
    for (const inner of inners) expect([inner, Object.keys(read(writeXml(narrated(inner))))]).toEqual([inner, ['resourceType', 'text']]);
    expect(writeXml(narrated('<p title="1" title="2">x</p>'))).toContain('<pre>&lt;div');
  });
});
