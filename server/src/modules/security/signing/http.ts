// One's own key to sign with, over HTTP; and which master keys encrypt what lies here.
import * as contracts from '@sen/contracts';
import { X509Certificate } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { bind } from '../../../platform/route.ts';
import { heldKeyring } from '../../../platform/seal.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { importSigningKey, useRemoteKey } from './import-signing-key.ts';
import { findSigningKey, withdrawSigningKey } from './store.ts';

export function addSigningRoutes(app: FastifyInstance): void {
  bind(app, contracts.readSigningKey, async (work) => {
    const key = await findSigningKey(work.db, work.actor.id);
    return key === undefined ? {} : { key: { kind: key.kind, ...shown(key.certificates[0]!) } };
  });
  bind(app, contracts.importSigningKey, async (work, asked) => {
    if ('credential' in asked) await useRemoteKey(work, asked.credential);
    else await importSigningKey(work, { file: Buffer.from(asked.file, 'base64'), password: asked.password, pin: asked.pin });
    return null;
  });
  bind(app, contracts.withdrawSigningKey, async (work) => {
    if (await withdrawSigningKey(work.db, work.actor.id, work.now)) tellAudit(work, { kind: 'key', detail: { what: 'signing-key-withdrawn' } });
    return null;
  });
  bind(app, contracts.readEncryption, async () => {
    const ring = heldKeyring();
    return { keys: ring.ids().map((id) => ({ id, inUse: id === ring.current() })) };
  });
}

function shown(der: Buffer) {
  const { subject, issuer, validTo } = new X509Certificate(der);
  return { holder: commonName(subject), issuer: commonName(issuer), notAfter: new Date(validTo).toISOString() };
}

function commonName(name: string): string {
  return /^CN=(.+)$/m.exec(name)?.[1] ?? name.replaceAll('\n', ', ');
}
