/** The family name and the first letters of the others, for a screen that everybody sees: `Nguyễn T. L.` One word alone keeps its first letter only. */
export function maskedName(name: string): string {
  const [family = '', ...others] = name.normalize('NFC').split(/\s+/).filter((word) => word !== '');
  const initials = others.map((word) => `${[...word][0]!.toUpperCase()}.`);
  return others.length === 0 ? `${[...family][0] ?? ''}.` : [family, ...initials].join(' ');
}
