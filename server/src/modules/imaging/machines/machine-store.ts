// Queries of machines: who may call, when each was heard, who was refused.
import type { Queryable } from '../../../platform/database.ts';
import type { Machine } from './machine.ts';

const columns = `ae_title AS "aeTitle", facility, name, modality, room_id AS "roomId", addresses, certificate, host, port, secure, may_store AS "mayStore", may_query AS "mayQuery", active,
  heard_at AS "heardAt", heard_operation AS "heardOperation", refused_at AS "refusedAt", refused_because AS "refusedBecause"`;

export async function machineByTitle(db: Queryable, aeTitle: string): Promise<Machine | undefined> {
  const { rows } = await db.query<Machine>({ name: 'imaging.machine-by-title', text: `SELECT ${columns} FROM imaging.machine WHERE ae_title = $1`, values: [aeTitle] });
  return rows[0];
}

export async function machinesOf(db: Queryable, facility: string): Promise<readonly Machine[]> {
  const { rows } = await db.query<Machine>({ name: 'imaging.machines-of', text: `SELECT ${columns} FROM imaging.machine WHERE facility = $1 ORDER BY name, ae_title`, values: [facility] });
  return rows;
}

export type MachineSettings = Omit<Machine, 'heardAt' | 'heardOperation' | 'refusedAt' | 'refusedBecause'>;

/** False: the title belongs to a machine of another facility. */
export async function upsertMachine(db: Queryable, machine: MachineSettings): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'imaging.upsert-machine',
    text: `INSERT INTO imaging.machine AS m (ae_title, facility, name, modality, room_id, addresses, certificate, host, port, secure, may_store, may_query, active)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      ON CONFLICT (ae_title) DO UPDATE SET name = excluded.name, modality = excluded.modality, room_id = excluded.room_id, addresses = excluded.addresses, certificate = excluded.certificate, host = excluded.host,
        port = excluded.port, secure = excluded.secure, may_store = excluded.may_store, may_query = excluded.may_query, active = excluded.active
      WHERE m.facility = excluded.facility`,
    values: [machine.aeTitle, machine.facility, machine.name, machine.modality, machine.roomId, machine.addresses, machine.certificate, machine.host, machine.port, machine.secure, machine.mayStore, machine.mayQuery, machine.active],
  });
  return rowCount === 1;
}

export async function deleteMachine(db: Queryable, facility: string, aeTitle: string): Promise<boolean> {
  const { rowCount } = await db.query({ name: 'imaging.delete-machine', text: 'DELETE FROM imaging.machine WHERE facility = $1 AND ae_title = $2', values: [facility, aeTitle] });
  return rowCount === 1;
}

export interface Heard {
  readonly aeTitle: string;
  readonly at: number;
  readonly operation: string;
}

export async function updateHeard(db: Queryable, heard: readonly Heard[]): Promise<void> {
  const text = `UPDATE imaging.machine m SET heard_at = h.at, heard_operation = h.operation FROM unnest($1::text[], $2::timestamptz[], $3::text[]) AS h(title, at, operation) WHERE m.ae_title = h.title`;
  await db.query({ name: 'imaging.update-heard', text, values: [heard.map(({ aeTitle }) => aeTitle), heard.map(({ at }) => new Date(at)), heard.map(({ operation }) => operation)] });
}

export interface Refused {
  readonly aeTitle: string;
  readonly address: string;
  readonly because: string;
  readonly times: number;
  readonly at: number;
}

const strangersKept = 200;

/** A machine of the list keeps its last refusal; who is not in the list is kept apart, the newest of them only. */
export async function upsertRefused(db: Queryable, refused: readonly Refused[]): Promise<void> {
  await db.query({
    name: 'imaging.upsert-refused',
    text: `WITH one AS (SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::timestamptz[]) AS u(title, address, because, times, at)),
        known AS (UPDATE imaging.machine m SET refused_at = l.at, refused_because = l.because
          FROM (SELECT DISTINCT ON (title) title, because, at FROM one ORDER BY title, at DESC) l WHERE m.ae_title = l.title RETURNING m.ae_title)
      INSERT INTO imaging.stranger AS s (ae_title, address, because, times, first_at, last_at)
      SELECT title, address, because, times, at, at FROM one WHERE title NOT IN (SELECT ae_title FROM known)
      ON CONFLICT (ae_title, address) DO UPDATE SET because = excluded.because, times = s.times + excluded.times, last_at = excluded.last_at`,
    values: [refused.map(({ aeTitle }) => aeTitle), refused.map(({ address }) => address), refused.map(({ because }) => because), refused.map(({ times }) => times), refused.map(({ at }) => new Date(at))],
  });
  await db.query({ name: 'imaging.prune-strangers', text: 'DELETE FROM imaging.stranger WHERE (ae_title, address) IN (SELECT ae_title, address FROM imaging.stranger ORDER BY last_at DESC OFFSET $1)', values: [strangersKept] });
}

export interface Stranger {
  readonly aeTitle: string;
  readonly address: string;
  readonly because: string;
  readonly times: number;
  readonly lastAt: Date;
}

/** Who called and is in no list, the newest first. */
export async function listStrangers(db: Queryable): Promise<readonly Stranger[]> {
  const { rows } = await db.query<Stranger>({
    name: 'imaging.strangers',
    text: `SELECT ae_title AS "aeTitle", address, because, times, last_at AS "lastAt" FROM imaging.stranger WHERE NOT EXISTS (SELECT FROM imaging.machine m WHERE m.ae_title = stranger.ae_title) ORDER BY last_at DESC`,
    values: [],
  });
  return rows;
}
