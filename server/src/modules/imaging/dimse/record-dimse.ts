// What a machine was shown, for the audit: it acts under its own title, and the patients are those of the studies.
import type { DicomPeer } from '@sen/dicom/net';
import type { Queryable } from '../../../platform/database.ts';
import type { Actor, Work } from '../../../platform/work.ts';
import { recordAudit } from '../../security/index.ts';
import { plainAddress, type Machine } from '../machines/machine.ts';

interface Shown {
  readonly kind: 'search' | 'export';
  readonly door: string;
  readonly studies: readonly string[];
  readonly detail: Readonly<Record<string, string | number>>;
}

/** Durable when it resolves: nothing is shown unaudited. */
export async function recordDimse(work: Work, machine: Machine, { address }: DicomPeer, { kind, door, studies, detail }: Shown): Promise<void> {
  const patients = await subjectsOf(work.db, studies.filter((uid) => uid !== ''));
  await recordAudit(work, { kind, action: 'R', actor: actorOf(machine), address: plainAddress(address), door, patients, detail });
}

function actorOf({ aeTitle, name, facility }: Machine): Actor {
  return { id: `dicom:${aeTitle}`, kind: 'device', name, roles: [], facility };
}

async function subjectsOf(db: Queryable, studies: readonly string[]): Promise<string[]> {
  if (studies.length === 0) return [];
  const { rows } = await db.query<{ subject: string }>({ name: 'imaging.subjects-of', text: 'SELECT DISTINCT subject FROM imaging.study WHERE uid = ANY ($1) AND subject IS NOT NULL', values: [studies] });
  return rows.map(({ subject }) => subject);
}
