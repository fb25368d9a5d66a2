// The value set of all codes of each official list. The lists themselves are loaded apart, since they change by decision and day; which edition
// holds is judged on the day of asking.
import { packageDate, packageVersion } from './build-definition.ts';
import { canonical } from './canonical.ts';
import { nameOf } from './code-lists/code-system.ts';
import { codeLists } from './code-lists/lists.ts';

export interface ValueSet {
  readonly resourceType: 'ValueSet';
  readonly id: string;
  readonly url: string;
  readonly [element: string]: unknown;
}

export const valueSets: readonly ValueSet[] = [...new Map(codeLists.map((list) => [list.name, list])).values()].map(({ name, title, description }) => ({
  resourceType: 'ValueSet', id: name, language: 'vi', url: canonical('ValueSet', name), version: packageVersion, name: nameOf(name),
  title, status: 'active', date: packageDate, publisher: 'Sen', description, compose: { include: [{ system: canonical('CodeSystem', name) }] },
}));
