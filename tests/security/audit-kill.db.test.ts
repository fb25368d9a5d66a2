import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importResources } from '../../server/src/modules/record/index.ts';
import { issueToken } from '../../server/src/modules/security/index.ts';
import { auditEntries, forgeBlock } from '../support/audit.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { fastFolder } from '../support/fast-folder.ts';
import { startProgram, type Program } from '../support/program.ts';

let db: TestDatabase;
let folder: string;
let token: string;
beforeAll(async () => {
  db = await testDatabase({ startMs: Date.now() });
  folder = mkdtempSync(join(fastFolder(), 'sen-audit-kill-'));
  token = await issueToken(db.work(), undefined, 24);
  await importResources(db.work(), [{ resourceType: 'Patient', id: 'ba-lua', name: [{ text: 'Nguyễn Thị Lụa' }] }]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await db.close();
});

const environment = () => ({ DATABASE_URL: db.url, SEN_DATA: folder });

async function startServer(): Promise<{ program: Program; base: string }> {
  const program = startProgram('server/src/main.ts', [], environment());
  const [base] = await program.says(/http:\/\/localhost:\d+/);
  return { program, base };
}

/** Reads with several in flight until the server is gone; gives the ids of the requests that were answered whole. */
async function readUntilGone(base: string, answered: (count: number) => void): Promise<string[]> {
  const done: string[] = [];
  const client = async (name: number) => {
    for (let n = 0; ; n++) {
      const id = `doc-${name}-${1000 + n}`;
      try {
        const answer = await fetch(`${base}/fhir/R4/Patient/ba-lua`, { headers: { authorization: `Bearer ${token}`, 'x-request-id': id } });
        await answer.text();
        if (answer.status !== 200) continue;
        done.push(id);
        answered(done.length);
      } catch {
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, name) => client(name)));
  return done;
}

describe('Nothing answered is unaudited, also when the server is killed', () => {
  it('finds an entry for every read that was answered before SIGKILL, once each, in a chain that is whole', { timeout: 120_000 }, async () => {
    const { program, base } = await startServer();
    const done = await readUntilGone(base, (count) => count === 400 && program.child.kill('SIGKILL'));
    await program.ended;
    expect(done.length).toBeGreaterThanOrEqual(400);
    const again = await startServer();
    again.program.child.kill('SIGTERM');
    await again.program.ended;
    const requests = (await auditEntries(db)).map(({ entry }) => entry.request ?? '').filter((request) => request.startsWith('doc-'));
    const told = new Set(requests);
    expect(done.filter((id) => !told.has(id))).toEqual([]);
    expect(requests.length).toBe(told.size);
    const verify = startProgram('server/src/cli.ts', ['verify-audit'], environment());
    expect([await verify.ended, verify.output()]).toEqual([0, expect.stringContaining('Nguyên vẹn') as string]);
  });

  it('says where the chain is broken, and ends with 3', { timeout: 60_000 }, async () => {
    const { rows } = await db.database.query<{ first_seq: string }>({ text: 'select first_seq from security.audit_block order by first_seq desc limit 1' });
    const seq = Number(rows[0]!.first_seq);
    await forgeBlock(db, seq, (line) => line.replace('"action":"', '"action":"X'));
    const verify = startProgram('server/src/cli.ts', ['verify-audit'], environment());
    expect([await verify.ended, verify.output()]).toEqual([3, expect.stringMatching(new RegExp(`HỎNG ở mục ${seq}.*\\n.*BROKEN at entry ${seq}: the content of entr(?:y|ies) ${seq}`)) as string]);
  });
});
