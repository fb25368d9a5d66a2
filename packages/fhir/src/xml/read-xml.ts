// A resource from FHIR XML (R4 xml.html §2.6.1), in the shape that its JSON has. Judges only what JSON could not show (attributes, loose text,
// namespaces, document types); the rest, unknown elements included, is left to the validator.
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { parseLossless } from '../json/lossless.ts';
import { isResourceType, structureOf, type Element, type Structure } from '../structure/structure.ts';
import { XmlError } from './xml-error.ts';
import { escapeAttribute, escapeText, isAttribute } from './write-xml.ts';

type Json = Record<string, unknown>;

/** The narrative that is being read: as it was written, and rebuilt for when it cannot stand as it was written. */
interface Xhtml {
  readonly parts: string[];
  readonly start: number;
  level: number;
}

/** An element that is open: where its children go. */
interface Open {
  readonly name: string;
  readonly structure: Structure | undefined;
  readonly object: Json;
  /** Puts the finished element into its parent. */
  readonly close: () => void;
  /** Holds one resource and nothing else: `contained`, `Bundle.entry.resource`. */
  readonly holdsResource: boolean;
}

const fhirNamespace = 'http://hl7.org/fhir';
const xhtmlNamespace = 'http://www.w3.org/1999/xhtml';

export interface XmlLimits {
  /** Levels of elements, and of elements within narrative. */
  readonly depth: number;
}

/** Reads an XML document into the resource that it holds. Throws XmlError for what is not FHIR XML. */
export function readXml(text: string, { depth }: XmlLimits): Json {
  const source = text.replace(/^\uFEFF/, '');
  const reader = new Reader(depth, source);
  const parser = new SaxesParser({ xmlns: true, position: true });
  const at = () => `line ${parser.line}, column ${parser.column}`;
  parser.on('error', (error) => {
    throw new XmlError(`The XML is not well-formed at ${at()}: ${error.message.replace(/^\d+:\d+: /, '').slice(0, 100)}`);
  });
  parser.on('doctype', () => {
    throw new XmlError('A document type is not allowed in FHIR XML.');
  });
  parser.on('opentag', (tag) => reader.open(tag, at, parser.position));
  parser.on('closetag', (tag) => reader.close(tag, parser.position));
  parser.on('text', (part) => reader.text(part, at));
  parser.on('cdata', (part) => reader.text(part, at));
  parser.write(source).close();
  return reader.result();
}

class Reader {
  readonly #depth: number;
  readonly #stack: Open[] = [];
  #resource: Json | undefined;
  readonly #source: string;
  #xhtml: Xhtml | undefined;

  constructor(depth: number, source: string) {
    this.#depth = depth;
    this.#source = source;
  }

  result(): Json {
    if (this.#resource === undefined) throw new XmlError('The document holds no resource.');
    return this.#resource;
  }

  open(tag: SaxesTagNS, at: () => string, position: number): void {
    if (this.#xhtml !== undefined) return this.#openXhtml(tag);
    if (this.#stack.length >= this.#depth) throw new XmlError(`The XML nests deeper than ${this.#depth} levels.`);
    const parent = this.#stack.at(-1);
    const element = parent?.structure?.elements.get(tag.local);
    if (element?.type.code === 'xhtml' && tag.uri === xhtmlNamespace) {
      this.#xhtml = { parts: [], start: this.#source.lastIndexOf(`<${tag.name}`, position - 1), level: 0 };
      return this.#openXhtml(tag);
    }
    if (tag.uri !== fhirNamespace) throw new XmlError(`<${tag.local}> at ${at()} is not in the namespace ${fhirNamespace}.`);
    if (parent === undefined || parent.holdsResource) this.#openResource(tag, parent, at);
    else this.#openElement(tag, parent, element, at);
  }

  close(tag: SaxesTagNS, position: number): void {
    if (this.#xhtml === undefined) return this.#stack.pop()?.close();
    if (!tag.isSelfClosing) this.#xhtml.parts.push(`</${tag.local}>`);
    if (--this.#xhtml.level > 0) return;
    const parent = this.#stack.at(-1)!;
    const written = this.#source.slice(this.#xhtml.start, position);
    put(parent.object, tag.local, standsAlone.test(written) && !borrows.test(written) ? written : this.#xhtml.parts.join(''));
    this.#xhtml = undefined;
  }

  text(part: string, at: () => string): void {
    if (this.#xhtml !== undefined) this.#xhtml.parts.push(escapeText(part));
    else if (part.trim() !== '') throw new XmlError(`Text between elements at ${at()}; a value belongs into the attribute "value".`);
  }

  #openXhtml(tag: SaxesTagNS): void {
    const xhtml = this.#xhtml!;
    const attributes = Object.values(tag.attributes).filter((attribute) => attribute.prefix !== 'xmlns' && attribute.name !== 'xmlns');
    const written = attributes.map((attribute) => ` ${attribute.name}="${escapeAttribute(attribute.value)}"`).join('');
    xhtml.parts.push(`<${tag.local}${xhtml.level === 0 ? ` xmlns="${xhtmlNamespace}"` : ''}${written}${tag.isSelfClosing ? '/' : ''}>`);
    xhtml.level++;
    // also because the parser looks for a namespace up through all levels
    if (xhtml.level > this.#depth) throw new XmlError(`The narrative nests deeper than ${this.#depth} levels.`);
  }

  #openResource(tag: SaxesTagNS, parent: Open | undefined, at: () => string): void {
    if (!isResourceType(tag.local)) throw new XmlError(`<${tag.local}> at ${at()} is not a resource type of R4.`);
    refuseAttributes(tag, [], at);
    const object: Json = { resourceType: tag.local };
    const close = () => {
      if (parent === undefined) this.#resource = object;
      else if (parent.object['resourceType'] === undefined) Object.assign(parent.object, object);
      else throw new XmlError(`<${parent.name}> at ${at()} holds more than one resource.`);
    };
    this.#stack.push({ name: tag.local, structure: structureOf(tag.local), object, close, holdsResource: false });
  }

  #openElement(tag: SaxesTagNS, parent: Open, element: Element | undefined, at: () => string): void {
    const code = element?.type.code ?? '';
    const structure = structureOf(code.startsWith('#') ? code.slice(1) : code);
    if (element === undefined || structure === undefined || (parent.structure !== undefined && isAttribute(parent.structure, element))) return this.#openUnknown(tag, parent);
    if (structure.kind === 'primitive') return this.#openPrimitive(tag, parent, element, at);
    const object: Json = {};
    const holdsResource = structure.path === 'Resource' || structure.kind === 'resource';
    refuseAttributes(tag, holdsResource ? [] : structure.path === 'Extension' ? ['id', 'url'] : ['id'], at);
    copyAttributes(tag, object);
    this.#stack.push({ name: tag.local, structure, object, holdsResource, close: () => add(parent.object, element, object) });
  }

  #openPrimitive(tag: SaxesTagNS, parent: Open, element: Element, at: () => string): void {
    refuseAttributes(tag, ['id', 'value'], at);
    const text = tag.attributes['value']?.value;
    const more: Json = {};
    if (tag.attributes['id'] !== undefined) more['id'] = tag.attributes['id'].value;
    const close = () => addPrimitive(parent.object, element, text === undefined ? undefined : jsonValue(element.type.code, text), more);
    this.#stack.push({ name: tag.local, structure: structureOf('Element'), object: more, close, holdsResource: false });
  }

  // Kept under its name, so that the validator says where it stands and what was probably meant.
  #openUnknown(tag: SaxesTagNS, parent: Open): void {
    put(parent.object, tag.local, tag.attributes['value']?.value ?? {});
    this.#stack.push({ name: tag.local, structure: undefined, object: {}, close: () => undefined, holdsResource: false });
  }
}

/** XHTML that means the same outside its document: its own namespace, no prefixes, no CDATA. */
const standsAlone = /^<div\s+xmlns=["']http:\/\/www\.w3\.org\/1999\/xhtml["']/;
const borrows = /<!\[CDATA\[|<\?|<\/?[\w.-]+:|\sxmlns:/;

function refuseAttributes(tag: SaxesTagNS, known: readonly string[], at: () => string): void {
  for (const { name, prefix, uri } of Object.values(tag.attributes)) {
    if (name === 'xmlns' || prefix === 'xmlns' || uri === 'http://www.w3.org/2001/XMLSchema-instance') continue;
    if (!known.includes(name)) throw new XmlError(`<${tag.local}> at ${at()} has an unknown attribute "${name.slice(0, 40)}".`);
  }
}

function copyAttributes(tag: SaxesTagNS, object: Json): void {
  for (const name of ['id', 'url']) if (tag.attributes[name] !== undefined) object[name] = tag.attributes[name].value;
}

function add(object: Json, element: Element, value: unknown): void {
  if (!element.many) return put(object, element.name, value);
  ((object[element.name] ??= []) as unknown[]).push(value);
}

// A second value where one is allowed becomes a list, which the validator refuses. An unknown element may have any name, `__proto__` too.
function put(object: Json, name: string, value: unknown): void {
  const known = Object.hasOwn(object, name) ? object[name] : undefined;
  if (Array.isArray(known)) known.push(value);
  else Object.defineProperty(object, name, { value: known === undefined ? value : [known, value], enumerable: true, writable: true, configurable: true });
}

// JSON keeps ids and extensions of primitives in a second list beside the values, with null where either has none (R4 json.html §2.6.2.2).
function addPrimitive(object: Json, element: Element, value: unknown, more: Json): void {
  const { name } = element;
  const extended = Object.keys(more).length > 0;
  if (!element.many) {
    if (value !== undefined) put(object, name, value);
    if (extended) put(object, `_${name}`, more);
    if (value === undefined && !extended) put(object, name, '');
    return;
  }
  const values = object[name] as unknown[] | undefined;
  const mores = object[`_${name}`] as unknown[] | undefined;
  const at = Math.max(values?.length ?? 0, mores?.length ?? 0);
  if (value !== undefined || !extended) object[name] = padded(values, at, value ?? '');
  else if (values !== undefined) padded(values, at, null);
  if (extended) object[`_${name}`] = padded(mores, at, more);
}

/** Puts a value at its place in a list; grown in place, since a copy for each of 100,000 repetitions takes minutes. */
function padded(list: unknown[] = [], length: number, last: unknown): unknown[] {
  while (list.length < length) list.push(null);
  list.push(last);
  return list;
}

const numeric = new Set(['decimal', 'integer', 'positiveInt', 'unsignedInt']);
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

// What is no number or boolean stays text, and the validator says so.
function jsonValue(code: string, text: string): unknown {
  if (code === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (numeric.has(code) && jsonNumber.test(text)) return parseLossless(text);
  return text;
}
