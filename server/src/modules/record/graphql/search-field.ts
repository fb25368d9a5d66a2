import { isNumber, numberText, parseLossless, searchParametersOf, type Resource } from '@sen/fhir';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { search } from '../search/search.ts';
import type { Budget } from './budget.ts';
import type { Field } from './fields.ts';
import { GraphqlError } from './graphql-error.ts';

export interface SearchField {
  readonly type: string;
  readonly connection: boolean;
}

/** What a `PatientList` or `PatientConnection` found. */
export interface FoundPage {
  readonly resources: readonly Resource[];
  readonly total?: number;
  readonly next?: string;
}

type Path = readonly (string | number)[];

/** Searches with a field's arguments as search parameters, `_` for `-` (R4 graphql.html §3.4.1.6); `about` is the resource that `_reference` points to. */
export async function searchField(work: Work, budget: Budget, field: Field, { type, connection }: SearchField, about: string | undefined, path: Path): Promise<FoundPage> {
  const query = queryOf(field, type, about, path);
  if (connection && field.selections.some((one) => one.kind === 'Field' && one.name.value === 'count')) query.set('_total', 'accurate');
  budget.spend('searches', 1);
  try {
    const page = await search(work, type, query, { lenient: false });
    const found = page.entries.filter((entry) => entry.mode === 'match');
    budget.spend('resources', found.length);
    return {
      resources: found.map((entry) => parseLossless(entry.json.toString()) as Resource),
      ...(page.total === undefined ? {} : { total: page.total }),
      ...(page.next === undefined ? {} : { next: page.next }),
    };
  } catch (error) {
    if (error instanceof Refusal) throw new GraphqlError(error.issues[0]?.diagnostics ?? error.text.en, field.node, path);
    throw error;
  }
}

function queryOf(field: Field, type: string, about: string | undefined, path: Path): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of field.arguments) {
    if (name === '_reference') continue;
    query.append(name === '_cursor' ? '_page' : parameterName(type, name), textOf(field, name, value, path));
  }
  if (about === undefined) return query;
  const link = field.arguments.get('_reference');
  if (typeof link !== 'string') throw new GraphqlError(`"${field.name}" needs _reference: the search parameter by which a ${type} points here.`, field.node, path);
  query.append(parameterName(type, link), about);
  return query;
}

function parameterName(type: string, name: string): string {
  if (searchParametersOf(type).has(name) || !name.includes('_', 1)) return name;
  return name.charAt(0) + name.slice(1).replaceAll('_', '-');
}

function textOf(field: Field, name: string, value: unknown, path: Path): string {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) => simpleText(field, name, one, path)).join(',');
}

function simpleText(field: Field, name: string, value: unknown, path: Path): string {
  if (isNumber(value)) return numberText(value);
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  throw new GraphqlError(`"${name}" of "${field.name}" takes a simple value.`, field.node, path);
}
