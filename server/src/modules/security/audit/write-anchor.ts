import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Settings } from '../../../platform/config.ts';
import type { Work } from '../../../platform/work.ts';
import { signedAnchor, type Anchor } from './anchor.ts';
import { loadEnd } from './store.ts';

type AnchorSettings = Pick<Settings, 'data' | 'auditAnchorFile' | 'auditAnchorUrl'>;

const timeoutMs = 10_000;
/** Most anchors sent at once; what is left is sent with the next. */
const mostSent = 100;

/** Tells the end of the chain in the file of anchors, once for each end. */
export async function writeAnchor(work: Work, settings: AnchorSettings): Promise<Anchor | undefined> {
  const { seq, hash } = await loadEnd(work.db);
  if (seq === 0) return undefined;
  const { rowCount } = await work.db.query({
    name: 'audit-anchor', text: 'insert into security.audit_anchor (seq, at, hash) values ($1, $2, $3) on conflict (seq) do nothing', values: [seq, work.now, hash],
  });
  if (rowCount === 0) return undefined;
  const anchor = signedAnchor(seq, hash, work.now, anchorKey(settings.data));
  await appendDurably(anchorFile(settings), `${JSON.stringify(anchor)}\n`);
  return anchor;
}

/** Sends the anchors that the outside address has not had yet; throws when it does not take them, and they are sent again later. */
export async function sendAnchors(work: Work, settings: AnchorSettings): Promise<number> {
  if (settings.auditAnchorUrl === '') return 0;
  const { rows } = await work.db.query<{ seq: string; at: string; hash: Buffer }>({
    name: 'audit-anchors-unsent', text: 'select seq, at, hash from security.audit_anchor where sent_at is null order by seq limit $1', values: [mostSent],
  });
  if (rows.length === 0) return 0;
  const key = anchorKey(settings.data);
  const anchors = rows.map(({ seq, at, hash }) => signedAnchor(Number(seq), hash, Number(at), key));
  const body = JSON.stringify({ publicKey: publicAnchorKey(settings.data).export({ type: 'spki', format: 'pem' }), anchors });
  const response = await fetch(settings.auditAnchorUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  await response.body?.cancel();
  if (!response.ok) throw new Error('the address of the anchors did not take them');
  await work.db.query({ text: 'update security.audit_anchor set sent_at = $2 where seq = any($1::bigint[])', values: [rows.map(({ seq }) => seq), work.now] });
  return rows.length;
}

export function anchorFile({ data, auditAnchorFile }: Pick<Settings, 'data' | 'auditAnchorFile'>): string {
  return auditAnchorFile === '' ? join(data, 'audit', 'anchors.ndjson') : auditAnchorFile;
}

export function publicAnchorKey(data: string): KeyObject {
  return createPublicKey(anchorKey(data));
}

/** The house's own key, made when first needed. */
function anchorKey(data: string): KeyObject {
  const file = join(data, 'audit', 'anchor-key.pem');
  if (!existsSync(file)) makeKey(file);
  return createPrivateKey(readFileSync(file));
}

function makeKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const made = `${file}.${process.pid}`;
  writeFileSync(made, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  try {
    linkSync(made, file); // only one of two processes makes it
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(made, { force: true });
  }
}

async function appendDurably(path: string, text: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'a', 0o600);
  try {
    await file.appendFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
}
