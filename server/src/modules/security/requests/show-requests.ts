// Requests as screens and letters show them.
import type { DataRequest as Shown } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { findPeople } from '../find-people.ts';
import { isCopyReady, nextDue, type DataRequest } from './request.ts';
import { listSteps, loadCalendar, type RequestStep } from './store.ts';
import { dayIn, workingDaysLeft, type Calendar } from './working-days.ts';

/** Gives requests with names, steps and days left. */
export async function showRequests(work: Work, requests: readonly DataRequest[]): Promise<Shown[]> {
  if (requests.length === 0) return [];
  const calendar = await loadCalendar(work.db);
  const steps = Map.groupBy(await listSteps(work.db, requests.map(({ id }) => id)), ({ request }) => request);
  const people = new Map<string, Shown['patient']>();
  for (let at = 0; at < requests.length; at += 100) {
    for (const [id, person] of await findPeople(work, requests.slice(at, at + 100).map(({ patient }) => patient))) people.set(id, person);
  }
  return requests.map((request) => shown(request, people.get(request.patient) ?? { id: request.patient, name: request.patient }, steps.get(request.id) ?? [], calendar, work.now));
}

function shown(request: DataRequest, patient: Shown['patient'], steps: readonly RequestStep[], calendar: Calendar, now: number): Shown {
  const { id, number, kind, details, channel, identity, state, receivedAt, answerDue, workDue, closedAt, reason, reply, copyUntil, copiedAt } = request;
  const due = nextDue(request);
  return {
    id, number, patient, kind, details, channel, state, receivedAt: iso(receivedAt), answerDue, workDue,
    steps: steps.map(({ at, name, step, note }) => ({ at: iso(at), by: name, step, ...(note === undefined ? {} : { note }) })),
    ...(identity === undefined ? {} : { identity }),
    ...(due === undefined ? {} : { daysLeft: workingDaysLeft(dayIn(now), due, calendar) }),
    ...(closedAt === undefined ? {} : { closedAt: iso(closedAt) }),
    ...(reason === undefined ? {} : { reason }),
    ...(reply === undefined ? {} : { reply }),
    ...(isCopyReady(request, now) ? { copyUntil: iso(copyUntil!) } : {}),
    ...(copiedAt === undefined ? {} : { copiedAt: iso(copiedAt) }),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
