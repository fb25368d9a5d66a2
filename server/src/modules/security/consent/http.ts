// Consents over HTTP: the patient's own, and those staff record.
import * as contracts from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { bind } from '../../../platform/route.ts';
import type { Work } from '../../../platform/work.ts';
import { checkOwn, ownPatients } from '../own-patients.ts';
import { findRecipients } from './find-recipients.ts';
import { giveConsent } from './give-consent.ts';
import { listConsents } from './list-consents.ts';
import { withdrawConsent } from './withdraw-consent.ts';

export function addConsentRoutes(app: FastifyInstance): void {
  bind(app, contracts.listOwnConsents, async (work) => ({ people: await sharingOf(work) }));
  bind(app, contracts.giveOwnConsent, (work, input) => {
    checkOwn(work.actor, input.patientId);
    return giveConsent(work, input);
  });
  bind(app, contracts.withdrawOwnConsent, async (work, { consentId }) => {
    await withdrawConsent(work, consentId, ownPatients(work.actor));
    return null;
  });
  bind(app, contracts.findOwnRecipients, async (work, { kind, find }) => ({ recipients: await findRecipients(work, kind, find ?? '') }));
  addStaffRoutes(app);
}

function addStaffRoutes(app: FastifyInstance): void {
  bind(app, contracts.listConsents, (work, { patientId }) => listConsents(work, patientId));
  bind(app, contracts.recordConsent, (work, { paper, signedOn, ...input }) => giveConsent(work, { ...input, paper: { place: paper, signedOn } }));
  bind(app, contracts.withdrawConsent, async (work, { patientId, consentId }) => {
    await withdrawConsent(work, consentId, [patientId]);
    return null;
  });
  bind(app, contracts.findRecipients, async (work, { kind, find }) => ({ recipients: await findRecipients(work, kind, find ?? '') }));
}

async function sharingOf(work: Work) {
  const people = [];
  for (const id of ownPatients(work.actor)) people.push(await listConsents(work, id));
  return people;
}
