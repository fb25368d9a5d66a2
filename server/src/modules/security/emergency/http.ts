// Break-glass over HTTP.
import * as contracts from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import type { House } from '../../../platform/module.ts';
import { bind } from '../../../platform/route.ts';
import type { Work } from '../../../platform/work.ts';
import { countAttention } from '../count-attention.ts';
import { findPeople, findPerson, type Person } from '../find-people.ts';
import { closeEmergency } from './close-emergency.ts';
import type { Emergency } from './emergency.ts';
import { openEmergency } from './open-emergency.ts';
import { readStanding } from './read-standing.ts';
import { reviewEmergency } from './review-emergency.ts';
import { countUnreviewed, listOwnOpen, listReviewed, listUnreviewed } from './store.ts';

export function addEmergencyRoutes(app: FastifyInstance, { settings }: House): void {
  const limits = { hours: settings.emergencyHours, reviewWithinHours: settings.emergencyReviewHours, most: settings.emergencyMost };
  bind(app, contracts.openEmergency, async (work, input) => {
    const { emergency, person } = await openEmergency(work, { ...input, ...limits });
    return shown(work, emergency, person);
  });
  bind(app, contracts.listOwnEmergencies, async (work) => ({ emergencies: await allShown(work, await listOwnOpen(work.db, work.actor.id, work.now)) }));
  bind(app, contracts.closeEmergency, async (work, { emergencyId }) => {
    await closeEmergency(work, emergencyId);
    return null;
  });
  bind(app, contracts.listEmergencies, async (work, { state }) => {
    const emergencies = state === 'waiting' ? await listUnreviewed(work.db, 200) : await listReviewed(work.db, 200);
    return { emergencies: await allShown(work, emergencies), ...(await countUnreviewed(work.db, work.now)) };
  });
  bind(app, contracts.readStanding, async (work, { patientId }) => ({ ...(await readStanding(work, patientId)), hours: settings.emergencyHours }));
  bind(app, contracts.readAttention, async (work) => ({ items: await countAttention(work) }));
  bind(app, contracts.reviewEmergency, async (work, { emergencyId, verdict, note }) => {
    const emergency = await reviewEmergency(work, { id: emergencyId, verdict, note });
    return shown(work, emergency, await findPerson(work, emergency.patient));
  });
}

async function allShown(work: Work, emergencies: readonly Emergency[]) {
  const people = new Map<string, Person>();
  for (let at = 0; at < emergencies.length; at += 100) {
    for (const [id, person] of await findPeople(work, emergencies.slice(at, at + 100).map(({ patient }) => patient))) people.set(id, person);
  }
  return emergencies.map((emergency) => shown(work, emergency, people.get(emergency.patient) ?? { id: emergency.patient, name: emergency.patient }));
}

function shown({ actor, now }: Work, { id, account, name, reason, explanation, openedAt, until, closedAt, reviewDue, dayCount, review }: Emergency, patient: Person) {
  return {
    id, by: name, patient, reason, explanation, openedAt: iso(openedAt), until: iso(until), reviewDue: iso(reviewDue),
    overdue: review === undefined && reviewDue <= now, own: account === actor.id, dayCount,
    ...(closedAt === undefined ? {} : { closedAt: iso(closedAt) }),
    ...(review === undefined ? {} : { review: { by: review.name, at: iso(review.at), verdict: review.verdict, note: review.note } }),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
