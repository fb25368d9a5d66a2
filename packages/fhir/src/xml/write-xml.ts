// FHIR XML from a resource as JSON gives it (R4 xml.html §2.6.1, json.html §2.6.2): elements in the order of the definition, as its schema asks.
import { decodeHTMLStrict } from 'entities';
import { isNumber, numberText } from '../json/lossless.ts';
import { isResourceType, structureOf, type Element, type Structure } from '../structure/structure.ts';
import { isWellFormed } from './well-formed.ts';

type Json = Readonly<Record<string, unknown>>;

const fhirNamespace = 'http://hl7.org/fhir';

/** The resource as an XML document. It must be valid: what its structure does not know is left out. */
export function writeXml(resource: Json): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${resourceXml(resource, ` xmlns="${fhirNamespace}"`)}`;
}

function resourceXml(resource: Json, attributes = ''): string {
  const type = String(resource['resourceType']);
  const structure = isResourceType(type) ? structureOf(type) : undefined;
  return structure === undefined ? '' : wrapped(type, attributes, childrenOf(structure, resource));
}

function childrenOf(structure: Structure, object: Json): string {
  let children = '';
  for (const element of structure.elements.values()) {
    if (isAttribute(structure, element)) continue;
    const value = object[element.name];
    const more = object[`_${element.name}`];
    if (value === undefined && more === undefined) continue;
    children += element.many ? repeated(element, value, more) : one(element, value, more);
  }
  return children;
}

/** Element.id and Extension.url are attributes; the id of a resource is an element (R4 xml.html §2.6.1). */
export function isAttribute(structure: Structure, { name }: Element): boolean {
  return (name === 'id' && structure.kind !== 'resource') || (name === 'url' && structure.path === 'Extension');
}

function repeated(element: Element, value: unknown, more: unknown): string {
  const values = Array.isArray(value) ? (value as unknown[]) : [];
  const mores = Array.isArray(more) ? (more as unknown[]) : [];
  let text = '';
  for (let i = 0; i < Math.max(values.length, mores.length); i++) text += one(element, values[i], mores[i]);
  return text;
}

function one(element: Element, value: unknown, more: unknown): string {
  const { name, type: { code } } = element;
  if (code === 'xhtml') return typeof value === 'string' ? narrative(value) : '';
  const structure = structureOf(code.startsWith('#') ? code.slice(1) : code);
  if (structure === undefined) return '';
  if (structure.kind === 'primitive') return primitive(name, value, more);
  if (!isObject(value)) return '';
  if (structure.path === 'Resource' || structure.kind === 'resource') return wrapped(name, '', resourceXml(value));
  return wrapped(name, attributesOf(structure, value), childrenOf(structure, value));
}

function primitive(name: string, value: unknown, more: unknown): string {
  const hasValue = value !== undefined && value !== null;
  const extended = isObject(more) ? more : {};
  const text = isNumber(value) ? numberText(value) : String(value);
  const attributes = attributesOf(elementStructure(), extended) + (hasValue ? ` value="${escapeAttribute(text)}"` : '');
  const children = childrenOf(elementStructure(), extended);
  return attributes === '' && children === '' ? '' : wrapped(name, attributes, children);
}

function elementStructure(): Structure {
  return structureOf('Element')!;
}

function attributesOf(structure: Structure, object: Json): string {
  const id = typeof object['id'] === 'string' ? ` id="${escapeAttribute(object['id'])}"` : '';
  return structure.path === 'Extension' ? `${id} url="${escapeAttribute(String(object['url']))}"` : id;
}

function wrapped(name: string, attributes: string, children: string): string {
  return children === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${children}</${name}>`;
}

const special = /[&<>"\t\n\r]/g;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };

/** Text as the value of an attribute in double quotes; tabs and line ends by number, which a parser would turn into spaces (XML 1.0 §3.3.3). */
export function escapeAttribute(text: string): string {
  return text.replace(special, (character) => escapes[character] as string).replace(noXml, '\uFFFD');
}

/** Text between tags. */
export function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => escapes[character] as string);
}

/** Characters that no XML document can hold, not even by number (XML 1.0 §2.2). */
const noXml = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate}/gu;

const namedEntity = /&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]*;/g;

// The validator of narrative is more patient than a parser of XML: what that would refuse is shown as the text that it is, so that nothing is lost.
function narrative(xhtml: string): string {
  const written = withNumericEntities(xhtml).replace(noXml, '\uFFFD');
  return isWellFormed(written) ? written : `<div xmlns="http://www.w3.org/1999/xhtml"><pre>${escapeText(xhtml).replace(noXml, '\uFFFD')}</pre></div>`;
}

/** XHTML whose named entities (`&nbsp;`), which XML without a document type does not know, are written by number. */
function withNumericEntities(xhtml: string): string {
  return xhtml.replace(namedEntity, (entity) => [...decodeHTMLStrict(entity)].map((character) => (character === '&' ? '&amp;' : `&#${character.codePointAt(0)};`)).join(''));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumber(value);
}
