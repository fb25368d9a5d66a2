// Vietnamese text of before Unicode, whose bytes machines pass on under the name of another set.
// TCVN3 (TCVN 5712:1993, font family .Vn): one byte a letter; capitals with tones came from a second font of the same bytes.
// VNI (font family VNI-): a plain letter, then a byte for its marks.

/** From 0xA1, with the capitals of TCVN 5712's second variant, which fonts of the first leave empty; 0xB0 to 0xB4 are loose marks. */
const tcvn3Letters = [
  'ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò',
  'Ổỏõóọồổỗốộờởỡớợù', 'Ỗủũúụừửữứựỳỷỹýỵ',
].join('');

const vniMarks: Readonly<Record<string, string>> = {
  ø: '\u0300', ù: '\u0301', û: '\u0309', õ: '\u0303', ï: '\u0323',
  â: '\u0302', á: '\u0302\u0301', à: '\u0302\u0300', å: '\u0302\u0309', ã: '\u0302\u0303', ä: '\u0302\u0323',
  ê: '\u0306', é: '\u0306\u0301', è: '\u0306\u0300', ú: '\u0306\u0309', ü: '\u0306\u0303', ë: '\u0306\u0323',
};
const vniLetters: Readonly<Record<string, string>> = { ô: 'ơ', ö: 'ư', ñ: 'đ', í: 'í', ì: 'ì', æ: 'ỉ', ó: 'ĩ', ò: 'ị', î: 'ỵ' };

/** Reads bytes as TCVN3. Words whose plain letters are all capitals were written with the font of capitals. */
export function tcvn3(bytes: Uint8Array): string {
  const text = [...bytes].map((byte) => (byte >= 0xa1 ? tcvn3Letters.charAt(byte - 0xa1) : '') || String.fromCharCode(byte)).join('').normalize('NFC');
  const shouted = !/[a-z]/.test(text);
  return text.replace(/\p{L}+/gu, (word) => (/[a-z]/.test(word) || (!shouted && !/[A-Z].*[A-Z]/.test(word)) ? word : word.toUpperCase()));
}

/** Reads Latin-1 text, which is what VNI looks like unread, as VNI. */
export function vni(latin: string): string {
  let text = '';
  for (const letter of latin) {
    const small = letter.toLowerCase();
    const direct = vniLetters[small];
    const mark = vniMarks[small];
    if (direct !== undefined) text += small === letter ? direct : direct.toUpperCase();
    else if (mark !== undefined && /[aeouyơư]$/i.test(text)) text += mark;
    else text += letter;
  }
  return text.normalize('NFC');
}
