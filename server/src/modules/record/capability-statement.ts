// What this server can do, told from the very tables that do it. R4 §5.2.
import { compartmentNames, resourceTypes, searchParametersOf, searchParametersVersion, type SearchParameter } from '@sen/fhir';
import about from '../../../package.json' with { type: 'json' };
import type { Operation, OperationTable } from '../../platform/operation.ts';
import { auditEventParameters } from '../security/index.ts';
import { addedToRest, addedToStatement, addedToType } from './added-capabilities.ts';
import { specialParameters } from './search/special.ts';
import { unknownMode } from './refusals.ts';

export interface Capabilities {
  /** Absolute address of the FHIR endpoint, without a slash at the end. */
  readonly base: string;
  readonly conditionalDeleteMax: number;
  readonly operations: OperationTable;
}

const written = new Map<string, Buffer>();
let since = new Date().toISOString();
let madeFor = searchParametersVersion();

/** The CapabilityStatement as JSON; made once for each address under which the server is known, and anew when custom search parameters change. */
export function capabilityStatement(capabilities: Capabilities, mode: string | null): Buffer {
  if (mode !== null && mode !== 'full' && mode !== 'normative') throw unknownMode(mode);
  if (madeFor !== searchParametersVersion()) forget();
  const known = written.get(capabilities.base);
  if (known !== undefined) return known;
  const json = Buffer.from(JSON.stringify(statement(capabilities)));
  if (written.size < 16) written.set(capabilities.base, json);
  return json;
}

function forget(): void {
  written.clear();
  revIncludesByTarget = undefined;
  since = new Date().toISOString();
  madeFor = searchParametersVersion();
}

function statement({ base, conditionalDeleteMax, operations }: Capabilities): object {
  const all = [...operations.values()].flat();
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: since,
    kind: 'instance',
    ...addedToStatement(),
    software: { name: 'Sen', version: about.version },
    implementation: { description: 'Sen, the record of the hospital', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'application/fhir+xml', 'json', 'xml'],
    patchFormat: ['application/json-patch+json', 'application/fhir+json', 'application/fhir+xml'],
    rest: [
      {
        ...addedToRest(base),
        mode: 'server',
        security: security(base),
        resource: resourceTypes.map((type) => resource(type, conditionalDeleteMax, all)),
        interaction: ['transaction', 'batch', 'search-system', 'history-system'].map((code) => ({ code })),
        searchParam: searchParams('Resource'),
        ...named(all.filter(({ system }) => system === true)),
        compartment: compartmentNames.map((name) => `http://hl7.org/fhir/CompartmentDefinition/${name.toLowerCase()}`),
      },
    ],
  };
}

/** SMART App Launch 2.2.0, "Declaring support"; where to go is told again, better, by [base]/.well-known/smart-configuration. */
function security(base: string): object {
  const oidc = base.replace(/\/fhir\/R4$/, '/oidc');
  const addresses = [['authorize', 'authorize'], ['token', 'token'], ['introspect', 'introspect'], ['revoke', 'revoke'], ['register', 'register']];
  return {
    extension: [{ url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris', extension: addresses.map(([url, path]) => ({ url, valueUri: `${oidc}/${path}` })) }],
    cors: true,
    service: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }], text: 'OAuth2 using SMART on FHIR' }],
    description: 'Every interaction but this statement needs a token: Authorization: Bearer <token>.',
  };
}

const interactions = ['read', 'vread', 'update', 'patch', 'delete', 'history-instance', 'history-type', 'create', 'search-type'].map((code) => ({ code }));

function resource(type: string, conditionalDeleteMax: number, operations: readonly Operation[]): object {
  return {
    ...addedToType(type),
    type,
    profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
    interaction: interactions,
    versioning: 'versioned',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalRead: 'full-support',
    conditionalUpdate: true,
    conditionalDelete: conditionalDeleteMax > 1 ? 'multiple' : 'single',
    referencePolicy: ['literal', 'logical', 'local'],
    ...linksOf(type),
    searchParam: searchParams(type),
    ...named(operations.filter(({ types, instances }) => [types, instances].some((level) => level === 'every' || level?.includes(type) === true))),
  };
}

function named(operations: readonly Operation[]): { operation?: object[] } {
  return operations.length === 0 ? {} : { operation: operations.map(({ code, definition }) => ({ name: code, definition })) };
}

function searchParams(type: string): object[] {
  if (type === 'AuditEvent') return [...searchParametersOf(type).values()].filter(({ code }) => auditEventParameters.includes(code)).map(told);
  const asked = [...searchParametersOf(type).values()].map(told);
  return [...asked, ...specialParameters()];
}

function told({ code, type, definition }: SearchParameter): object {
  return { name: code, ...(definition === undefined ? {} : { definition }), type };
}

// AuditEvents are answered by the audit, which follows no references.
function linksOf(type: string): object {
  return type === 'AuditEvent' ? {} : { searchInclude: includesOf(type), searchRevInclude: ['*', ...(revIncludes().get(type) ?? [])] };
}

function includesOf(type: string): string[] {
  const references = [...searchParametersOf(type).values()].filter((parameter) => parameter.type === 'reference');
  return ['*', ...references.map((parameter) => `${type}:${parameter.code}`)];
}

let revIncludesByTarget: Map<string, string[]> | undefined;

function revIncludes(): ReadonlyMap<string, string[]> {
  if (revIncludesByTarget !== undefined) return revIncludesByTarget;
  const byTarget = new Map<string, string[]>(resourceTypes.map((type) => [type, []]));
  for (const type of resourceTypes.filter((one) => one !== 'AuditEvent')) {
    for (const { code, type: kind, targets } of searchParametersOf(type).values()) {
      if (kind !== 'reference') continue;
      for (const target of targets.includes('*') ? resourceTypes : targets) byTarget.get(target)?.push(`${type}:${code}`);
    }
  }
  revIncludesByTarget = byTarget;
  return byTarget;
}
