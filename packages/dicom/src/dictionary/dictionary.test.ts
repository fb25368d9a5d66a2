import { describe, expect, it } from 'vitest';
import { dataElement, isPrivateCreator, storageClasses, tagName, tagOf, transferSyntax, transferSyntaxes } from '../index.ts';

describe('the dictionary (PS3.6)', () => {
  it('knows elements by tag and by keyword', () => {
    expect(dataElement(0x00100010)).toEqual({ keyword: 'PatientName', vrs: ['PN'], vm: '1', retired: false });
    expect(dataElement(0x00280106)?.vrs).toEqual(['US', 'SS']);
    expect(tagName(tagOf('PixelData')!)).toBe('7FE00010');
    expect(dataElement(0x00091001)).toBeUndefined();
    expect(tagOf('NoSuchThing')).toBeUndefined();
  });

  it('knows repeating groups', () => {
    expect(dataElement(0x60003000)?.keyword).toBe('OverlayData');
    expect(dataElement(0x601e0010)?.keyword).toBe('OverlayRows');
    expect(dataElement(0x50040103)?.keyword).toBe('DataValueRepresentation');
    expect(tagOf('OverlayData')).toBe(0x60003000);
  });

  it('knows who reserves private elements', () => {
    expect([isPrivateCreator(0x00090010), isPrivateCreator(0x00091010), isPrivateCreator(0x00080010)]).toEqual([true, false, false]);
  });

  it.each([
    ['1.2.840.10008.1.2', { explicit: false, littleEndian: true, encapsulated: false, deflated: false, known: true }],
    ['1.2.840.10008.1.2.1.99', { explicit: true, deflated: true, encapsulated: false }],
    ['1.2.840.10008.1.2.2', { explicit: true, littleEndian: false }],
    ['1.2.840.10008.1.2.4.202', { encapsulated: true, video: false, name: 'High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only)' }],
    ['1.2.840.10008.1.2.4.102.1', { encapsulated: true, video: true }],
    ['1.2.840.10008.1.2.4.110', { encapsulated: true, known: true }],
    ['1.2.3.4', { explicit: true, littleEndian: true, encapsulated: true, known: false, name: '1.2.3.4' }],
  ])('knows how %s is written', (uid, told) => {
    expect(transferSyntax(uid)).toMatchObject(told);
  });

  it('lists transfer syntaxes and storage classes', () => {
    expect(transferSyntaxes().length).toBeGreaterThan(50);
    expect(transferSyntaxes()[0]?.encapsulated).toBe(false);
    expect(storageClasses().get('1.2.840.10008.5.1.4.1.1.2')).toBe('CT Image Storage');
    expect(storageClasses().has('1.2.840.10008.1.1')).toBe(false);
  });
});
