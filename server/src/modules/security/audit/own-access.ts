// Entries about one's own record, gathered into sentences: one for each person and stretch of time.
import type { OwnAccess } from '@sen/contracts';
import type { Entry } from './entry.ts';
import type { Emergency } from './queries.ts';
import { deedOf, purposeOf, thingsOf, usualPurpose, type Words } from './words.ts';

export interface ActorFace {
  readonly name: string;
  readonly roles: readonly string[];
  readonly place?: string;
}

export interface Known {
  /** Id of the account that asks. */
  readonly self: string;
  readonly faces: ReadonlyMap<string, ActorFace>;
  readonly emergencies: readonly Emergency[];
}

/** What one person does without a pause of this length is one access. */
const pauseMs = 30 * 60_000;

/** Newest first, as the entries are. */
export function accessesOf(entries: readonly Entry[], known: Known): OwnAccess[] {
  const groups: Entry[][] = [];
  const open = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = `${entry.actor}|${dayOf(entry.at)}|${entry.emergency === true}|${entry.outcome === 0}|${isChange(entry)}`;
    const last = open.get(key);
    if (last !== undefined && last.at(-1)!.at - entry.at < pauseMs) last.push(entry);
    else {
      const group = [entry];
      groups.push(group);
      open.set(key, group);
    }
  }
  return groups.map((group) => accessOf(group, known));
}

const isChange = ({ action }: Entry): boolean => action === 'C' || action === 'U' || action === 'D';

/** Day in Vietnam. */
function dayOf(at: number): string {
  return new Date(at + 7 * 3_600_000).toISOString().slice(0, 10);
}

function timeOf(at: number): string {
  return new Date(at + 7 * 3_600_000).toISOString().slice(11, 16);
}

function accessOf(group: readonly Entry[], { self, faces, emergencies }: Known): OwnAccess {
  const first = group.at(-1)!;
  const last = group[0]!;
  const face = faces.get(last.actor);
  const own = last.actor === self;
  const role = last.roles?.[0] ?? face?.roles[0];
  const emergency = group.some((entry) => entry.emergency === true || entry.kind === 'emergency') ? emergencyOf(last, emergencies) : undefined;
  return {
    from: new Date(first.at).toISOString(), to: new Date(last.at).toISOString(),
    actor: { name: nameOf(last, face), ...(role === undefined ? {} : { role }), ...(face?.place === undefined ? {} : { place: face.place }), own },
    sentence: sentenceOf(group, face, own, emergency !== undefined),
    count: group.length, refused: last.outcome !== 0,
    ...(emergency === undefined ? {} : { emergency: { reason: emergency } }),
    steps: group.map((entry) => ({ at: new Date(entry.at).toISOString(), ...deedOf(entry) })),
  };
}

function emergencyOf({ actor, at }: Entry, emergencies: readonly Emergency[]): string {
  return emergencies.findLast(({ account, from, until }) => account === actor && from <= at && at <= until + pauseMs)?.reason ?? '';
}

function nameOf({ actor }: Entry, face: ActorFace | undefined): string {
  if (actor === 'sen') return 'Hệ thống Sen';
  if (actor.startsWith('Subscription/')) return 'Hệ thống đã đăng ký nhận thông báo';
  if (actor === 'anonymous') return 'Người chưa đăng nhập';
  return face?.name ?? actor;
}

function sentenceOf(group: readonly Entry[], face: ActorFace | undefined, own: boolean, isEmergency: boolean): Words {
  const first = group.at(-1)!;
  const last = group[0]!;
  const name = own ? { vi: 'Chính bạn', en: 'You' } : { vi: nameOf(last, face), en: nameOf(last, face) };
  const where = own || face?.place === undefined ? '' : `, ${face.place},`;
  const [from, to] = [timeOf(first.at), timeOf(last.at)];
  const when = from === to ? { vi: `lúc ${from}`, en: `at ${from}` } : { vi: `từ ${from} đến ${to}`, en: `from ${from} to ${to}` };
  const deed = jointDeed(group);
  const purpose = own || last.actorKind === 'system' ? undefined : purposeOf(isEmergency ? 'BTG' : (last.purpose ?? usualPurpose(last.roles?.[0] ?? face?.roles[0])));
  const why = (language: keyof Words) => (purpose === undefined ? '' : `, ${purpose[language]}`);
  return { vi: `${name.vi}${where} ${deed.vi}, ${when.vi}${why('vi')}.`, en: `${name.en}${where} ${deed.en}, ${when.en}${why('en')}.` };
}

/** One deed for several entries of one kind: the things together. */
function jointDeed(group: readonly Entry[]): Words {
  const deeds = [...new Map(group.map((entry) => [deedOf(entry).vi, entry])).values()];
  if (deeds.length === 1) return deedOf(deeds[0]!);
  const reads = group.filter(({ action, kind }) => (action === 'R' || action === 'E') && kind !== 'export' && kind !== 'emergency');
  if (reads.length < group.length || group[0]!.outcome !== 0) return joined(deeds.map(deedOf).reverse());
  const things = [...new Map(reads.toReversed().flatMap(thingsOf).map((thing) => [thing.vi, thing])).values()];
  return { vi: `xem ${things.map(({ vi }) => vi).join(', ')}`, en: `looked at ${things.map(({ en }) => en).join(', ')}` };
}

function joined(words: readonly Words[]): Words {
  return { vi: words.map(({ vi }) => vi).join('; '), en: words.map(({ en }) => en).join('; ') };
}
