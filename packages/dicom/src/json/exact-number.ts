// Decimal text as a JSON number, where a double is that number and not one beside it.

/** The number when reading it back as text gives the same decimal; undefined otherwise. */
export function exactNumber(text: string): number | undefined {
  if (text.length < 10 && /^-?(?:0|[1-9]\d*)$/.test(text)) return Number(text);
  // Fifteen digits always come back from a double; a plain decimal of 16 characters has no more once sign and point are counted.
  if (/^-?\d{1,12}\.\d{1,12}$/.test(text) && text.length <= 16) return Number(text);
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
  if (parts === null || (parts[2] === '' && (parts[3] ?? '') === '')) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  return normal(text) === normal(String(value)) ? value : undefined;
}

/** The shortest number whose nearest 32-bit float is this one: 0.1 instead of 0.10000000149011612. */
export function shortestFloat(value: number): number {
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/** Digits and exponent, of which every decimal has one pair: `1.50` and `15e-1` alike. Zero has no sign. */
function normal(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', part = ''] = mantissa.replace(/^[+-]/, '').split('.');
  const digits = (whole + part).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  return `${mantissa.startsWith('-') ? '-' : ''}${kept}e${Number(exponent) - part.length + digits.length - kept.length}`;
}
