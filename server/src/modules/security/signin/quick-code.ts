// Six digits that nobody would try first.

/** Repeated digits and pairs, runs, and dates of this and the last century. */
export function isWeakQuickCode(code: string): boolean {
  const digits = [...code].map(Number);
  const steps = new Set(digits.slice(1).map((digit, at) => (digit - (digits[at] ?? 0) + 10) % 10));
  return new Set(digits).size <= 2 || (steps.size === 1 && [1, 9].some((step) => steps.has(step))) || /^(\d\d)\1\1$|^(\d{3})\2$/.test(code) || /^(?:19|20)\d{4}$|^\d\d(?:19|20)\d\d$/.test(code);
}
