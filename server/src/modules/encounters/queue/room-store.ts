// Queries on rooms, their day, and how long turns take.
import type { QueueDoctor, RoomDayState, StationKind } from '@sen/contracts';
import type { Queryable } from '../../../platform/database.ts';

export interface StoredRoom {
  readonly id: string;
  readonly facility: string;
  readonly name: string;
  readonly short: string;
  readonly kind: StationKind;
  readonly departmentId: string | null;
  readonly departmentName: string | null;
  readonly way: string | null;
  readonly active: boolean;
}

export interface StoredRoomDay {
  readonly state: RoomDayState;
  readonly doctors: QueueDoctor[];
  readonly openedAt: Date | null;
  readonly pauseReason: string | null;
  readonly pausedUntil: Date | null;
  readonly returnedInRow: number;
  readonly lateTold: number;
}

export type RoomWithDay = StoredRoom & StoredRoomDay;

const room = `r.id, r.facility, r.name, r.short, r.kind, r.department_id AS "departmentId", r.department_name AS "departmentName", r.way, r.active`;
const withDay = `SELECT ${room}, coalesce(d.state, 'closed') AS state, coalesce(d.doctors, '[]') AS doctors, d.opened_at AS "openedAt", d.pause_reason AS "pauseReason",
  d.paused_until AS "pausedUntil", coalesce(d.returned_in_row, 0) AS "returnedInRow", coalesce(d.late_told, 0) AS "lateTold"
  FROM encounters.room r LEFT JOIN encounters.room_day d ON d.room_id = r.id AND d.day = $2`;

export async function findRooms(db: Queryable, roomIds: readonly string[], day: string): Promise<RoomWithDay[]> {
  return (await db.query<RoomWithDay>({ name: 'encounters.find-rooms', text: `${withDay} WHERE r.id = ANY ($1)`, values: [roomIds, day] })).rows;
}

export async function roomsOf(db: Queryable, facility: string, day: string): Promise<RoomWithDay[]> {
  return (await db.query<RoomWithDay>({ name: 'encounters.rooms-of', text: `${withDay} WHERE r.facility = $1 AND r.active ORDER BY r.kind, r.short`, values: [facility, day] })).rows;
}

export async function largestFacility(db: Queryable): Promise<string | undefined> {
  const text = 'SELECT facility FROM encounters.room WHERE active GROUP BY facility ORDER BY count(*) DESC, facility LIMIT 1';
  return (await db.query<{ facility: string }>({ name: 'encounters.largest-facility', text })).rows[0]?.facility;
}

/** Locks the day of a room until the end of the transaction, so that two who call there call two patients. Makes it when it is missing. */
export async function lockRoomDay(db: Queryable, roomId: string, day: string): Promise<void> {
  await db.query({
    name: 'encounters.lock-room-day',
    text: `INSERT INTO encounters.room_day (room_id, day, facility, state) SELECT id, $2, facility, 'closed' FROM encounters.room WHERE id = $1
      ON CONFLICT (room_id, day) DO UPDATE SET facility = excluded.facility`,
    values: [roomId, day],
  });
}

export async function storeRoomState(db: Queryable, roomId: string, day: string, change: Pick<StoredRoomDay, 'state' | 'doctors'> & { openedAt: Date; pauseReason?: string; pausedUntil?: Date }): Promise<void> {
  await db.query({
    name: 'encounters.store-room-state',
    text: `UPDATE encounters.room_day SET state = $3, doctors = $4::jsonb, opened_at = coalesce(opened_at, $5), pause_reason = $6, paused_until = $7 WHERE room_id = $1 AND day = $2`,
    values: [roomId, day, change.state, JSON.stringify(change.doctors), change.openedAt, change.pauseReason ?? null, change.pausedUntil ?? null],
  });
}

export async function storeDoctors(db: Queryable, roomId: string, day: string, doctors: readonly QueueDoctor[]): Promise<void> {
  await db.query({ name: 'encounters.store-doctors', text: 'UPDATE encounters.room_day SET doctors = $3::jsonb WHERE room_id = $1 AND day = $2', values: [roomId, day, JSON.stringify(doctors)] });
}

export async function storeReturnedInRow(db: Queryable, roomId: string, day: string, count: number): Promise<void> {
  await db.query({ name: 'encounters.store-returned-in-row', text: 'UPDATE encounters.room_day SET returned_in_row = $3 WHERE room_id = $1 AND day = $2', values: [roomId, day, count] });
}

/** Keeps what was told of the delay, also of a room that nobody has opened yet. */
export async function storeLateTold(db: Queryable, facility: string, roomId: string, day: string, minutes: number): Promise<void> {
  await db.query({
    name: 'encounters.store-late-told',
    text: `INSERT INTO encounters.room_day (room_id, day, facility, state, late_told) VALUES ($1, $2, $3, 'closed', $4) ON CONFLICT (room_id, day) DO UPDATE SET late_told = $4`,
    values: [roomId, day, facility, minutes],
  });
}

/** Rooms whose oldest slot on time is due and not begun, with the minutes of delay; and those whose delay was told and is over. */
export async function lateRooms(db: Queryable, day: string, now: number): Promise<{ roomId: string; facility: string; lateMinutes: number; lateTold: number }[]> {
  const { rows } = await db.query<{ roomId: string; facility: string; lateMinutes: number; lateTold: number }>({
    name: 'encounters.late-rooms',
    text: `SELECT t.room_id AS "roomId", t.facility, greatest(0, extract(epoch FROM $2::timestamptz - min(t.slot_at) FILTER (WHERE t.state = 'waiting' AND NOT t.is_late AND NOT t.is_returning)) / 60)::integer AS "lateMinutes",
        coalesce(max(d.late_told), 0) AS "lateTold"
      FROM encounters.turn t LEFT JOIN encounters.room_day d ON d.room_id = t.room_id AND d.day = t.day
      WHERE t.day = $1 AND t.kind = 'exam' AND t.state IN ('waiting', 'called', 'inside') GROUP BY t.room_id, t.facility`,
    values: [day, new Date(now)],
  });
  return rows.map((row) => ({ ...row, lateMinutes: row.lateMinutes ?? 0 }));
}

export async function upsertRooms(db: Queryable, rooms: readonly StoredRoom[]): Promise<void> {
  await db.query({
    name: 'encounters.upsert-rooms',
    text: `INSERT INTO encounters.room (id, facility, name, short, kind, department_id, department_name, way, active)
      SELECT id, facility, name, short, kind, "departmentId", "departmentName", way, active FROM jsonb_to_recordset($1::jsonb)
        AS r(id text, facility text, name text, short text, kind text, "departmentId" text, "departmentName" text, way text, active boolean)
      ON CONFLICT (id) DO UPDATE SET facility = excluded.facility, name = excluded.name, short = excluded.short, kind = excluded.kind, department_id = excluded.department_id,
        department_name = excluded.department_name, way = excluded.way, active = excluded.active`,
    values: [JSON.stringify(rooms)],
  });
}

export interface StoredLength {
  readonly kind: StationKind;
  readonly doctorId: string;
  readonly visitType: string;
  readonly turns: number;
  readonly p20: number;
  readonly p50: number;
  readonly p60: number;
  readonly p80: number;
}

/** What was learned that may hold for these doctors: theirs, and what holds for all. */
export async function lengthsFor(db: Queryable, doctorIds: readonly string[]): Promise<StoredLength[]> {
  const { rows } = await db.query<StoredLength>({
    name: 'encounters.lengths-for',
    text: `SELECT kind, doctor_id AS "doctorId", visit_type AS "visitType", turns, p20, p50, p60, p80 FROM encounters.length WHERE doctor_id = '' OR doctor_id = ANY ($1)`,
    values: [doctorIds],
  });
  return rows;
}

/** Learns from the turns that ended since a day: by doctor and type, by doctor, by type, and for all; only from 20 turns on. A turn over 3 h was forgotten, not long. */
export async function learnLengths(db: Queryable, since: string, now: number): Promise<void> {
  await db.query({
    name: 'encounters.learn-lengths',
    text: `WITH ended AS (
        SELECT t.kind, coalesce(t.doctor_id, '') AS doctor, coalesce(v.visit_type, '') AS type, t.served_ms / 60000.0 AS minutes
        FROM encounters.turn t JOIN encounters.visit v ON v.id = t.visit_id
        WHERE t.state = 'done' AND t.day >= $1 AND t.served_ms BETWEEN 20000 AND 10800000),
      learned AS (
        SELECT kind, doctor, type, count(*) AS turns, percentile_cont(ARRAY[0.2, 0.5, 0.6, 0.8]) WITHIN GROUP (ORDER BY minutes) AS p,
          (grouping(doctor) = 1 OR doctor <> '') AND (grouping(type) = 1 OR type <> '') AS named
        FROM ended GROUP BY GROUPING SETS ((kind, doctor, type), (kind, doctor), (kind, type), (kind)) HAVING count(*) >= 20)
      INSERT INTO encounters.length (kind, doctor_id, visit_type, turns, p20, p50, p60, p80, learned_at)
      SELECT kind, coalesce(doctor, ''), coalesce(type, ''), turns, p[1], p[2], p[3], p[4], $2 FROM learned WHERE named
      ON CONFLICT (kind, doctor_id, visit_type) DO UPDATE SET turns = excluded.turns, p20 = excluded.p20, p50 = excluded.p50, p60 = excluded.p60, p80 = excluded.p80, learned_at = excluded.learned_at`,
    values: [since, new Date(now)],
  });
}
