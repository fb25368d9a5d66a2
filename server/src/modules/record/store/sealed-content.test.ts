import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdKeyring, sealSecret } from '../../../platform/seal.ts';
import { packContent, unpackContent } from './codec.ts';
import { holdContentKeys, keyContext } from './content-keys.ts';
import { isDocument, SEALED } from './sealed-content.ts';

const place = { type: 'Binary', id: 'hop-dong', version: 2 };
const secret = Buffer.from('Kết quả giải phẫu bệnh của bà An').toString('base64');
const binary = JSON.stringify({ resourceType: 'Binary', id: 'hop-dong', contentType: 'text/plain', data: secret });
const broken = expect.objectContaining({ code: 'platform.seal-broken' });
let folder: string;

const freshKey = (id: string) => ({ id, key_sealed: sealSecret(randomBytes(32).toString('base64'), keyContext(id)) });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sen-content-'));
  holdKeyring({ data: folder, masterKeyFile: '', masterKeyCommand: '' });
  holdContentKeys([freshKey('00000000000000aa')]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('The content of a document (AES-256-GCM, NIST SP 800-38D)', () => {
  it('lies sealed, another key each time, and opens again', () => {
    const content = packContent(binary, place);
    expect(content[0]).toBe(SEALED);
    expect(content.subarray(49)).not.toEqual(packContent(binary, place).subarray(49));
    expect(unpackContent({ ...place, content }).toString()).toBe(binary);
    expect(unpackContent({ type: 'Binary', id: 'hop-dong', version: 2, content }).toString()).toBe(binary);
    const large = JSON.stringify({ resourceType: 'Binary', data: randomBytes(3_000_000).toString('base64') });
    expect(unpackContent({ ...place, content: packContent(large, place) }).toString()).toBe(large);
  });

  it('does not open when any bit of it was changed, or when it was cut', () => {
    const content = packContent(binary, place);
    for (const at of [9, 30, 48, 49, content.length - 17, content.length - 1]) {
      const changed = Buffer.from(content);
      changed[at]! ^= 1;
      expect(() => unpackContent({ ...place, content: changed })).toThrow(broken);
    }
    for (const length of [1, 49, 64, content.length - 1]) expect(() => unpackContent({ ...place, content: content.subarray(0, length) })).toThrow(broken);
  });

  it('opens in its own row only: no other type, resource or version', () => {
    const content = packContent(binary, place);
    for (const other of [{ type: 'Media' }, { id: 'other' }, { version: 1 }]) expect(() => unpackContent({ ...place, ...other, content })).toThrow(broken);
  });

  it('is refused where its content key is missing, or no master key opens it', () => {
    const content = packContent(binary, place);
    content[8]! ^= 1;
    expect(() => unpackContent({ ...place, content })).toThrow(expect.objectContaining({ category: 'unavailable', code: 'record.content-key', text: expect.objectContaining({ en: expect.stringContaining('00000000000000ab') }) }));
    const stranger = { ...freshKey('00000000000000bb'), id: '00000000000000cc' }; // sealed for another row
    expect(holdContentKeys([stranger])).toEqual(['00000000000000cc']);
    expect(() => packContent(binary, place)).toThrow(expect.objectContaining({ code: 'record.content-key' }));
    expect(packContent('{}', { ...place, type: 'Patient' })[0]).not.toBe(SEALED);
    holdContentKeys([freshKey('00000000000000dd')]);
  });
});

describe('What is a document', () => {
  it.each([
    ['Binary', { resourceType: 'Binary', data: 'YQ==' }, true],
    ['DocumentReference', { resourceType: 'DocumentReference', status: 'current' }, true],
    ['DiagnosticReport', { resourceType: 'DiagnosticReport', presentedForm: [{ contentType: 'application/pdf', data: 'YQ==' }] }, true],
    ['Patient', { resourceType: 'Patient', photo: [{ data: 'YQ==' }] }, true],
    ['Patient', { resourceType: 'Patient', extension: [{ url: 'x', valueBase64Binary: 'YQ==' }] }, true],
    ['DiagnosticReport', { resourceType: 'DiagnosticReport', presentedForm: [{ url: 'Binary/1' }] }, false],
    ['Observation', { resourceType: 'Observation', note: [{ text: '{"data":"x"}' }] }, false],
  ])('%s %j: %s', (type, resource, expected) => {
    expect(isDocument(type, JSON.stringify(resource))).toBe(expected);
  });
});
