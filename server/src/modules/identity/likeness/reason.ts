// Why two people may be one, or are not: codes with their words.
import type { LikenessReason } from '@sen/contracts';

const texts = {
  'citizen-same': ['Cùng số định danh', 'Same citizen number'],
  'citizen-slip': ['Số định danh chỉ khác một chữ số', 'Citizen numbers differ by one digit'],
  'citizen-other': ['Số định danh khác nhau', 'Different citizen numbers'],
  'number-same': ['Cùng một số giấy tờ hoặc mã người bệnh', 'Same number of a document or hospital number'],
  'insurance-same': ['Cùng mã số bảo hiểm', 'Same insurance number'],
  'insurance-other': ['Mã số bảo hiểm khác nhau', 'Different insurance numbers'],
  'name-same': ['Họ tên giống nhau', 'Same name'],
  'name-marks': ['Tên chỉ khác dấu', 'Names differ in their marks only'],
  'name-slip': ['Tên có thể gõ nhầm', 'A typing slip in the name'],
  'name-swapped': ['Thứ tự họ và tên đảo nhau', 'Order of the names swapped'],
  'middle-missing': ['Một bên thiếu tên đệm', 'One lacks the middle name'],
  'middle-other': ['Tên đệm khác nhau', 'Different middle names'],
  'family-same': ['Cùng họ', 'Same family name'],
  'family-other': ['Họ khác nhau', 'Different family names'],
  'given-other': ['Tên khác nhau', 'Different given names'],
  'birth-same': ['Cùng ngày sinh', 'Same birth date'],
  'birth-year': ['Cùng năm sinh, một bên không rõ ngày', 'Same birth year, the day known of one only'],
  'birth-default': ['Cùng năm sinh; 01/01 thường là không rõ ngày', 'Same birth year; 1 January often means the day is not known'],
  'birth-swapped': ['Ngày và tháng sinh đảo nhau', 'Day and month of birth swapped'],
  'birth-slip': ['Ngày sinh lệch một chữ số', 'Birth dates differ by one digit'],
  'birth-other': ['Ngày sinh khác nhau', 'Different birth dates'],
  'sex-same': ['Cùng giới tính', 'Same sex'],
  'sex-other': ['Giới tính khác nhau', 'Different sexes'],
  'phone-same': ['Cùng số điện thoại', 'Same telephone'],
  'phone-of-family': ['Cùng điện thoại, có thể là người nhà', 'Same telephone, perhaps of the family'],
  'phone-other': ['Số điện thoại khác nhau', 'Different telephones'],
  'address-same': ['Cùng địa chỉ', 'Same address'],
  'commune-same': ['Cùng xã, phường', 'Same commune'],
  'province-other': ['Khác tỉnh', 'Different provinces'],
  'mother-same': ['Cùng mẹ', 'Same mother'],
  'mother-other': ['Mẹ khác nhau', 'Different mothers'],
  twins: ['Có thể là sinh đôi: cùng ngày sinh, cùng nhà, khác tên', 'Perhaps twins: same day and household, another given name'],
} as const satisfies Record<string, readonly [string, string]>;

export type ReasonCode = keyof typeof texts;

export function reason(code: ReasonCode, bits: number): LikenessReason {
  const [vi, en] = texts[code];
  return { code, bits: Math.round(bits * 10) / 10, text: { vi, en } };
}

/** Of a stored pair: what is no longer known as a reason is left out. */
export function reasonsOf(stored: readonly { code: string; bits: number }[]): LikenessReason[] {
  return stored.flatMap(({ code, bits }) => (Object.hasOwn(texts, code) ? [reason(code as ReasonCode, bits)] : []));
}
