import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { House } from '../../../platform/module.ts';
import { anchorOf, type Anchor } from './anchor.ts';
import { isWholeLine } from './entry.ts';
import { journalsIn, readLines } from './move-journal.ts';
import { journalFile } from './open-journal.ts';
import { loadPlace } from './store.ts';
import { verifyChain, type Evidence, type Proof } from './verify-chain.ts';
import { anchorFile, publicAnchorKey } from './write-anchor.ts';

export interface VerifyInput {
  /** File of anchors that somebody outside has kept; else that of the house. */
  readonly anchors?: string;
  /** File with the public key (PEM) that signed them; else the house's own. */
  readonly publicKey?: string;
  readonly progress?: (entries: number) => void;
}

/** Proves the audit whole: against its own hashes, the anchors and the journals of this machine. */
export async function verifyAudit(house: House, { anchors, publicKey, progress }: VerifyInput = {}): Promise<Proof> {
  const evidence: Evidence = {
    anchors: readAnchors(anchors ?? anchorFile(house.settings)),
    publicKey: publicKey === undefined ? publicAnchorKey(house.settings.data) : createPublicKey(readFileSync(publicKey)),
    ...(await readJournals(house)),
  };
  return verifyChain(house.database, evidence, progress);
}

function readAnchors(path: string): Anchor[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter((line) => line.trim() !== '');
  // A line that is no anchor any more counts as one that nobody signed.
  return lines.map((line) => anchorOf(line) ?? { seq: 0, hash: '', at: '', key: '', signature: '' });
}

async function readJournals({ database, settings }: House): Promise<Required<Pick<Evidence, 'moved' | 'waiting'>>> {
  const folder = join(settings.data, 'audit', 'journal');
  const moved: string[] = [];
  let waiting = 0;
  for (const [name, segments] of journalsIn(folder)) {
    const place = await loadPlace(database, name);
    for (const segment of segments) {
      const path = journalFile(folder, name, segment);
      const seen = segment < place.segment ? Infinity : segment === place.segment ? place.position : 0;
      for (let position = 0; ; ) {
        const bound = position < seen ? Math.min(seen - position, 16 * 1024 * 1024) : Infinity;
        const { lines, bytes } = await readLines(path, position, bound);
        if (bytes === 0) break;
        if (position < seen) for (const line of lines.filter(isWholeLine)) moved.push(line);
        else waiting += lines.length;
        position += bytes;
      }
    }
  }
  return { moved, waiting };
}
