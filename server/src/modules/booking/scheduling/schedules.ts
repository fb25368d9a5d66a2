// Schedules as they are stored nowhere: the doctors, rooms and specialties of the sessions to come.
import type { Queryable } from '../../../platform/database.ts';
import type { SchedulePlace } from '../fhir-slots.ts';

export interface ComingSchedule extends SchedulePlace {
  readonly from: Date;
  readonly until: Date;
  readonly days: string[];
}

/** Those of a facility with sessions from a day on, in the order of doctors and rooms. */
export async function comingSchedules(db: Queryable, facility: string, today: string): Promise<ComingSchedule[]> {
  const { rows } = await db.query<ComingSchedule>({
    name: 'booking.coming-schedules',
    text: `SELECT s.facility, s.doctor_id AS "doctorId", max(s.doctor_name) AS "doctorName", s.room_id AS "roomId", max(s.room_name) AS "roomName", s.specialty_id AS "specialtyId",
        max(p.name) AS "specialtyName", min(lower(s.during)) AS "from", max(upper(s.during)) AS until, array_agg(DISTINCT s.day::text) AS days
      FROM booking.session s JOIN booking.specialty p ON p.id = s.specialty_id WHERE s.facility = $1 AND s.day >= $2 AND s.state = 'open' AND p.active
      GROUP BY s.facility, s.doctor_id, s.room_id, s.specialty_id ORDER BY max(s.doctor_name), s.room_id, s.specialty_id`,
    values: [facility, today],
  });
  return rows;
}
