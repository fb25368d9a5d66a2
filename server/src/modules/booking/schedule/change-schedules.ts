// Weekly templates and kinds of visit: each change is from a day on, can be seen first, and reaches the sessions already made.
import { randomUUID } from 'node:crypto';
import type { BodyOf, ResponseOf, ScheduleEffect, WeeklyTemplate, previewSchedule as previewContract, setVisitType as visitTypeContract } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { findDoctor, findRoom } from '../../encounters/index.ts';
import { findFacility } from '../seats/find-facility.ts';
import { addDays, localDay } from '../seats/local-time.ts';
import { visitTypesOn } from '../seats/visit-type-store.ts';
import { changeSessions } from './change-sessions.ts';
import { openSpecialty } from './open-specialty.ts';
import { planSessions } from './plan-sessions.ts';
import { runPreview } from './run-preview.ts';
import { scheduleFindings, seatsOf } from './schedule-findings.ts';
import { endTemplate, insertTemplate, loadTemplate, templatesOn, type NamedTemplate } from './schedule-store.ts';

interface Changed {
  readonly id: string;
  readonly effect: ScheduleEffect;
}

/** Adds a template and makes its sessions. Refuses with `booking.schedule-does-not-hold` and the findings that forbid it. */
export async function addSchedule(work: Work, template: WeeklyTemplate): Promise<Changed> {
  return work.transact((inner) => put(inner, template));
}

/** From its first day on, the new template stands in place of the old one. */
export async function changeSchedule(work: Work, id: string, template: WeeklyTemplate): Promise<Changed> {
  return work.transact((inner) => put(inner, template, id));
}

/** Says what a template would do: puts it, and takes it back. */
export async function previewSchedule(work: Work, { template, replaces }: BodyOf<typeof previewContract>): Promise<ResponseOf<typeof previewContract>> {
  const answer = { findings: await judge(work, template, replaces), seats: seatsOf(template) };
  if (answer.findings.some(({ level }) => level === 'error')) return answer;
  return { ...answer, effect: (await runPreview(work, (inner) => put(inner, template, replaces))).effect };
}

export async function endSchedule(work: Work, id: string, lastDay: string): Promise<ScheduleEffect> {
  return work.transact(async (inner) => {
    await known(inner, id);
    await endTemplate(inner.db, id, lastDay);
    return changeSessions(inner, { template: id, from: addDays(lastDay, 1) });
  });
}

async function put(work: Work, template: WeeklyTemplate, replaces?: string): Promise<Changed> {
  const facility = await findFacility(work);
  if (replaces !== undefined) await known(work, replaces);
  const errors = (await judge(work, template, replaces)).filter(({ level }) => level === 'error');
  if (errors.length > 0) throw doesNotHold(errors);
  await openSpecialty(work, facility, template.specialty);
  const to = await named(work, facility, template);
  if (replaces !== undefined) await endTemplate(work.db, replaces, addDays(template.validFrom, -1));
  await insertTemplate(work.db, to);
  const effect = replaces === undefined ? { made: 0, changed: 0, withdrawn: 0, keptForBooked: 0, told: 0, stays: [] } : await changeSessions(work, { template: replaces, from: template.validFrom, to });
  return { id: to.id, effect: { ...effect, made: await planSessions(work, facility) } };
}

async function judge(work: Work, template: WeeklyTemplate, replaces: string | undefined) {
  const [facility, today] = [await findFacility(work), localDay(work.now)];
  const around = [...(template.doctor === undefined ? [] : await templatesOn(work.db, facility, today, { doctor: template.doctor })), ...(await templatesOn(work.db, facility, today, { room: template.room }))];
  const others = [...new Map(around.map((one) => [one.id, one])).values()].filter(({ id }) => id !== replaces);
  return scheduleFindings(template, { others, visitTypes: await visitTypesOn(work.db, template.validFrom), today });
}

async function known(work: Work, id: string): Promise<void> {
  if ((await loadTemplate(work.db, await findFacility(work), id)) === undefined) throw noSuchSchedule();
}

async function named(work: Work, facility: string, template: WeeklyTemplate): Promise<NamedTemplate> {
  const room = await findRoom(work, template.room);
  const doctor = template.doctor === undefined ? undefined : await findDoctor(work, template.doctor);
  return { ...template, id: randomUUID(), facility, doctorName: doctor?.name ?? null, roomName: room.name };
}

export async function setVisitType(work: Work, type: BodyOf<typeof visitTypeContract> & { code: string }): Promise<{ code: string }> {
  const text = `INSERT INTO booking.visit_type (code, valid_from, name_vi, name_en, minutes, place)
    VALUES ($1, $2, $3, $4, $5, coalesce((SELECT place FROM booking.visit_type WHERE code = $1 ORDER BY valid_from DESC LIMIT 1), 9))
    ON CONFLICT (code, valid_from) DO UPDATE SET name_vi = excluded.name_vi, name_en = excluded.name_en, minutes = excluded.minutes`;
  await work.db.query({ name: 'booking.set-visit-type', text, values: [type.code, type.from, type.nameVi, type.nameEn, type.minutes] });
  return { code: type.code };
}

function doesNotHold(errors: readonly { vi: string; en: string }[]): Refusal {
  return new Refusal('rule', 'booking.schedule-does-not-hold', { vi: errors.map(({ vi }) => vi).join(' '), en: errors.map(({ en }) => en).join(' ') });
}

function noSuchSchedule(): Refusal {
  return new Refusal('not-found', 'booking.no-such-schedule', { vi: 'Không có lịch tuần này.', en: 'There is no such weekly schedule.' });
}
