import { describe, expect, it } from 'vitest';
import { cleanScan, composeTyped } from './scanned-text.ts';
import { citizenNumberFindings } from './citizen-number.ts';
import { readScan } from './read-scan.ts';

const today = '2026-11-24';
const lan = '001168012345|012345678|Trần Thị Lan|14031968|Nữ|Số 5 ngõ 12, Phường Bạch Mai, Hà Nội|25052021';
const hex = (text: string) => [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const codes = (text: string) => readScan(text, today).findings.map(({ code }) => code);

describe('QR of a citizen card', () => {
  const whole = {
    kind: 'citizen-card', findings: [],
    card: { citizenNumber: '001168012345', oldIdentityCard: '012345678', name: 'Trần Thị Lan', birthDate: '1968-03-14', sex: 'female', address: 'Số 5 ngõ 12, Phường Bạch Mai, Hà Nội', issued: '2021-05-25' },
  };

  it.each([
    ['as printed', lan],
    ['with the fields that cards have since 2024', `${lan}||Trần Văn Nam|Lê Thị Cúc|`],
    ['decomposed (NFD)', lan.normalize('NFD')],
    ['with CR and LF behind', `${lan}\r\n`],
    ['with a Tab behind and the AIM identifier before', `]Q1${lan}\t`],
    ['with Telex keys in the name', lan.replace('Trần Thị Lan', 'Traanf Thij Lan')],
    ['with VNI keys in the name', lan.replace('Trần Thị Lan', 'Tra6n2 Thi5 Lan')],
  ])('is read %s', (_how, text) => {
    expect(readScan(text, today)).toEqual(whole);
  });

  it('may leave fields empty', () => {
    expect(readScan('001168012345||Trần Thị Lan|14031968|||', today)).toEqual({ kind: 'citizen-card', findings: [], card: { citizenNumber: '001168012345', name: 'Trần Thị Lan', birthDate: '1968-03-14' } });
  });

  it.each([['1941', '1941'], ['00001941', '1941'], ['00031941', '1941-03'], ['14/03/1941', '1941-03-14']])('reads the birth date %s as %s', (printed, read) => {
    expect(readScan(`001141012345||Nguyễn Thị Cúc|${printed}|Nữ||`, today)).toMatchObject({ card: { birthDate: read } });
  });

  it('flags a name whose marks the scanner dropped', () => {
    expect(codes('001168012345||Tran Thi Lan|14031968|Nu||')).toEqual(['marks-dropped']);
  });

  it('flags what contradicts the number, and refuses nothing', () => {
    expect(codes(lan.replace('Nữ', 'Nam'))).toEqual(['sex-differs-from-number']);
    expect(codes(lan.replace('14031968', '14031986'))).toEqual(['birth-year-differs-from-number']);
    expect(codes(lan.replace('001168', '003168'))).toEqual(['citizen-number-province']);
    expect(codes(lan.replace('14031968', '31021968'))).toEqual(['birth-date-malformed']);
  });
});

describe('Citizen number (Circular 59/2021/TT-BCA, art. 4)', () => {
  it.each([
    ['001041000001', 'male', '1941', []], ['001141000001', 'female', '1941', []], ['079203000001', 'male', '2003', []], ['079303000001', 'female', '2003', []],
    ['001168000001', 'male', '1968', ['sex-differs-from-number']], ['001168000001', 'female', '2068', ['birth-year-differs-from-number']],
    ['001290000001', 'male', '2090', ['citizen-number-future']], ['12345', 'male', '1968', ['citizen-number-malformed']],
  ])('%s of a %s person born in %s', (number, sex, birthDate, found) => {
    expect(citizenNumberFindings(number, { sex, birthDate }, today).map(({ code }) => code)).toEqual(found);
  });
});

describe('Health insurance card', () => {
  const paper = `HT3010123456789|${hex('Trần Thị Lan')}|14/03/1968|2|${hex('Hà Nội')}|01 - 929|01/01/2026|31/12/2026|01/01/2026|01|||01/01/2020|abc$`;

  it('is read from the paper card', () => {
    expect(readScan(paper, today)).toEqual({
      kind: 'insurance-card', findings: [],
      card: { insuranceNumber: 'HT3010123456789', name: 'Trần Thị Lan', birthDate: '1968-03-14', sex: 'female', address: 'Hà Nội', facilityCode: '01929', validFrom: '2026-01-01', validTo: '2026-12-31' },
    });
  });

  it('is read as a number, of 15 characters or of 10 digits', () => {
    expect(readScan('ht3 01 0123456789', today)).toMatchObject({ kind: 'insurance-card', card: { insuranceNumber: 'HT3010123456789' } });
    expect(readScan('0123456789', today)).toMatchObject({ kind: 'insurance-card', card: { insuranceNumber: '0123456789' } });
  });

  it('takes a telephone number for none', () => {
    expect(readScan('0912345678', today).kind).toBe('unknown');
  });

  it('flags an expired card, an unknown group, benefit digit and province', () => {
    expect(codes(paper.replace('31/12/2026', '30/06/2026'))).toEqual(['card-expired']);
    expect(codes('ZZ9030123456789')).toEqual(['insurance-group-unknown', 'insurance-benefit-digit', 'insurance-province']);
  });
});

describe('Our own codes', () => {
  it('are opaque', () => {
    expect(readScan('SEN:B:k3f9x2m7qa\r', today)).toEqual({ kind: 'booking-code', code: 'k3f9x2m7qa', findings: [] });
    expect(readScan('SEN:P:0123abcd', today)).toEqual({ kind: 'patient-code', code: '0123abcd', findings: [] });
    expect(readScan('SEN:V:0d3k9f2x7qa', today)).toEqual({ kind: 'visit-code', code: '0d3k9f2x7qa', findings: [] });
  });
});

describe('Keys of an input method', () => {
  it.each([
    ['Nguyeenx Vawn Hoaf', 'Nguyễn Văn Hòa'], ['Nguye6n4 Va8n Hoa2', 'Nguyễn Văn Hòa'], ['DDawngj Thij Thuyr', 'Đặng Thị Thủy'], ['Phuwowng', 'Phương'], ['Phu7o7ng', 'Phương'],
    ['Quys', 'Quý'], ['Nguyễn', 'Nguyễn'], ['Lan', 'Lan'],
  ])('%s is %s', (typed, meant) => expect(composeTyped(typed)).toBe(meant));

  it('leave nothing of the scanner behind', () => expect(cleanScan('\uFEFF]Q3a\u0000b\r\n')).toBe('a b'));
});
