import { findPatients, readFacility as facilityContract } from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { bind } from '../../platform/route.ts';
import { findPatient } from './find-patient.ts';
import { readFacility } from './read-facility.ts';

export function identityRoutes(app: FastifyInstance): void {
  bind(app, findPatients, (work, { find }) => findPatient(work, find));
  bind(app, facilityContract, (work) => readFacility(work));
}
