// The narrative's XHTML (R4 §2.25.0.2, invariants txt-1 and txt-2): well-formed, text only, nothing that runs or loads code.

const elements = new Set(
  ('a abbr acronym address area b bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins kbd ' +
    'li map ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var').split(' '),
);
const attributes = new Set(
  ('abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char charoff charset cite class clear color cols colspan compact ' +
    'coords datetime dir face frame headers height href hreflang hspace id ismap lang longdesc name noshade nowrap rel rev rowspan rules scope shape size span src ' +
    'start style summary tabindex target title type usemap valign value vspace width xml:base xml:lang xml:space xmlns').split(' '),
);
const links = new Set(['href', 'src', 'longdesc', 'cite', 'usemap', 'xml:base']);
const activeStyle = /expression\s*\(|javascript:|vbscript:|behaviou?r\s*:|-moz-binding|@import/i;
const xhtml = 'http://www.w3.org/1999/xhtml';

const openName = /<([A-Za-z_][\w:.-]*)/y;
const closeTag = /<\/([A-Za-z_][\w:.-]*)\s*>/y;
const attributeStart = /\s+([A-Za-z_][\w:.-]*)\s*=\s*(["'])/y;
const tagEnd = /\s*(\/?)>/y;
const looseAmpersand = /&(?!(?:[A-Za-z][A-Za-z0-9]*|#\d+|#x[0-9A-Fa-f]+);)/;

interface Scan {
  readonly text: string;
  at: number;
  readonly open: string[];
  hasContent: boolean;
}

/** Says in English what forbids an XHTML text as a narrative; undefined when nothing does. */
export function narrativeProblem(div: string): string | undefined {
  const text = div.trim();
  if (!/^<div[\s>/]/.test(text)) return 'must be XHTML that begins with <div';
  const scan: Scan = { text, at: 0, open: [], hasContent: false };
  while (scan.at < text.length) {
    const problem = text.charCodeAt(scan.at) === 60 ? readMarkup(scan) : readText(scan);
    if (problem !== undefined) return problem;
    if (scan.open.length === 0) break;
  }
  if (scan.open.length > 0) return `is not well-formed: <${String(scan.open.at(-1))}> is not closed`;
  if (scan.at < text.length) return 'must be one <div> with nothing after it';
  return scan.hasContent ? undefined : 'must contain some text or an image';
}

function readText(scan: Scan): string | undefined {
  const next = scan.text.indexOf('<', scan.at);
  const part = scan.text.slice(scan.at, next === -1 ? undefined : next);
  scan.at += part.length;
  if (!scan.hasContent && /\S/.test(part)) scan.hasContent = true;
  return looseAmpersand.test(part) ? 'is not well-formed: write & as &amp;' : undefined;
}

function readMarkup(scan: Scan): string | undefined {
  const { text, at } = scan;
  if (text.startsWith('<!--', at)) return readComment(scan);
  if (text.startsWith('</', at)) return readClose(scan);
  if (text.startsWith('<!', at) || text.startsWith('<?', at)) return 'must not contain a document type, CDATA or processing instruction';
  return readOpen(scan);
}

function readComment(scan: Scan): string | undefined {
  const end = scan.text.indexOf('-->', scan.at + 4);
  if (end === -1) return 'is not well-formed: a comment is not closed';
  scan.at = end + 3;
  return undefined;
}

function readClose(scan: Scan): string | undefined {
  const name = match(closeTag, scan)?.[1];
  if (name === undefined) return 'is not well-formed: a closing tag is cut short';
  const expected = scan.open.pop();
  return name === expected ? undefined : `is not well-formed: </${name.slice(0, 20)}> closes <${String(expected)}>`;
}

function readOpen(scan: Scan): string | undefined {
  const name = match(openName, scan)?.[1];
  if (name === undefined) return 'is not well-formed: write < as &lt;';
  if (!elements.has(name)) return `must not contain <${name.slice(0, 20)}>: only the formatting elements of HTML 4 chapters 7 to 11 and 15, in lower case`;
  if (name === 'img') scan.hasContent = true;
  for (;;) {
    const attribute = match(attributeStart, scan);
    if (attribute === undefined) break;
    const problem = readAttribute(scan, attribute[1] as string, attribute[2] as string);
    if (problem !== undefined) return problem;
  }
  const end = match(tagEnd, scan);
  if (end === undefined) return `is not well-formed: the attributes of <${name}> cannot be read (each needs a quoted value)`;
  if (end[1] === '') scan.open.push(name);
  return undefined;
}

function readAttribute(scan: Scan, name: string, quote: string): string | undefined {
  const end = scan.text.indexOf(quote, scan.at);
  if (end === -1) return 'is not well-formed: an attribute value is not closed';
  const value = scan.text.slice(scan.at, end);
  scan.at = end + 1;
  if (value.includes('<')) return 'is not well-formed: write < as &lt; in an attribute';
  if (name.startsWith('xmlns:')) return undefined;
  if (!attributes.has(name)) return `must not contain the attribute ${name.slice(0, 20)}: no events, scripts or unknown attributes`;
  if (name === 'xmlns' && value !== xhtml) return `must have the namespace ${xhtml}`;
  if (links.has(name) && isActiveLink(value)) return `must not contain active content in ${name}`;
  if (name === 'style' && activeStyle.test(plain(value))) return 'must not contain active content in style';
  return undefined;
}

function isActiveLink(value: string): boolean {
  // Browsers skip white space and control characters inside a scheme, so they are dropped before looking.
  const link = [...plain(value)].filter((character) => character > ' ').join('').toLowerCase();
  return /^(?:javascript|vbscript|livescript|mocha):/.test(link) || (link.startsWith('data:') && !/^data:image\/(?:png|gif|jpe?g|webp|bmp)[;,]/.test(link));
}

function plain(value: string): string {
  if (!value.includes('&')) return value;
  return value
    .replace(/&#x([0-9A-Fa-f]{1,6});?/g, (_, hex: string) => character(parseInt(hex, 16)))
    .replace(/&#(\d{1,7});?/g, (_, digits: string) => character(Number(digits)))
    .replace(/&colon;/gi, ':')
    .replace(/&(?:tab|newline);/gi, ' ')
    .replace(/&amp;/gi, '&');
}

function character(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : '';
}

function match(pattern: RegExp, scan: Scan): RegExpExecArray | undefined {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text);
  if (found === null) return undefined;
  scan.at = pattern.lastIndex;
  return found;
}
