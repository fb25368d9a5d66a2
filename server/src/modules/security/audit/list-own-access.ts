import type { OwnAccess } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { findResources } from '../ask-record.ts';
import { asHouse } from '../../../platform/as-house.ts';
import { patientKeyOf } from '../fhir-audit-keys.ts';
import { nameOf } from '../find-people.ts';
import { checkOwn, ownPatients } from '../own-patients.ts';
import type { AuditFilter } from './filter.ts';
import { lookUpActors, lookUpPatients, withoutTrail, type NamedPatient } from './look-up-names.ts';
import { accessesOf, type ActorFace } from './own-access.ts';
import { everyone } from './record-audit.ts';
import { loadEmergencies, pageOf } from './queries.ts';
import { instantOf, placeOf, settleAudit } from './search-audit.ts';

export interface OwnQuestion {
  readonly patient?: string;
  readonly from?: string;
  readonly to?: string;
  readonly only?: 'others' | 'emergency' | 'changes';
  readonly page?: string;
}

export interface OwnAccessPage {
  readonly patient?: NamedPatient;
  readonly patients: NamedPatient[];
  readonly accesses: OwnAccess[];
  readonly next?: string;
}

const pageEntries = 400;

/**
 * Tells who looked at, changed or exported a person's own record: every entry there is, those of colleagues, systems and the person too, in plain
 * sentences, newest first. Refuses somebody else's record as not there.
 */
export async function listOwnAccess(work: Work, question: OwnQuestion): Promise<OwnAccessPage> {
  const own = ownPatients(work.actor);
  const patientId = question.patient ?? own[0];
  if (patientId === undefined) throw noOwnRecord();
  checkOwn(work.actor, patientId);
  await settleAudit();
  const patients = await lookUpPatients(work, own.map((id) => String(patientKeyOf(id))));
  const found = await pageOf(work.db, filterOf(question, patientId), pageEntries + 1, question.page === undefined ? undefined : placeOf(question.page));
  const page = found.slice(0, pageEntries);
  const faces = await facesOf(work, page.map(({ entry }) => entry.actor));
  const emergencies = await loadEmergencies(work.db, patientId);
  const accesses = accessesOf(page.map(({ entry }) => entry), { self: work.actor.id, faces, emergencies }).filter((access) => fits(access, question.only));
  const last = page.at(-1);
  const named = [...patients.values()];
  const shown = named.find(({ id }) => id === patientId);
  return { ...(shown === undefined ? {} : { patient: shown }), patients: named, accesses, ...(found.length > pageEntries && last !== undefined ? { next: `${last.at}.${last.seq}` } : {}) };
}

function filterOf({ from, to, only }: OwnQuestion, patientId: string): AuditFilter {
  return {
    // also what concerned everybody, such as an export of the whole record
    patients: [patientKeyOf(patientId), BigInt(everyone)],
    ...(from === undefined ? {} : { from: instantOf(from) }), ...(to === undefined ? {} : { to: instantOf(to, true) }),
    ...(only === 'changes' ? { actions: ['C', 'U', 'D'] } : {}),
  };
}

function fits({ actor, emergency }: OwnAccess, only: OwnQuestion['only']): boolean {
  if (only === 'others') return !actor.own;
  return only !== 'emergency' || emergency !== undefined;
}

/** Names, roles and departments of those who acted. */
async function facesOf(work: Work, ids: readonly string[]): Promise<Map<string, ActorFace>> {
  const actors = await lookUpActors(work, ids);
  const organizations = [...new Set([...actors.values()].flatMap(({ places }) => places.filter((place) => place.startsWith('Organization/'))))];
  const names = new Map<string, string>();
  if (organizations.length > 0) {
    const query = `_id=${organizations.map((place) => place.slice('Organization/'.length)).slice(0, 100).join(',')}&_count=100&_elements=name`;
    const [found = []] = await findResources.ask(asHouse(withoutTrail(work)), { type: 'Organization', query });
    for (const organization of found) names.set(`Organization/${String(organization['id'])}`, nameOf(organization));
  }
  return new Map([...actors].map(([id, { name, roles, places }]) => [id, { name, roles, ...placeName(places, names) }]));
}

function placeName(places: readonly string[], names: ReadonlyMap<string, string>): { place?: string } {
  const place = places.map((one) => names.get(one)).find((name) => name !== undefined);
  return place === undefined ? {} : { place };
}

function noOwnRecord(): Refusal {
  return new Refusal('not-found', 'security.no-own-record', { vi: 'Tài khoản này chưa gắn với hồ sơ người bệnh nào.', en: 'No patient record belongs to this account.' });
}
