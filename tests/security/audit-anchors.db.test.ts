import { createPublicKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addEntries, verifyAudit } from '../../server/src/modules/security/index.ts';
import { isSigned, type Anchor } from '../../server/src/modules/security/audit/anchor.ts';
import { sendAnchors, writeAnchor } from '../../server/src/modules/security/audit/write-anchor.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

interface Sent {
  readonly publicKey: string;
  readonly anchors: readonly Anchor[];
}

/** An outside keeper of anchors: what a ministry or another hospital would run. */
let keeper: Server;
let url: string;
let status = 204;
let received: Sent[] = [];
beforeAll(async () => {
  keeper = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      if (status < 300) received.push(JSON.parse(text) as Sent);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => keeper.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(keeper.address() as AddressInfo).port}/anchors`;
});
afterAll(() => new Promise((resolve) => keeper.close(resolve)));

let db: TestDatabase;
beforeEach(async () => {
  [status, received] = [204, []];
  db = await testDatabase({ env: { SEN_AUDIT_ANCHOR_URL: url } });
});
afterEach(() => db.close());

const add = (actor: string) => addEntries(db.work(), [{ at: db.clock(), kind: 'read', action: 'R', outcome: 0, actor }]);

describe('Anchors: the end of the chain, told where nobody of the house can change it', () => {
  it('are sent once, signed, in the order of the chain', async () => {
    await add('một');
    await writeAnchor(db.work(), db.house.settings);
    await add('hai');
    await writeAnchor(db.work(), db.house.settings);
    expect(await sendAnchors(db.work(), db.house.settings)).toBe(2);
    expect(await sendAnchors(db.work(), db.house.settings)).toBe(0);
    const [{ publicKey, anchors }] = received as [Sent];
    expect(anchors.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(anchors.every((anchor) => isSigned(anchor, createPublicKey(publicKey)))).toBe(true);
    expect(isSigned({ ...anchors[0]!, hash: anchors[1]!.hash }, createPublicKey(publicKey))).toBe(false);
  });

  it('wait for an address that does not answer well, and are sent again', async () => {
    await add('một');
    await writeAnchor(db.work(), db.house.settings);
    status = 500;
    await expect(sendAnchors(db.work(), db.house.settings)).rejects.toThrow('did not take them');
    status = 200;
    expect(await sendAnchors(db.work(), db.house.settings)).toBe(1);
  });

  it('convict a house that has rewritten its own anchors too, when they are held against those kept outside', async () => {
    await add('một');
    await writeAnchor(db.work(), db.house.settings);
    await sendAnchors(db.work(), db.house.settings);
    await db.database.transaction(async (tx) => {
      await tx.query({ text: 'set local session_replication_role = replica' });
      await tx.query({ text: 'delete from security.audit_block' });
      await tx.query({ text: 'delete from security.audit_anchor' });
    });
    const { data } = db.house.settings;
    writeFileSync(join(data, 'audit', 'anchors.ndjson'), '');
    await add('sạch sẽ');
    await writeAnchor(db.work(), db.house.settings);
    expect((await verifyAudit(db.house)).broken).toBeUndefined(); // with everything in its hands the house is whole to itself
    const [{ publicKey, anchors }] = received as [Sent];
    const [kept, key] = [join(data, 'kept.ndjson'), join(data, 'key.pem')];
    writeFileSync(kept, anchors.map((anchor) => `${JSON.stringify(anchor)}\n`).join(''));
    writeFileSync(key, publicKey);
    expect(readFileSync(kept, 'utf8')).toContain('"seq":1');
    expect((await verifyAudit(db.house, { anchors: kept, publicKey: key })).broken).toMatchObject({ seq: 1, en: 'entry 1 differs from its anchor: the chain was written anew' });
  });
});
