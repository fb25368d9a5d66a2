import { hash } from 'node:crypto';
import type { Queryable } from '../../../platform/database.ts';
import { isSigned, type Anchor } from './anchor.ts';
import { genesis, linkHash } from './chain.ts';
import { blockOf, linesOf, type Block, type ChainEnd } from './block.ts';
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

interface StoredBlock {
  first_seq: string;
  last_seq: string;
  from_at: string;
  to_at: string;
  refused: number;
  failed: number;
  actors: string[];
  patients: string | null;
  requests: string[] | null;
  foreign_ids: string[] | null;
  links: 'block' | 'entries';
  body: Buffer;
  hash: Buffer;
}

const batchBlocks = 64;

/** Goes through the whole chain, holding each link to the one before, to its columns, to the anchors and to the journals. */
export async function verifyChain(db: Queryable, evidence: Evidence, progress: (entries: number) => void = () => undefined): Promise<Proof> {
  const forged = evidence.anchors.find((anchor) => !isSigned(anchor, evidence.publicKey));
  const anchors = new Map(evidence.anchors.map((anchor) => [anchor.seq, anchor.hash]));
  const lost = new Set((evidence.moved ?? []).map(digest));
  let end: ChainEnd = { seq: 0, hash: genesis };
  const proof = (broken?: Break): Proof => ({ entries: end.seq, anchors: anchors.size, waiting: evidence.waiting ?? 0, ...(broken === undefined ? {} : { broken }) });
  if (forged !== undefined) return proof({ seq: forged.seq, vi: `điểm neo của mục ${forged.seq} không do khóa của bệnh viện này ký`, en: `the anchor of entry ${forged.seq} was not signed with the key of this house` });
  for (let asked = batchAfter(db, 0); ; ) {
    const blocks = await asked;
    // The next batch is fetched while this one is judged.
    const isLast = blocks.length < batchBlocks;
    if (!isLast) asked = batchAfter(db, Number(blocks.at(-1)!.first_seq));
    for (const block of blocks) {
      const lines = safeLines(block);
      const broken = linkProblem(end, block, lines, anchors);
      if (broken !== undefined) return asked.then(() => proof(broken));
      end = { seq: Number(block.last_seq), hash: block.hash };
      if (lost.size > 0) for (const line of lines) lost.delete(digest(line));
    }
    if (isLast) break;
    progress(end.seq);
  }
  const beyond = [...anchors.keys()].filter((seq) => seq > end.seq).sort((a, b) => a - b)[0];
  if (beyond !== undefined) return proof({ seq: end.seq + 1, vi: `phần cuối đã mất: điểm neo biết mục ${beyond}, chuỗi chỉ tới mục ${end.seq}`, en: `the tail is gone: an anchor knows entry ${beyond}, the chain ends at ${end.seq}` });
  if (lost.size > 0) return proof({ seq: 0, vi: `${lost.size} mục có trong tệp nhật ký của máy nhưng không có trong chuỗi`, en: `${lost.size} entries of the journal files are not in the chain` });
  return proof();
}

async function batchAfter(db: Queryable, seq: number): Promise<StoredBlock[]> {
  const { rows } = await db.query<StoredBlock>({
    name: 'audit-verify',
    text: `select first_seq, last_seq, from_at, to_at, refused, failed, actors, patients::text as patients, requests, foreign_ids, links, body, hash from security.audit_block
      where first_seq > $1 order by first_seq limit ${batchBlocks}`,
    values: [seq],
  });
  return rows;
}

/** What cannot be read any more holds no lines. */
function safeLines({ body, links }: StoredBlock): string[] {
  try {
    return linesOf(body, links);
  } catch {
    return [];
  }
}

function linkProblem(end: ChainEnd, block: StoredBlock, lines: readonly string[], anchors: ReadonlyMap<number, string>): Break | undefined {
  const seq = end.seq + 1;
  const last = Number(block.last_seq);
  if (Number(block.first_seq) !== seq) return { seq, vi: `thiếu mục ${seq}: sau mục ${end.seq} là mục ${block.first_seq}`, en: `entry ${seq} is missing: after ${end.seq} comes ${block.first_seq}` };
  const which = last === seq ? { vi: `mục ${seq}`, en: `entry ${seq}` } : { vi: `các mục ${seq} đến ${last}`, en: `entries ${seq} to ${last}` };
  const changed = { seq, vi: `nội dung ${which.vi}, hoặc mục ngay trước, đã bị thay đổi`, en: `the content of ${which.en}, or of the one before, was changed` };
  if (lines.length !== last - end.seq) return changed;
  const links = linksOf(end, block, lines);
  if (!links.at(-1)!.hash.equals(block.hash)) return changed;
  const column = changedColumn(block, sealedBlock(end, lines));
  if (column !== undefined) return { seq, vi: `cột ${column} của ${which.vi} khác với nội dung đã niêm phong`, en: `column ${column} of ${which.en} differs from what was sealed` };
  const rewritten = links.find((link) => anchors.has(link.seq) && anchors.get(link.seq) !== link.hash.toString('hex'));
  if (rewritten !== undefined) return { seq: rewritten.seq, vi: `mục ${rewritten.seq} khác với điểm neo: chuỗi đã được viết lại`, en: `entry ${rewritten.seq} differs from its anchor: the chain was written anew` };
  return undefined;
}

/** The links that a block is made of: itself, or (told before there were blocks) each of its entries. */
function linksOf(end: ChainEnd, { links }: StoredBlock, lines: readonly string[]): ChainEnd[] {
  if (links === 'block') return [{ seq: end.seq + lines.length, hash: linkHash(end.hash, end.seq + 1, lines.join('\n')) }];
  let at = end;
  return lines.map((line) => (at = { seq: at.seq + 1, hash: linkHash(at.hash, at.seq + 1, line) }));
}

/** A line that is sealed but cannot be read is nobody's forgery of the columns. */
function sealedBlock(end: ChainEnd, lines: readonly string[]): Block | undefined {
  try {
    return blockOf(end, lines);
  } catch {
    return undefined;
  }
}

function changedColumn(block: StoredBlock, sealed: Block | undefined): string | undefined {
  if (sealed === undefined) return undefined;
  const pairs: [string, unknown, unknown][] = [
    ['from_at', Number(block.from_at), sealed.fromAt], ['to_at', Number(block.to_at), sealed.toAt], ['refused', block.refused, sealed.refused], ['failed', block.failed, sealed.failed],
    ['actors', sorted(block.actors), sealed.actors], ['patients', sorted(block.patients?.slice(1, -1).split(',')), sealed.patients?.slice(1, -1).split(',')],
    ['requests', sorted(block.requests), sealed.requests], ['foreign_ids', sorted(block.foreign_ids), sealed.foreignIds],
  ];
  return pairs.find(([, stored, told]) => JSON.stringify(stored ?? null) !== JSON.stringify(told ?? null))?.[0];
}

function sorted(texts: readonly string[] | null | undefined): string[] | undefined {
  return texts === null || texts === undefined ? undefined : [...texts].sort();
}

function digest(line: string): string {
  return hash('sha256', line, 'base64');
}
