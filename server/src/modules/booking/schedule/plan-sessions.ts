// Sessions from weekly templates: for so many days ahead, without holidays and leave. Safe to run twice, and while somebody else does.
import type { Work } from '../../../platform/work.ts';
import { addDays, localDay } from '../seats/local-time.ts';
import { holidaysOf } from './find-holidays.ts';

const daysAhead = 60;

/** Makes the sessions that are missing; gives how many. */
export async function planSessions(work: Work, facility?: string): Promise<number> {
  const from = localDay(work.now);
  const until = addDays(from, daysAhead);
  const facilities = facility === undefined ? await facilitiesWithTemplates(work) : [facility];
  let made = 0;
  for (const one of facilities) {
    const holidays = [...(await holidaysOf(work.db, one, from, until)).keys()];
    const { rowCount } = await work.db.query({ name: 'booking.plan-sessions', text: plan, values: [one, from, until, holidays] });
    made += rowCount;
  }
  return made;
}

const at = (minute: string) => `((d.day + make_interval(mins => ${minute})) AT TIME ZONE 'Asia/Ho_Chi_Minh')`;
const plan = `INSERT INTO booking.session (id, template_id, facility, day, doctor_id, doctor_name, room_id, room_name, specialty_id, during, step_minutes, lanes, visit_types, seats)
  SELECT gen_random_uuid(), t.id, t.facility, d.day, t.doctor_id, t.doctor_name, t.room_id, t.room_name, t.specialty_id,
    tstzrange(${at('t.from_minute')}, ${at('t.until_minute')}), t.step_minutes, t.lanes, t.visit_types, t.seats
  FROM (SELECT generate_series($2::date, $3::date, '1 day')::date AS day) d JOIN booking.template t ON t.weekday = extract(isodow FROM d.day)
    AND t.valid_from <= d.day AND (t.valid_until IS NULL OR t.valid_until >= d.day)
  WHERE t.facility = $1 AND d.day <> ALL ($4::date[])
    AND NOT EXISTS (SELECT 1 FROM booking.session s WHERE s.template_id = t.id AND s.day = d.day)
    AND NOT EXISTS (SELECT 1 FROM booking.leave l WHERE l.doctor_id = t.doctor_id AND l.during && tstzrange(${at('t.from_minute')}, ${at('t.until_minute')}))
    AND NOT EXISTS (SELECT 1 FROM booking.session s WHERE s.doctor_id = t.doctor_id AND s.state = 'open' AND s.during && tstzrange(${at('t.from_minute')}, ${at('t.until_minute')}))
    AND (t.doctor_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM booking.session s WHERE s.doctor_id IS NULL AND s.room_id = t.room_id AND s.day = d.day AND s.state = 'open'
      AND s.during && tstzrange(${at('t.from_minute')}, ${at('t.until_minute')})))
  ON CONFLICT (template_id, day) DO NOTHING`;

async function facilitiesWithTemplates(work: Work): Promise<string[]> {
  const { rows } = await work.db.query<{ facility: string }>({ name: 'booking.facilities', text: 'SELECT DISTINCT facility FROM booking.template' });
  return rows.map(({ facility }) => facility);
}
