// The routes of security, each part with its own.
import type { FastifyInstance } from 'fastify';
import type { House } from '../../platform/module.ts';
import { addAuditRoutes } from './audit/http.ts';
import { addBreachRoutes } from './breaches/http.ts';
import { addConsentRoutes } from './consent/http.ts';
import { addEmergencyRoutes } from './emergency/http.ts';
import { addRequestRoutes } from './requests/http.ts';
import { addAccountRoutes } from './accounts/http.ts';
import { addPatientRoutes } from './patients/http.ts';
import { addAppRoutes } from './oidc/http.ts';
import { addPolicyRoutes } from './policy/http.ts';
import { addOwnAccountRoutes } from './signin/http-own-account.ts';
import { addSessionRoutes } from './signin/http.ts';
import { addSigningRoutes } from './signing/http.ts';

export function addSecurityRoutes(app: FastifyInstance, house: House): void {
  addSessionRoutes(app, house);
  addPolicyRoutes(app);
  addAppRoutes(app, house);
  addOwnAccountRoutes(app, house);
  addAccountRoutes(app, house);
  addPatientRoutes(app, house);
  addConsentRoutes(app);
  addEmergencyRoutes(app, house);
  addRequestRoutes(app);
  addBreachRoutes(app);
  addAuditRoutes(app);
  addSigningRoutes(app);
}
