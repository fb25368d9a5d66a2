// Entries as AuditEvent, on demand (R4 auditevent.html; IHE BALP 1.1.3, from whose profiles the codings are), and AuditEvents from outside as entries.
import { parseLossless, type Resource } from '@sen/fhir';
import { patientKeyOf } from './fhir-audit-keys.ts';
import type { Entry, Outcome } from './audit/entry.ts';
import { kindOf } from './audit/kinds.ts';
import type { NamedPatient } from './audit/look-up-names.ts';
import type { Linked } from './audit/queries.ts';

const terminology = 'http://terminology.hl7.org/CodeSystem';
const dicom = 'http://dicom.nema.org/resources/ontology/DCM';
const balp = 'https://profiles.ihe.net/ITI/BALP/CodeSystem';

export interface EventNames {
  readonly actors: ReadonlyMap<string, { readonly name: string; readonly practitioner?: string }>;
  /** By key. */
  readonly patients: ReadonlyMap<string, NamedPatient>;
}

/** Id of the AuditEvent of an entry of our own. */
const eventIdOf = (seq: number): string => `audit-${seq}`;

export function seqOfEventId(id: string): number | undefined {
  const seq = /^audit-([1-9]\d{0,14})$/.exec(id)?.[1];
  return seq === undefined ? undefined : Number(seq);
}

/** Writes the AuditEvent of an entry; one that came from outside is given as it came. */
export function auditEventOf({ seq, entry }: Linked, names: EventNames): Resource {
  if (entry.resource !== undefined) return parseLossless(entry.resource) as Resource;
  const { at, action, outcome, code, status, purpose } = entry;
  const recorded = new Date(at).toISOString();
  return {
    resourceType: 'AuditEvent',
    id: eventIdOf(seq),
    meta: { versionId: '1', lastUpdated: recorded },
    ...typeOf(entry),
    action,
    recorded,
    outcome: String(outcome),
    ...(code === undefined && outcome === 0 ? {} : { outcomeDesc: [status, code].filter((part) => part !== undefined).join(' ') }),
    ...(entry.emergency === true || purpose !== undefined ? { purposeOfEvent: [coded(`${terminology}/v3-ActReason`, entry.emergency === true ? 'BTG' : (purpose ?? 'TREAT'))] } : {}),
    agent: agentsOf(entry, names),
    source: { observer: { display: 'Sen' }, type: [{ system: `${terminology}/security-source-type`, code: '4', display: 'Application Server' }] },
    ...entitiesOf(entry, names),
  } as Resource;
}

function typeOf({ kind }: Entry): object {
  const { type, subtype, en } = kindOf(kind);
  const typeSystem = type === 'rest' || type === 'object' ? `${terminology}/audit-event-type` : dicom;
  const subtypeSystem = type === 'rest' ? 'http://hl7.org/fhir/restful-interaction' : dicom;
  return { type: { system: typeSystem, code: type, display: en }, ...(subtype === undefined ? {} : { subtype: [{ system: subtypeSystem, code: subtype }] }) };
}

function agentsOf({ actor, actorKind, roles = [], practitioner, client, address, session }: Entry, { actors }: EventNames): object[] {
  const known = actors.get(actor);
  const person = practitioner ?? known?.practitioner;
  const who = person === undefined ? { identifier: { value: actor }, display: known?.name ?? actor } : { reference: `Practitioner/${person}`, identifier: { value: actor }, display: known?.name ?? actor };
  const requestor = {
    type: coded(`${terminology}/extra-security-role-type`, actorKind === undefined ? 'humanuser' : 'dataprocessor'),
    ...(roles.length === 0 ? {} : { role: roles.map((role) => ({ coding: [{ system: 'https://sen.vn/fhir/CodeSystem/role', code: role }] })) }),
    who, ...(session === undefined ? {} : { altId: session }), name: known?.name ?? actor, requestor: true,
    ...(address === undefined ? {} : { network: { address, type: '2' } }),
  };
  if (client === undefined) return [requestor];
  return [requestor, { type: coded(dicom, '110150'), who: { identifier: { value: client } }, name: client, requestor: false }];
}

function entitiesOf({ patients = [], touches = [], query, request }: Entry, names: EventNames): object {
  const object = { system: `${terminology}/audit-entity-type`, code: '2', display: 'System Object' };
  const entities = [
    ...patients.map((key) => ({
      what: { reference: `Patient/${names.patients.get(key)?.id ?? key}` },
      type: { system: `${terminology}/audit-entity-type`, code: '1', display: 'Person' },
      role: { system: `${terminology}/object-role`, code: '1', display: 'Patient' },
    })),
    ...touches.map((touch) => {
      const [type = '', id = '', version] = touch.slice(2).split('/');
      return { what: { reference: version === undefined ? `${type}/${id}` : `${type}/${id}/_history/${version}` }, type: object, role: { system: `${terminology}/object-role`, code: '4', display: 'Domain Resource' } };
    }),
    ...(query === undefined ? [] : [{ type: object, role: { system: `${terminology}/object-role`, code: '24', display: 'Query' }, query: Buffer.from(query).toString('base64') }]),
    ...(request === undefined ? [] : [{ what: { identifier: { value: request } }, type: { system: `${balp}/BasicAuditEntityType`, code: 'XrequestId' } }]),
  ];
  return entities.length === 0 ? {} : { entity: entities };
}

function coded(system: string, code: string): object {
  return { coding: [{ system, code }] };
}

interface Reference {
  readonly reference?: string;
  readonly identifier?: { readonly value?: string };
  readonly display?: string;
}
interface ForeignEvent {
  readonly id?: string;
  readonly recorded?: string;
  readonly action?: string;
  readonly outcome?: string;
  readonly agent?: readonly { readonly who?: Reference; readonly altId?: string; readonly name?: string; readonly requestor?: boolean; readonly network?: { readonly address?: string } }[];
  readonly entity?: readonly { readonly what?: Reference }[];
}

const longestName = 200;

/** The entry of an AuditEvent that a device or partner sent: its content is kept, its main facts can be searched. */
export function foreignEntry(resource: Readonly<Record<string, unknown>>, json: string, sender: string, request: string, now: number): Entry {
  const event = resource as ForeignEvent;
  const agent = event.agent?.find(({ requestor }) => requestor === true) ?? event.agent?.[0];
  const patients = (event.entity ?? []).flatMap(({ what }) => /(?:^|\/)Patient\/([A-Za-z0-9.-]{1,64})(?:\/|$)/.exec(what?.reference ?? '')?.[1] ?? []);
  const recorded = Date.parse(event.recorded ?? '');
  const address = agent?.network?.address;
  return {
    at: Number.isNaN(recorded) ? now : recorded,
    kind: 'foreign',
    action: event.action === 'C' || event.action === 'R' || event.action === 'U' || event.action === 'D' ? event.action : 'E',
    outcome: ([0, 4, 8, 12] as const).find((known) => String(known) === event.outcome) ?? (0 satisfies Outcome),
    actor: (agent?.who?.reference ?? agent?.who?.identifier?.value ?? agent?.altId ?? agent?.name ?? agent?.who?.display ?? 'unknown').slice(0, longestName),
    actorKind: 'device',
    ...(address === undefined ? {} : { address: address.slice(0, longestName) }),
    ...(patients.length === 0 ? {} : { patients: [...new Set(patients.map((id) => String(patientKeyOf(id))))] }),
    request,
    detail: { sender },
    ...(event.id === undefined ? {} : { foreignId: event.id }),
    resource: json,
  };
}
