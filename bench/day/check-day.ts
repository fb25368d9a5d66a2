// After the day: is everybody accounted for, was a seat given twice, was a message sent twice?
import type { House } from '../../server/src/platform/module.ts';
import type { DayLog } from './play.ts';
import type { Received } from './phones.ts';
import type { StagedPerson } from './stage.ts';

export interface DayOutcome {
  readonly visits: number;
  readonly finished: number;
  readonly noShows: number;
  readonly booked: number;
  /** Of booked people who came: with the doctor no later than 15 minutes after their slot (after arrival, where that was later). */
  readonly onTime: number;
  readonly onTimeOf: number;
  readonly messages: number;
  readonly medianWaitMinutes: number;
  readonly p90WaitMinutes: number;
}

interface Given {
  readonly people: readonly StagedPerson[];
  readonly log: DayLog;
  readonly messages: readonly Received[];
  readonly midnight: number;
}

/** Holds what the server has against what the generator saw. `findings` is empty when the day adds up. */
export async function checkDay(house: House, { people, log, messages, midnight }: Given): Promise<{ findings: string[]; outcome: DayOutcome }> {
  const findings: string[] = log.problems.slice(0, 10);
  const find = (isWrong: boolean, text: string) => void (isWrong && findings.push(text));
  const came = people.filter(({ shaped }) => shaped.booked?.comes !== false);
  const visits = await rowsOf<{ status: string; count: number }>(house, 'SELECT state AS status, count(*)::int AS count FROM encounters.visit GROUP BY 1');
  const total = visits.reduce((sum, { count }) => sum + count, 0);
  const finished = visits.find(({ status }) => status === 'done')?.count ?? 0;
  find(total !== came.length, `${came.length} came, ${total} visits are in the record`);
  find(finished !== came.length, `${finished} of ${came.length} visits are finished (${visits.map(({ status, count }) => `${status} ${count}`).join(', ')})`);
  find(log.ended.size !== came.length, `${log.ended.size} of ${came.length} were seen to their end`);
  const twice = await rowsOf<{ count: number }>(house, `SELECT count(*)::int AS count FROM booking.claim a JOIN booking.claim b ON a.session_id = b.session_id AND a.lane = b.lane AND a.id < b.id AND a.during && b.during WHERE a.state = 'booked' AND b.state = 'booked'`);
  find(twice[0]?.count !== 0, `${twice[0]?.count} pairs of appointments share a seat`);
  const tickets = await rowsOf<{ count: number }>(house, 'SELECT count(*)::int AS count FROM (SELECT FROM encounters.visit GROUP BY facility, day, letter, number HAVING count(*) > 1) t');
  find(tickets[0]?.count !== 0, `${tickets[0]?.count} numbers were given twice`);
  const same = new Map<string, number>();
  for (const { to, text } of messages) same.set(`${to} ${text}`, (same.get(`${to} ${text}`) ?? 0) + 1);
  const again = [...same].filter(([, count]) => count > 1);
  find(again.length > 0, `${again.length} messages were sent twice, such as: ${again[0]?.[0].slice(0, 200)}`);
  return { findings, outcome: { ...outcomeOf(came, log, midnight), visits: total, finished, booked: people.filter(({ shaped }) => shaped.booked !== undefined).length, noShows: people.length - came.length, messages: messages.length } };
}

function outcomeOf(came: readonly StagedPerson[], log: DayLog, midnight: number): Pick<DayOutcome, 'onTime' | 'onTimeOf' | 'medianWaitMinutes' | 'p90WaitMinutes'> {
  const booked = came.filter(({ shaped }) => shaped.booked !== undefined);
  const onTime = booked.filter(({ id, shaped }) => {
    const due = Math.max(midnight + shaped.booked!.slotAt * 60_000, log.received.get(id) ?? Infinity);
    return (log.began.get(id) ?? Infinity) <= due + 15 * 60_000;
  });
  const waits = came.map(({ id }) => ((log.began.get(id) ?? NaN) - (log.received.get(id) ?? NaN)) / 60_000).filter(Number.isFinite).sort((a, b) => a - b);
  const at = (share: number) => waits[Math.floor(waits.length * share)] ?? 0;
  return { onTime: onTime.length, onTimeOf: booked.length, medianWaitMinutes: at(0.5), p90WaitMinutes: at(0.9) };
}

async function rowsOf<Row extends object>({ database }: House, text: string): Promise<Row[]> {
  return (await database.query<Row>({ text })).rows;
}
