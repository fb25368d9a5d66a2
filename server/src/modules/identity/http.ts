import * as contracts from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { bind } from '../../platform/route.ts';
import { findAddresses } from './addresses/find-addresses.ts';
import { readCard } from './cards/read-card.ts';
import { decideDuplicate } from './duplicates/decide-duplicate.ts';
import { findDuplicates } from './duplicates/find-duplicates.ts';
import { listDuplicates } from './duplicates/list-duplicates.ts';
import { readDuplicate } from './duplicates/read-duplicate.ts';
import { registerAtDesk } from './duplicates/register-at-desk.ts';
import { addFamily } from './family/add-family.ts';
import { confirmFamily } from './family/confirm-family.ts';
import { decideFamilyRequest } from './family/decide-family-request.ts';
import { listFamilyRequests } from './family/list-family-requests.ts';
import { listFamily } from './family/list-family.ts';
import { findPatient } from './find-patient.ts';
import { listMerges } from './merging/list-merges.ts';
import { mergePatients } from './merging/merge-patients.ts';
import { undoMerge } from './merging/undo-merge.ts';
import { readFacility } from './read-facility.ts';
import { changeRegistration } from './registration/change-registration.ts';
import { readRegistration } from './registration/read-registration.ts';

export function identityRoutes(app: FastifyInstance): void {
  bind(app, contracts.findPatients, (work, { find }) => findPatient(work, find));
  bind(app, contracts.readFacility, (work) => readFacility(work));
  bind(app, contracts.readCard, (work, { text }) => readCard(work, text));
  bind(app, contracts.readRegistration, (work, { patientId }) => readRegistration(work, patientId));
  bind(app, contracts.registerPatient, (work, input) => registerAtDesk(work, input));
  bind(app, contracts.changeRegistration, (work, input) => changeRegistration(work, input));
  bind(app, contracts.findDuplicates, async (work, { draft, except }) => ({ candidates: await findDuplicates(work, draft, except) }));
  bind(app, contracts.findAddresses, (work, { find }) => findAddresses(work, find));
  addMergeRoutes(app);
  addFamilyRoutes(app);
}

function addMergeRoutes(app: FastifyInstance): void {
  bind(app, contracts.listDuplicates, (work, { after }) => listDuplicates(work, after));
  bind(app, contracts.readDuplicate, (work, { pairId }) => readDuplicate(work, pairId));
  bind(app, contracts.decideDuplicate, (work, input) => decideDuplicate(work, input));
  bind(app, contracts.mergePatients, (work, input) => mergePatients(work, input));
  bind(app, contracts.listMerges, (work, { patient }) => listMerges(work, patient));
  bind(app, contracts.undoMerge, (work, { mergeId }) => undoMerge(work, mergeId));
}

function addFamilyRoutes(app: FastifyInstance): void {
  bind(app, contracts.listFamily, (work) => listFamily(work));
  bind(app, contracts.addFamily, (work, input) => addFamily(work, input));
  bind(app, contracts.confirmFamily, (work, input) => confirmFamily(work, input));
  bind(app, contracts.listFamilyRequests, (work, { patient }) => listFamilyRequests(work, patient));
  bind(app, contracts.decideFamilyRequest, (work, input) => decideFamilyRequest(work, input));
}
