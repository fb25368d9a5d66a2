// Codes of required bindings, and which of them an outcome may quote.
import { suggestName } from './suggest-name.ts';

/** Tells whether a text looks like a code, so that quoting it tells nothing of a patient. */
export function isPlainCode(text: string): boolean {
  return /^[a-zA-Z][\w-]{0,39}$/.test(text);
}

/** Says what a code outside its required binding should have been. */
export function describeCodes(value: string, codes: ReadonlySet<string>): string {
  const wrong = `${isPlainCode(value) ? `"${value}"` : 'the value'} is not one of the codes this element requires`;
  if (codes.size <= 12) return `${wrong}: ${[...codes].join(', ')}`;
  const near = suggestName(value, codes);
  return near === undefined ? wrong : `${wrong}: did you mean "${near}"?`;
}

// BCP 13 (RFC 6838 §4.2): type/subtype and parameters, whose values R4's own examples leave unquoted; `json`, `xml` and `ttl` are R4's own short names (http.html §3.1.0.1.11).
const mimeType = /^(?:[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*\/[A-Za-z0-9*][A-Za-z0-9!#$&^_.+*-]*(?:\s*;\s*[A-Za-z0-9!#$&^_.+-]+=(?:"[^"]*"|[^;"\s](?:[^;"]*[^;"\s])?))*|json|xml|ttl)$/;

/** Tells whether a text is a media type. */
export function isMimeType(text: string): boolean {
  return mimeType.test(text);
}
