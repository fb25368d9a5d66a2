// The examples and definitions of the R4 specification (npm hl7.fhir.r4.examples 4.0.1), one resource a file.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseLossless, validateResource, type Resource } from '@sen/fhir';

const folder = dirname(createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'));

export type Example = Resource & { readonly id: string };

// Two thirds of the package are the definitions of R4 itself, alike: one in twelve of them will do. Its few Bundles of all definitions are left out.
const definition = /^(StructureDefinition|SearchParameter|ValueSet|CodeSystem|ConceptMap|OperationDefinition)-/;

/** The examples that keep the rules of R4 and have an id, each id of a type once, digits as written. */
export function readExamples(): Example[] {
  const all = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'package.json' && !file.startsWith('.'));
  const files = all.filter((file, i) => (!definition.test(file) || i % 12 === 0) && statSync(join(folder, file)).size < 500_000);
  const resources = files.map((file) => parseLossless(readFileSync(join(folder, file), 'utf8')) as Resource);
  const valid = resources.filter((one): one is Example => one.id !== undefined && validateResource(one).length === 0);
  return [...new Map(valid.map((one) => [`${one.resourceType}/${one.id}`, one])).values()];
}

export interface ParameterDefinition {
  readonly url: string;
  readonly code: string;
  readonly type: string;
  readonly base: readonly string[];
  readonly expression?: string;
}

/** R4's own definitions of its search parameters. */
export function readParameterDefinitions(): ParameterDefinition[] {
  const definitions = readdirSync(folder).filter((file) => file.startsWith('SearchParameter-') && !/-extensions-|example/.test(file));
  return definitions.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as ParameterDefinition).filter(({ base, expression }) => base !== undefined && expression !== undefined);
}
