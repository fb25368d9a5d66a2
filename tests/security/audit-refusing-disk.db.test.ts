import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveJournal } from '../../server/src/modules/security/audit/move-journal.ts';
import { auditOf, keepAudit, type OpenAudit } from '../../server/src/modules/security/audit/open-audits.ts';
import { openJournal, type Journal } from '../../server/src/modules/security/audit/open-journal.ts';
import { waitUntil } from '../../server/src/platform/processes.ts';
import { auditEntries, settleAudit } from '../support/audit.ts';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let folder: string;
let usual: OpenAudit;
let journal: Journal;
beforeAll(async () => {
  server = await testServer();
  folder = join(server.db.house.settings.data, 'audit', 'small');
  usual = auditOf(server.db.database)!;
  journal = await openJournal(folder, 1); // each write begins a new file, which needs its folder
  keepAudit(server.db.database, { journal, settle: async () => void (await moveJournal(server.db.work(), journal)) });
});
afterAll(async () => {
  await journal.close();
  keepAudit(server.db.database, usual);
  await server.close();
});

const read = async () => {
  const answer = await server.call('/fhir/R4/Patient?name=lua', { headers: { accept: 'application/fhir+json' } });
  return { status: answer.status, text: await answer.text() };
};

describe('ASVS 5.0 16.5.3: what cannot be audited is not served', () => {
  it('answers 503 without the data, says so at once to those who come after, and serves again when the disk is there', { timeout: 30_000 }, async () => {
    expect((await read()).status).toBe(200);
    await settleAudit(server.db);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'not a folder');
    for (let i = 0; i < 3; i++) {
      const { status, text } = await read();
      expect([status, text.includes('security.audit-unavailable'), text.includes('searchset')]).toEqual([503, true, false]);
    }
    expect((await fetch(`${server.base}/healthz`)).status).toBe(200);
    rmSync(folder);
    mkdirSync(folder);
    expect(await waitUntil(() => !journal.isRefusing(), 10_000)).toBe(true); // tried again each second
    expect((await read()).status).toBe(200);
    await settleAudit(server.db);
    // the one that met the failure is told too, as it was asked; those refused at the door did nothing
    const searches = (await auditEntries(server.db)).filter(({ entry }) => entry.kind === 'search');
    expect(searches.map(({ entry }) => entry.status)).toEqual([200, 200, 200]);
  });
});
