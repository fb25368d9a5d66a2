// Names that FHIRPath reads as operators or literals, so that they stand in backticks: ``Patient.text.`div` ``.
const keywords = new Set(['div', 'mod', 'and', 'or', 'xor', 'implies', 'true', 'false']);

/** Writes an element's name as a segment of a FHIRPath; a name that no element can have is cut and quoted. */
export function pathSegment(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name) && !keywords.has(name)) return name;
  return `\`${name.slice(0, 64).replace(/[`\\\s]/g, '')}\``;
}
