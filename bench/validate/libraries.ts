// The libraries that a server in TypeScript would otherwise use, set up once: @medplum/core to validate, fhirpath to find search values.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import type { Resource } from '@sen/fhir';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';

const folder = dirname(createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'));

/** Validates by @medplum/core against R4's own StructureDefinitions; true when the resource passes. */
export function medplumValidator(): (resource: Resource) => boolean {
  const definitions = readAll('StructureDefinition-').filter((one) => one['derivation'] !== 'constraint');
  indexStructureDefinitionBundle(definitions as never);
  return (resource) => {
    try {
      validateResource(resource as never);
      return true;
    } catch {
      return false;
    }
  };
}

/** Evaluates the expressions of all of R4's search parameters for a type, each compiled once; gives the number of values. */
export function fhirpathExtractor(): (resource: Resource) => number {
  const parameters = readAll('SearchParameter-').filter((one) => typeof one['expression'] === 'string' && Array.isArray(one['base']));
  const byType = new Map<string, ((resource: Resource) => unknown)[]>();
  return (resource) => {
    const { resourceType } = resource;
    let compiled = byType.get(resourceType);
    if (compiled === undefined) {
      const own = parameters.filter((one) => (one['base'] as string[]).some((base) => [resourceType, 'Resource', 'DomainResource'].includes(base)));
      compiled = own.flatMap((one) => partsFor(String(one['expression']), resourceType)).map((expression) => fhirpath.compile(expression, r4, { async: false, traceFn: () => undefined }) as (resource: Resource) => unknown);
      byType.set(resourceType, compiled);
    }
    let values = 0;
    for (const evaluate of compiled) values += (evaluate(resource) as unknown[]).length;
    return values;
  };
}

/** The parts of a union that begin at the type: `Patient.name | Person.name` gives `Patient.name`. */
function partsFor(expression: string, type: string): string[] {
  // resolve() needs a server; without it the reference itself is the value
  const parts = expression.split('|').map((part) => part.trim().replace(/\.where\(resolve\(\) is \w+\)/, ''));
  return parts.filter((part) => new RegExp(`^\\(*(${type}|Resource)\\b`).test(part) && part.split('(').length === part.split(')').length);
}

function readAll(prefix: string): Record<string, unknown>[] {
  const files = readdirSync(folder).filter((file) => file.startsWith(prefix) && file.endsWith('.json'));
  return files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>);
}
