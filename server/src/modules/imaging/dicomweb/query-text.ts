// The query of a search (DICOM PS3.18 2024e, 8.3.4). Pure.
import { tagOf } from '@sen/dicom';
import { attributes, type Attribute } from '../query/attributes.ts';
import { wrongQuery } from './refusals.ts';

export interface SearchKeys {
  readonly keys: readonly { readonly attribute: Attribute; readonly values: readonly string[] }[];
  readonly limit: number;
  readonly offset: number;
  /** Attributes asked for that are not kept apart. */
  readonly unknown: readonly string[];
}

const mostMatches = 1_000;

export function searchKeys(query: Readonly<Record<string, unknown>>): SearchKeys {
  const keys: SearchKeys['keys'][number][] = [];
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (['limit', 'offset', 'includefield', 'fuzzymatching'].includes(name)) continue;
    const tag = /^[0-9a-f]{8}$/i.test(name) ? Number.parseInt(name, 16) : tagOf(name);
    const attribute = tag === undefined ? undefined : attributes.get(tag);
    if (attribute === undefined) unknown.push(name);
    else keys.push({ attribute, values: valuesOf(attribute, value) });
  }
  return { keys, unknown, limit: Math.min(whole(query, 'limit') ?? mostMatches, mostMatches), offset: whole(query, 'offset') ?? 0 };
}

function valuesOf({ matching, keyword }: Attribute, value: unknown): string[] {
  const values = (Array.isArray(value) ? value : [value]).map(String);
  if (values.some((one) => one.includes('\0') || one.length > 4_000)) throw wrongQuery(keyword);
  // Lists of UIDs stand with commas or with backslashes (8.3.4.1).
  return matching === 'uid' ? values.flatMap((one) => one.split(/[,\\]/)) : values;
}

function whole(query: Readonly<Record<string, unknown>>, name: 'limit' | 'offset'): number | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^\d{1,9}$/.test(value)) throw wrongQuery(name);
  return Number(value);
}
