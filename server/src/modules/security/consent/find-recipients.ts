// Whom a consent may name.
import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { findResources, type Json } from '../ask-record.ts';
import { nameOf } from '../find-people.ts';
import { roles } from '../policy/roles.ts';
import type { Recipient } from './sharing.ts';

type Found = Recipient & { readonly detail?: string };
type Kind = Recipient['kind'];

const organizationTypes: Partial<Record<Kind, string>> = { hospital: 'prov', insurer: 'pay,ins', department: 'dept' };
const most = 30;

/** Finds those of a kind whose name holds the words; without words the first of them. */
export async function findRecipients(work: Work, kind: Kind, find: string): Promise<Found[]> {
  const words = find.trim();
  if (kind === 'everyone') return [everyone];
  if (kind === 'role') return roles.filter((role) => role.includes(words.toLowerCase())).map((role) => ({ kind, reference: role, name: role }));
  const query = new URLSearchParams({ _count: String(most), ...(words === '' ? {} : { 'name:contains': words }) });
  if (kind === 'person') return listOf(await ask(work, 'Practitioner', query), kind);
  query.set('type', organizationTypes[kind] ?? 'prov');
  query.set('_sort', 'name');
  return listOf(await ask(work, 'Organization', query), kind);
}

const everyone: Recipient = { kind: 'everyone', reference: '', name: '' };

/** Gives the one that is named, with the kind the record knows it by: an insurer stays one whatever it was called. */
export async function findRecipient(work: Work, kind: Kind, reference: string): Promise<Recipient> {
  if (kind === 'everyone') return everyone;
  if (kind === 'role' && (roles as readonly string[]).includes(reference)) return { kind, reference, name: reference };
  const [, type, id] = /^(Organization|Practitioner)\/([A-Za-z0-9\-.]{1,64})$/.exec(reference) ?? [];
  const [resource] = type === undefined ? [] : await ask(work, type, new URLSearchParams({ _id: id! }));
  if (resource === undefined) throw new Refusal('incorrect', 'security.no-such-recipient', { vi: 'Không tìm thấy nơi hoặc người này.', en: 'This place or person is not known.' });
  return { kind: type === 'Practitioner' ? 'person' : kindOf(resource), reference, name: nameOf(resource) };
}

async function ask(work: Work, type: string, query: URLSearchParams): Promise<readonly Json[]> {
  const [found = []] = await findResources.ask(asHouse(work), { type, query: query.toString() });
  return found;
}

function listOf(resources: readonly Json[], kind: Kind): Found[] {
  return resources.map((resource) => {
    const detail = (resource['address'] as { text?: string }[] | undefined)?.[0]?.text;
    return { kind, reference: `${String(resource['resourceType'])}/${String(resource['id'])}`, name: nameOf(resource), ...(detail === undefined ? {} : { detail }) };
  });
}

function kindOf(organization: Json): Kind {
  const types = organization['type'] as { coding?: { code?: string }[] }[] | undefined;
  const codes = new Set(types?.flatMap(({ coding = [] }) => coding.map(({ code }) => code)));
  if (codes.has('pay') || codes.has('ins')) return 'insurer';
  return codes.has('dept') ? 'department' : 'hospital';
}
