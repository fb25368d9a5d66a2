// What a registration must say, and what in it deserves a second look. Pure.
import type { Finding, Registration } from '@sen/contracts';
import { citizenNumberFindings, insuranceNumberFindings } from '@sen/vietnam/cards';
import { ageOn } from '../age.ts';
import { systems } from '../systems.ts';

/** What is missing before a person can be registered in this way; undefined when it is enough. */
export function missingIn({ kind, name, mother, birthDate, passport, citizenNumber }: Registration): { vi: string; en: string } | undefined {
  if (kind === 'unknown') return undefined;
  if (kind === 'newborn' && birthDate?.length !== 10) return { vi: 'Trẻ sơ sinh cần ngày sinh.', en: 'A newborn needs a birth date.' };
  if (kind === 'newborn' && name === undefined && mother === undefined) return { vi: 'Trẻ chưa có tên cần hồ sơ của mẹ.', en: 'A newborn without a name needs the record of the mother.' };
  if (kind !== 'newborn' && name === undefined) return { vi: 'Cần họ tên.', en: 'A name is needed.' };
  if (kind !== 'newborn' && birthDate === undefined) return { vi: 'Cần ngày sinh, ít nhất năm sinh.', en: 'A birth date is needed, the year at least.' };
  if (kind === 'foreigner' && passport === undefined && citizenNumber === undefined) return { vi: 'Người nước ngoài cần số hộ chiếu.', en: 'A foreigner needs the number of a passport.' };
  return undefined;
}

/** What looks wrong; nothing of it refuses. */
export function findingsOf(given: Registration, today: string): Finding[] {
  const { citizenNumber, insuranceNumber, birthDate, kind, birthTime } = given;
  return [
    ...(citizenNumber === undefined ? [] : citizenNumberFindings(citizenNumber, given, today)),
    ...(insuranceNumber === undefined ? [] : insuranceNumberFindings(insuranceNumber)),
    ...(birthDate === undefined ? [] : birthFindings(birthDate, today)),
    // decision 130/QĐ-BYT, NGAY_SINH: the hour and minute are asked of children up to 28 days
    ...(kind === 'newborn' && birthTime === undefined ? [{ code: 'birth-time-missing', text: { vi: 'Trẻ đến 28 ngày tuổi cần giờ sinh khi gửi hồ sơ bảo hiểm.', en: 'Claims ask the time of birth of children up to 28 days.' } }] : []),
  ];
}

function birthFindings(birthDate: string, today: string): Finding[] {
  const age = ageOn(birthDate, today);
  if (age === undefined) return [{ code: 'birth-date-future', text: { vi: 'Ngày sinh ở tương lai.', en: 'The birth date lies ahead.' } }];
  return age.unit === 'years' && age.value > 110 ? [{ code: 'very-old', text: { vi: `Người bệnh ${age.value} tuổi: kiểm tra năm sinh.`, en: `The patient would be ${age.value}: check the year of birth.` } }] : [];
}

/** The numbers of which one person has one, as `system|value`. */
export function numbersOf({ citizenNumber, passport, nationality = 'VN' }: Registration): string[] {
  return [...(citizenNumber === undefined ? [] : [`${systems.citizen}|${citizenNumber}`]), ...(passport === undefined ? [] : [`${systems.passport}${nationality}|${passport}`])];
}

/** A form with its texts tidied: composed letters, single spaces, telephone digits. */
export function tidied(given: Registration): Registration {
  const { name, phone } = given;
  return {
    ...given,
    ...(name !== undefined && { name: name.normalize('NFC').trim().replace(/\s+/g, ' ') }),
    ...(phone !== undefined && { phone: phone.replace(/[\s.()-]/g, '').replace(/^(?:\+|00)?84(?=\d{9}$)/, '0') }),
  };
}

/** `26.014.582`: the year, then a running number. */
export function hospitalNumberText(year: number, running: number): string {
  const digits = String(running).padStart(6, '0');
  return `${String(year % 100).padStart(2, '0')}.${digits.slice(0, 3)}.${digits.slice(3)}`;
}
