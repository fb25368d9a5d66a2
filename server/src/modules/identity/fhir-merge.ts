// What a merge writes: references turned to the kept record, and the two Patients themselves (R4 patient.html §8.1.4, Patient.link).
import { parseLossless, type Resource } from '@sen/fhir';
import type { MergeField } from '@sen/contracts';

type Json = Record<string, unknown>;
interface Numbered {
  system?: string;
  value?: string;
  use?: string;
}

/** The same resource with every reference to one patient turned to another; one to a past version (`…/_history/3`) stays: it names what stood there. */
export function turnedTo(json: Buffer, from: string, to: string): Resource {
  const [old, now] = [`Patient/${from}`, `Patient/${to}`];
  const turn = (value: unknown, key?: string): unknown => {
    if (typeof value === 'string') return key === 'reference' && value === old ? now : value;
    if (Array.isArray(value)) return value.map((item) => turn(item));
    if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, turn(item, name)]));
  };
  return turn(parseLossless(json.toString())) as Resource;
}

/** The record that stays: with the other's numbers (its hospital number as an old one, so that it is still found), the fields chosen, and the link. */
export function keptPatient(kept: Resource, gone: Resource, take: readonly MergeField[]): Resource {
  const [own, other] = [listOf<Numbered>(kept['identifier']), listOf<Numbered>(gone['identifier'])];
  const systems = new Set(own.filter(({ use }) => use !== 'old').map(({ system }) => system));
  const added = other.filter((one) => !own.some((had) => had.system === one.system && had.value === one.value)).map((one) => (systems.has(one.system) ? { ...one, use: 'old' } : one));
  const taken = Object.fromEntries(take.flatMap((field) => elementsOf[field].map((element) => [element, gone[element]])).filter(([, value]) => value !== undefined));
  return {
    ...kept, ...taken,
    ...(own.length + added.length > 0 && { identifier: [...own, ...added] }),
    link: [...listOf<Json>(kept['link']), { other: { reference: `Patient/${gone.id}` }, type: 'replaces' }],
  };
}

/** The record that goes: no longer in use, and says where to look. */
export function gonePatient(gone: Resource, keptId: string): Resource {
  return { ...gone, active: false, link: [...listOf<Json>(gone['link']), { other: { reference: `Patient/${keptId}` }, type: 'replaced-by' }] };
}

/** A kept record that has been changed since the merge: what the merge brought goes, what was changed stays. */
export function partedPatient(now: Resource, before: Resource, goneId: string): Resource {
  const had = listOf<Numbered>(before['identifier']);
  const brought = listOf<Numbered>(now['identifier']);
  const merged = new Set(brought.filter((one) => one.use === 'old' && !had.some(({ system, value }) => system === one.system && value === one.value)));
  return withLinks({ ...now, ...(brought.length > 0 && { identifier: brought.filter((one) => !merged.has(one)) }) }, goneId);
}

/** A record that was gone and has been changed all the same: in use again. */
export function revivedPatient(now: Resource, keptId: string): Resource {
  return withLinks({ ...now, active: true }, keptId);
}

export function parsed(json: Buffer): Resource {
  return parseLossless(json.toString()) as Resource;
}

function withLinks(patient: Resource, other: string): Resource {
  const { link, ...rest } = patient as Resource & { link?: unknown };
  const links = listOf<{ other?: { reference?: string } }>(link).filter((one) => one.other?.reference !== `Patient/${other}`);
  return (links.length === 0 ? rest : { ...rest, link: links }) as Resource;
}

const elementsOf: Readonly<Record<MergeField, readonly string[]>> = { name: ['name'], sex: ['gender'], birthDate: ['birthDate', '_birthDate'], address: ['address'], phone: ['telecom'] };

function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}
