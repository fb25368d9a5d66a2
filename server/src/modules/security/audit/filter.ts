// Which entries are asked for: as a condition on blocks, which may hold some, and as a judge of lines, which knows.
import { entryOf, type Entry, type Outcome } from './entry.ts';

export interface AuditFilter {
  /** ms since 1970; `to` is outside. */
  readonly from?: number;
  readonly to?: number;
  /** Ids of accounts; none of an empty list is found. */
  readonly actors?: readonly string[];
  /** Keys; about any of them. */
  readonly patients?: readonly bigint[];
  readonly actions?: readonly string[];
  readonly kinds?: readonly string[];
  readonly outcomes?: readonly Outcome[];
  /** Part of the door, the address or the request. */
  readonly door?: string;
  readonly address?: string;
  readonly request?: string;
  /** References that the entry names, such as `Observation/x`. */
  readonly touched?: readonly string[];
  readonly seq?: number;
  readonly foreignId?: string;
}

/** SQL on the columns of a block: where it holds, an entry may fit; where it does not, none does. */
export function blockCondition({ from, to, actors, patients, outcomes, seq, foreignId }: AuditFilter, values: unknown[]): string {
  const add = (value: unknown) => `$${values.push(value)}`;
  const parts = [
    from === undefined ? '' : `to_at >= ${add(from)}`,
    to === undefined ? '' : `from_at < ${add(to)}`,
    actors === undefined ? '' : `actors && ${add(actors)}::text[]`,
    patients === undefined ? '' : `patients && ${add(`{${patients.join(',')}}`)}::bigint[]`,
    outcomes === undefined || outcomes.includes(0) ? '' : 'refused + failed > 0',
    seq === undefined ? '' : `first_seq <= ${add(seq)} and last_seq >= ${add(seq)}`,
    foreignId === undefined ? '' : `foreign_ids @> ${add([foreignId])}::text[]`,
  ];
  return parts.filter((part) => part !== '').join(' and ') || 'true';
}

/** Whether the time alone decides. */
export function isTimeOnly({ from: _from, to: _to, ...rest }: AuditFilter): boolean {
  return Object.values(rest).every((value) => value === undefined);
}

/** What every line begins with (entry.ts, lineOf): enough to pass over most lines without reading them whole. */
const head = /^\{"at":(\d+),"kind":"([^"\\]*)","action":"(\w)","outcome":(\d+),/;

/** Makes the judge of a filter: it gives the entry of a line that fits, and undefined for one that does not. */
export function judgeOf(filter: AuditFilter): (line: string, seq: number) => Entry | undefined {
  const { from = -Infinity, to = Infinity, kinds, actions, outcomes, seq: place } = filter;
  const marks = marksOf(filter);
  const fits = fitting(filter);
  return (line, seq) => {
    if (place !== undefined && seq !== place) return undefined;
    const [, at, kind = '', action = '', outcome] = head.exec(line) ?? [];
    if (at !== undefined) {
      if (Number(at) < from || Number(at) >= to || kinds?.includes(kind) === false || actions?.includes(action) === false || outcomes?.includes(Number(outcome) as Outcome) === false) return undefined;
    }
    for (const some of marks) if (!some.some((mark) => line.includes(mark))) return undefined;
    const entry = entryOf(line);
    return fits(entry) ? entry : undefined;
  };
}

/** Texts of which a line that fits has one of each list. */
function marksOf({ actors, patients, address, request, foreignId, touched }: AuditFilter): string[][] {
  return [
    ...(actors === undefined || actors.length > 8 ? [] : [actors.map((actor) => JSON.stringify(actor))]),
    ...(patients === undefined ? [] : [patients.map((patient) => `"${patient}"`)]),
    ...[address, request, foreignId].flatMap((text) => (text === undefined ? [] : [[JSON.stringify(text)]])),
    ...(touched === undefined ? [] : [touched.map((text) => JSON.stringify(text).slice(1, -1))]),
  ];
}

function fitting({ from = -Infinity, to = Infinity, actors, patients, actions, kinds, outcomes, door, address, request, touched, foreignId }: AuditFilter): (entry: Entry) => boolean {
  const people = actors && new Set(actors);
  const about = patients && new Set(patients.map(String));
  const part = door?.toLowerCase();
  return (entry) => entry.at >= from && entry.at < to && people?.has(entry.actor) !== false && actions?.includes(entry.action) !== false && kinds?.includes(entry.kind) !== false
    && outcomes?.includes(entry.outcome) !== false && (about === undefined || entry.patients?.some((patient) => about.has(patient)) === true)
    && (part === undefined || entry.door?.toLowerCase().includes(part) === true) && (address === undefined || entry.address === address) && (request === undefined || entry.request === request)
    && (foreignId === undefined || entry.foreignId === foreignId) && (touched === undefined || entry.touches?.some((touch) => isTouched(touch.slice(2), touched)) === true);
}

function isTouched(named: string, wanted: readonly string[]): boolean {
  return wanted.some((one) => named === one || named.startsWith(`${one}/`));
}
