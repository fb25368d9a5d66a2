// What each role may do in the starter policy, apart from which resources it sees.
import type { Permission } from '@sen/contracts';
import type { Role } from './roles.ts';

const everyPerson: readonly Permission[] = ['session.own', 'app.authorize'];
const everyStaff: readonly Permission[] = [...everyPerson, 'fhir.use', 'policy.read', 'terminology.use', 'signature.verify'];
const chart: readonly Permission[] = ['patient.find', 'chart.read', 'imaging.read'];
const images: readonly Permission[] = ['imaging.read', 'imaging.store', 'imaging.work'];

const desk: readonly Permission[] = ['patient.register', 'patient.merge', 'visit.receive', 'queue.work', 'booking.operate', 'booking.exchange', 'day.read'];
const room: readonly Permission[] = ['visit.receive', 'queue.work', 'visit.triage', 'booking.operate', 'booking.exchange'];
const ownVisits: readonly Permission[] = ['visit.own', 'booking.own', 'booking.exchange', 'message.own'];

const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  reception: [...everyStaff, ...desk, 'patient.find', 'consent.manage', 'request.handle'],
  operator: [...everyStaff, 'patient.find', 'patient.register', 'booking.operate', 'booking.exchange'],
  nurse: [...everyStaff, ...chart, ...room, 'patient.register', 'emergency.open', 'document.sign'],
  doctor: [...everyStaff, ...chart, ...room, 'emergency.open', 'document.sign'],
  head: [...everyStaff, ...chart, ...room, 'day.read', 'booking.manage', 'emergency.open', 'document.sign'],
  laboratory: [...everyStaff, 'queue.work', 'patient.find', 'document.sign'],
  radiographer: [...everyStaff, ...images, 'queue.work', 'patient.find'],
  radiologist: [...everyStaff, ...chart, 'imaging.store', 'imaging.work', 'document.sign'],
  pharmacist: [...everyStaff, 'queue.work', ...chart, 'document.sign'],
  cashier: [...everyStaff, 'queue.work', 'patient.find'],
  insurance: [...everyStaff, 'patient.find', 'document.sign'],
  records: [...everyStaff, ...chart, 'patient.register', 'patient.merge', 'consent.manage', 'request.handle', 'bulk.export', 'document.sign'],
  director: [...everyStaff, 'day.read', 'document.sign'],
  // Who runs the machines changes no policy and sees no record; who watches over the data changes the policy and makes no accounts.
  administrator: [...everyStaff, 'account.manage', 'app.manage', 'key.manage', 'definition.manage', 'subscription.manage', 'record.maintain', 'booking.manage', 'message.manage', 'imaging.manage'],
  auditor: [...everyStaff, 'audit.read'],
  privacy: [...everyStaff, 'patient.find', 'audit.read', 'emergency.review', 'consent.manage', 'request.handle', 'policy.change'],
  patient: [...everyPerson, ...ownVisits, 'imaging.read', 'fhir.use', 'terminology.use', 'signature.verify', 'access.own', 'consent.own', 'request.own'],
  relative: [...everyPerson, ...ownVisits, 'imaging.read', 'fhir.use', 'terminology.use', 'signature.verify', 'access.own', 'consent.own', 'request.own'],
  partner: ['fhir.use', 'booking.exchange', 'terminology.use', 'signature.verify'],
  // A machine at the door: it may ask for a number by a scanned code, and reads no record.
  kiosk: ['session.own', 'kiosk.use'],
  device: ['fhir.use', 'terminology.use'],
  integration: [
    'session.own', 'fhir.use', ...chart, ...desk, 'imaging.store', 'imaging.work', 'booking.manage', 'message.manage', 'imaging.manage', 'bulk.export', 'bulk.import', 'subscription.manage', 'terminology.use', 'definition.manage', 'record.maintain', 'signature.verify',
    'policy.read', 'audit.read',
  ],
};

export function starterPermissions(role: Role): Permission[] {
  return [...permissionsOf[role]];
}
