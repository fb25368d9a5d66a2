// How a text goes out as SMS: which letters it needs and in how many parts it is charged (3GPP TS 23.038 v17, 6.2.1; TS 23.040, 9.2.3.24.1).

const basic = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
/** Each takes two places: an escape and itself. */
const extended = new Set('^{}\\[~]|€\f');

export interface SmsText {
  readonly text: string;
  readonly encoding: 'gsm-7' | 'ucs-2';
  /** Parts that are sent and charged. */
  readonly segments: number;
}

/** Writes a text for SMS. Without accents Vietnamese fits into GSM-7: 160 letters a part in place of 70. */
export function smsText(text: string, withAccents: boolean): SmsText {
  const sent = withAccents ? text : plainLetters(text);
  const septets = septetsOf(sent);
  if (septets !== undefined) return { text: sent, encoding: 'gsm-7', segments: septets <= 160 ? 1 : Math.ceil(septets / 153) };
  const units = sent.length;
  return { text: sent, encoding: 'ucs-2', segments: units <= 70 ? 1 : Math.ceil(units / 67) };
}

function septetsOf(text: string): number | undefined {
  let septets = 0;
  for (const letter of text) {
    if (!basic.has(letter) && !extended.has(letter)) return undefined;
    septets += extended.has(letter) ? 2 : 1;
  }
  return septets;
}

const signs: Readonly<Record<string, string>> = { 'đ': 'd', 'Đ': 'D', '–': '-', '—': '-', '‘': "'", '’': "'", '“': '"', '”': '"', '…': '...', '₫': 'd', '•': '-', '\u00a0': ' ' };

/** The letters without their marks: `Đến phòng 205` becomes `Den phong 205`. */
export function plainLetters(text: string): string {
  return text.normalize('NFD').replace(/\p{Mn}/gu, '').replace(/[đĐ–—‘’“”…₫•\u00a0]/g, (sign) => signs[sign] ?? sign);
}
