import { hash } from 'node:crypto';
import type { Queryable } from '../../../platform/database.ts';
import { isSigned, type Anchor } from './anchor.ts';
import { genesis, linkHash } from './chain.ts';
import { rowOf, type Row } from './store.ts';
import type { KeyObject } from 'node:crypto';

export interface Break {
  /** Place in the chain; 0: not in it. */
  readonly seq: number;
  readonly vi: string;
  readonly en: string;
}

export interface Proof {
  readonly entries: number;
  readonly anchors: number;
  /** Lines of journals that have not reached the chain yet. */
  readonly waiting: number;
  /** The first broken link, when the chain is not whole. */
  readonly broken?: Break;
}

export interface Evidence {
  readonly anchors: readonly Anchor[];
  readonly publicKey: KeyObject;
  /** Lines of journals that are said to be in the chain. */
  readonly moved?: readonly string[];
  readonly waiting?: number;
}

interface StoredRow {
  seq: string;
  at: string;
  kind: string;
  action: string;
  outcome: number;
  actor: string;
  patients: string | null;
  request: string | null;
  foreign_id: string | null;
  entry: string;
  hash: Buffer;
}

const batchRows = 10_000;

/** Goes through the whole chain, holding each link to the one before, to its columns, to the anchors and to the journals. */
export async function verifyChain(db: Queryable, evidence: Evidence, progress: (entries: number) => void = () => undefined): Promise<Proof> {
  const forged = evidence.anchors.find((anchor) => !isSigned(anchor, evidence.publicKey));
  const anchors = new Map(evidence.anchors.map((anchor) => [anchor.seq, anchor.hash]));
  const lost = new Set((evidence.moved ?? []).map(digest));
  let end = { seq: 0, hash: genesis as Buffer };
  const proof = (broken?: Break): Proof => ({ entries: end.seq, anchors: anchors.size, waiting: evidence.waiting ?? 0, ...(broken === undefined ? {} : { broken }) });
  if (forged !== undefined) return proof({ seq: forged.seq, vi: `điểm neo của mục ${forged.seq} không do khóa của bệnh viện này ký`, en: `the anchor of entry ${forged.seq} was not signed with the key of this house` });
  for (let asked = batchAfter(db, 0); ; ) {
    const rows = await asked;
    // The next batch is fetched while this one is judged.
    const isLast = rows.length < batchRows;
    if (!isLast) asked = batchAfter(db, Number(rows.at(-1)!.seq));
    for (const row of rows) {
      const broken = linkProblem(end, row, anchors);
      if (broken !== undefined) return asked.then(() => proof(broken));
      end = { seq: Number(row.seq), hash: row.hash };
      if (lost.size > 0) lost.delete(digest(row.entry));
    }
    if (isLast) break;
    progress(end.seq);
  }
  const beyond = [...anchors.keys()].filter((seq) => seq > end.seq).sort((a, b) => a - b)[0];
  if (beyond !== undefined) return proof({ seq: end.seq + 1, vi: `phần cuối đã mất: điểm neo biết mục ${beyond}, chuỗi chỉ tới mục ${end.seq}`, en: `the tail is gone: an anchor knows entry ${beyond}, the chain ends at ${end.seq}` });
  if (lost.size > 0) return proof({ seq: 0, vi: `${lost.size} mục có trong tệp nhật ký của máy nhưng không có trong chuỗi`, en: `${lost.size} entries of the journal files are not in the chain` });
  return proof();
}

async function batchAfter(db: Queryable, seq: number): Promise<StoredRow[]> {
  const { rows } = await db.query<StoredRow>({
    name: 'audit-verify',
    text: `select seq, at, kind, action, outcome, actor, patients::text as patients, request, foreign_id, entry, hash from security.audit
      where seq > $1 order by seq limit ${batchRows}`,
    values: [seq],
  });
  return rows;
}

function linkProblem(end: { seq: number; hash: Buffer }, row: StoredRow, anchors: ReadonlyMap<number, string>): Break | undefined {
  const seq = end.seq + 1;
  if (Number(row.seq) !== seq) return { seq, vi: `thiếu mục ${seq}: sau mục ${end.seq} là mục ${row.seq}`, en: `entry ${seq} is missing: after ${end.seq} comes ${row.seq}` };
  const expected = linkHash(end.hash, seq, row.entry);
  if (!expected.equals(row.hash)) return { seq, vi: `nội dung mục ${seq}, hoặc mục ngay trước nó, đã bị thay đổi`, en: `the content of entry ${seq}, or of the one before it, was changed` };
  const column = changedColumn(row, rowOf({ seq, hash: row.hash }, row.entry));
  if (column !== undefined) return { seq, vi: `cột ${column} của mục ${seq} khác với nội dung đã niêm phong`, en: `column ${column} of entry ${seq} differs from what was sealed` };
  const anchored = anchors.get(seq);
  if (anchored !== undefined && anchored !== row.hash.toString('hex')) return { seq, vi: `mục ${seq} khác với điểm neo: chuỗi đã được viết lại`, en: `entry ${seq} differs from its anchor: the chain was written anew` };
  return undefined;
}

function changedColumn(row: StoredRow, sealed: Row): string | undefined {
  if (Number(row.at) !== sealed.at) return 'at';
  if (row.kind !== sealed.kind) return 'kind';
  if (row.action !== sealed.action) return 'action';
  if (row.outcome !== sealed.outcome) return 'outcome';
  if (row.actor !== sealed.actor) return 'actor';
  if (row.patients !== sealed.patients) return 'patients';
  if (row.request !== sealed.request) return 'request';
  return row.foreign_id === sealed.foreignId ? undefined : 'foreign_id';
}

function digest(line: string): string {
  return hash('sha256', line, 'base64');
}
