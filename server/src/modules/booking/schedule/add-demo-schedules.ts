// Schedules of the demo hospital: every doctor in an examination room on weekdays, so that there is something to book. Only when nothing is there yet.
import { randomUUID } from 'node:crypto';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { searchResources } from '../../record/index.ts';
import { localDay } from '../seats/local-time.ts';
import { doctorsAndRooms, type DemoClinic } from '../fhir-places.ts';
import { planSessions } from './plan-sessions.ts';

/** Seats that people without appointment, and those who telephone, find on the day itself. */
const seats = [{ pool: 'walk-in', kept: 4, openHoursBefore: 0 }, { pool: 'phone', kept: 2, openHoursBefore: 24 }];
const halves = [[7 * 60 + 30, 11 * 60 + 30], [13 * 60 + 30, 16 * 60 + 30]] as const;

/** Makes weekly templates and the sessions of the coming weeks for the demo hospital; does nothing when there are templates. */
export async function ensureDemoSchedules(work: Work): Promise<number> {
  const { rows } = await work.db.query<{ there: boolean }>({ text: 'SELECT EXISTS (SELECT 1 FROM booking.template) AS there' });
  if (rows[0]?.there === true) return 0;
  const clinics = await findClinics(work);
  if (clinics.length === 0) return 0;
  return work.transact(async (inner) => {
    await insertSpecialties(inner, clinics);
    await insertTemplates(inner, clinics);
    return planSessions(inner);
  });
}

async function findClinics(work: Work): Promise<DemoClinic[]> {
  const house = asHouse(work);
  const [roles, organizations] = await Promise.all([
    searchResources(house, 'PractitionerRole', '_count=500&role=http%3A%2F%2Fterminology.hl7.org%2FCodeSystem%2Fpractitioner-role%7Cdoctor'),
    searchResources(house, 'Organization', '_count=200'),
  ]);
  return doctorsAndRooms(roles.resources, organizations.resources);
}

async function insertSpecialties(work: Work, clinics: readonly DemoClinic[]): Promise<void> {
  const list = [...new Map(clinics.map((one) => [one.specialtyId, { id: one.specialtyId, facility: one.facility, name: one.specialtyName }])).values()];
  await work.db.query({
    text: 'INSERT INTO booking.specialty (id, facility, name) SELECT id, facility, name FROM jsonb_to_recordset($1::jsonb) AS s(id text, facility text, name text) ON CONFLICT (id) DO NOTHING',
    values: [JSON.stringify(list)],
  });
}

async function insertTemplates(work: Work, clinics: readonly DemoClinic[]): Promise<void> {
  const templates = clinics.flatMap((clinic) => [1, 2, 3, 4, 5].flatMap((weekday) => halves.map(([from, until]) => ({ ...clinic, id: randomUUID(), weekday, from, until }))));
  await work.db.query({
    text: `INSERT INTO booking.template (id, facility, doctor_id, doctor_name, room_id, room_name, specialty_id, weekday, from_minute, until_minute, step_minutes, lanes, seats, valid_from)
      SELECT id, facility, "doctorId", "doctorName", "roomId", "roomName", "specialtyId", weekday, "from", until, 15, 1, $2::jsonb, $3::date
      FROM jsonb_to_recordset($1::jsonb) AS t(id uuid, facility text, "doctorId" text, "doctorName" text, "roomId" text, "roomName" text, "specialtyId" text, weekday int, "from" int, until int)`,
    values: [JSON.stringify(templates), JSON.stringify(seats), localDay(work.now)],
  });
}
