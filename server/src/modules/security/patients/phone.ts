// Mobile numbers of Vietnam, however they are typed.

/** `0912345678` of `+84 912 345 678`, `84912345678`, `0912.345.678`; undefined for what is no mobile number. */
export function phoneOf(typed: string): string | undefined {
  const digits = typed.replace(/[\s.()-]/g, '').replace(/^(?:\+|00)?84(?=[35789]\d{8}$)/, '0');
  return /^0[35789]\d{8}$/.test(digits) ? digits : undefined;
}
