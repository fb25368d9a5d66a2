// Elements of a type that a role never sees: cut from what goes out, and not to be asked by.
import { parseLossless, searchParametersOf, type Resource } from '@sen/fhir';
import { Refusal } from '../../../platform/refusal.ts';
import { tagged } from '../search/shape.ts';

/**
 * The resource without the elements, tagged SUBSETTED. The narrative goes too: it may tell in words what is hidden.
 */
export function withoutElements(json: Buffer, hidden: readonly string[]): Buffer {
  if (hidden.length === 0) return json;
  return Buffer.from(JSON.stringify(withoutHidden(parseLossless(json.toString()) as Resource, hidden)));
}

function withoutHidden(resource: Resource, hidden: readonly string[]): Resource {
  const kept = Object.entries(resource).filter(([key]) => key !== 'text' && key !== 'meta' && !hidden.some((element) => isElement(key, element)));
  const { resourceType, ...rest } = Object.fromEntries(kept) as Resource;
  return { resourceType, ...rest, meta: tagged(resource) };
}

/** `deceased[x]` is `deceasedBoolean` too, and a primitive has a second member for its extensions. */
function isElement(key: string, element: string): boolean {
  const name = key.startsWith('_') ? key.slice(1) : key;
  if (!element.endsWith('[x]')) return name === element;
  const stem = element.slice(0, -'[x]'.length);
  return name.startsWith(stem) && /^[A-Z]/.test(name.slice(stem.length));
}

/** Refuses a search parameter that reads a hidden element, and the full text, which reads them all. */
export function refuseHidden(type: string, name: string, hidden: readonly string[]): void {
  if (readsHidden(type, name, hidden)) throw hiddenElement(name);
}

/** Tells whether a search parameter reads a hidden element. */
export function readsHidden(type: string, name: string, hidden: readonly string[]): boolean {
  if (hidden.length === 0) return false;
  if (name === '_text' || name === '_content') return true;
  const parameter = searchParametersOf(type).get(name);
  if (parameter === undefined) return false;
  const paths = [...parameter.paths, ...parameter.components.flatMap((component) => component.paths)];
  const unknown = parameter.evaluate !== undefined || paths.some((path) => path.startsWith('^') || path === '');
  return unknown || paths.some((path) => hidden.some((element) => reads(path, element)));
}

function reads(path: string, element: string): boolean {
  const stem = element.replace('[x]', '');
  const first = /^[A-Za-z]+/.exec(path)?.[0] ?? '';
  return first === stem || (element !== stem && first.startsWith(stem));
}

function hiddenElement(name: string): Refusal {
  const text = { vi: 'Tài khoản này không được xem, nên không được tìm theo mục đó.', en: 'This account does not see that element, and so cannot ask by it.' };
  return new Refusal('forbidden', 'record.hidden-element', text, [{ severity: 'error', code: 'forbidden', diagnostics: `"${name.slice(0, 64)}" reads an element that is hidden from this account.` }]);
}
