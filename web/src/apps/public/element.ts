// A page in a few elements. The public page is so small that a library for it would weigh more than the page.
import { encode } from 'uqr';

export type Child = Node | string | false | undefined | readonly Child[];
type Listener = (event: Event) => void;
type Attributes = Readonly<Record<string, string | boolean | undefined | Listener>>;

export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Attributes, ...children: readonly Child[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  setAll(made, attributes);
  addAll(made, children);
  return made;
}

function setAll(made: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, '');
    else if (typeof value === 'string') made.setAttribute(name, value);
  }
}

function addAll(to: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === false || child === undefined) continue;
    if (typeof child === 'string' || child instanceof Node) to.append(child);
    else addAll(to, child);
  }
}

/** Puts others in the place of what is inside. */
export function fill(place: Element, ...children: readonly Child[]): void {
  place.replaceChildren();
  addAll(place, children);
}

const shapes = {
  warning: 'M12 4 2.800 20h18.400zM12 10v4.500M12 17.300v.2',
  phone: 'M5 4h4l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1z',
  search: 'M11 4.500a6.500 6.500 0 1 0 0 13a6.500 6.500 0 0 0 0-13M16 16l4.500 4.500',
  right: 'M9 5.500l6.500 6.500L9 18.500',
  left: 'M15 5.500L8.500 12l6.500 6.500',
  back: 'M20 12H5M11 6l-6 6 6 6',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5.500l3.500 2',
  calendar: 'M5 5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1M4 10h16M8 3v4M16 3v4',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  card: 'M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1M8 10h8M8 14h5',
} as const;

const svg = 'http://www.w3.org/2000/svg';

/** Decoration only: the words beside it speak. */
export function icon(name: keyof typeof shapes, className = 'i'): SVGElement {
  return drawing({ 'class': className, 'viewBox': '0 0 24 24', 'aria-hidden': 'true' }, { d: shapes[name] });
}

/** A QR code as one path, dark on white also in the dark theme: phones read no other. */
export function qrCode(text: string, label: string): SVGElement {
  const { data, size } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return drawing({ 'class': 'qr', 'role': 'img', 'aria-label': label, 'viewBox': `0 0 ${size} ${size}`, 'shape-rendering': 'crispEdges' }, { d: path, fill: '#000' });
}

function drawing(attributes: Readonly<Record<string, string>>, path: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(svg, 'svg');
  setAll(made, attributes);
  const line = document.createElementNS(svg, 'path');
  setAll(line, path);
  made.append(line);
  return made;
}
