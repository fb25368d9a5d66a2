// What each role may do in the starter policy, apart from which resources it sees.
import type { Permission } from '@sen/contracts';
import type { Role } from './roles.ts';

const everyPerson: readonly Permission[] = ['session.own', 'app.authorize'];
const everyStaff: readonly Permission[] = [...everyPerson, 'fhir.use', 'policy.read', 'terminology.use', 'signature.verify'];
const chart: readonly Permission[] = ['patient.find', 'chart.read'];

const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  reception: [...everyStaff, 'patient.find', 'consent.manage', 'request.handle'],
  nurse: [...everyStaff, ...chart, 'emergency.open', 'document.sign'],
  doctor: [...everyStaff, ...chart, 'emergency.open', 'document.sign'],
  head: [...everyStaff, ...chart, 'emergency.open', 'document.sign'],
  laboratory: [...everyStaff, 'patient.find', 'document.sign'],
  radiographer: [...everyStaff, 'patient.find'],
  radiologist: [...everyStaff, ...chart, 'document.sign'],
  pharmacist: [...everyStaff, ...chart, 'document.sign'],
  cashier: [...everyStaff, 'patient.find'],
  insurance: [...everyStaff, 'patient.find', 'document.sign'],
  records: [...everyStaff, ...chart, 'consent.manage', 'request.handle', 'bulk.export', 'document.sign'],
  director: [...everyStaff, 'document.sign'],
  // Who runs the machines changes no policy and sees no record; who watches over the data changes the policy and makes no accounts.
  administrator: [...everyStaff, 'account.manage', 'app.manage', 'key.manage', 'definition.manage', 'subscription.manage', 'record.maintain'],
  auditor: [...everyStaff, 'audit.read'],
  privacy: [...everyStaff, 'patient.find', 'audit.read', 'emergency.review', 'consent.manage', 'request.handle', 'policy.change'],
  patient: [...everyPerson, 'fhir.use', 'terminology.use', 'signature.verify', 'access.own', 'consent.own', 'request.own'],
  relative: [...everyPerson, 'fhir.use', 'terminology.use', 'signature.verify', 'access.own', 'consent.own', 'request.own'],
  partner: ['fhir.use', 'terminology.use', 'signature.verify'],
  device: ['fhir.use', 'terminology.use'],
  integration: [
    'session.own', 'fhir.use', ...chart, 'bulk.export', 'bulk.import', 'subscription.manage', 'terminology.use', 'definition.manage', 'record.maintain', 'signature.verify',
    'policy.read', 'audit.read',
  ],
};

export function starterPermissions(role: Role): Permission[] {
  return [...permissionsOf[role]];
}
