// Reads the FHIR R4 definitions from the CC0 package hl7.fhir.r4.examples, from which the tables of packages/fhir are made.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules/hl7.fhir.r4.examples');

export interface ElementDefinition {
  path: string;
  min: number;
  max: string;
  isSummary?: boolean;
  contentReference?: string;
  type?: { code: string; targetProfile?: string[]; extension?: { url: string; valueUrl?: string }[] }[];
  binding?: { strength: string; valueSet?: string };
}

export interface Definition {
  resourceType: string;
  url: string;
  name: string;
  [key: string]: unknown;
}

/** Every definition of one resource type in the package, ordered by file name. */
export function readDefinitions<T extends object = Definition>(resourceType: string): T[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${resourceType}-`) && name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T);
}

/** The head of every generated file: what made it and from what. */
export function generatedHead(tool: string): string {
  return `// Made by tools/fhir/${tool} from HL7 FHIR R4 (4.0.1) definitions (CC0). Do not edit: run \`node tools/fhir/${tool}\`.\n`;
}
