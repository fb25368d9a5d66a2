import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendMessage } from '../../server/src/modules/messages/index.ts';
import { waitUntil } from '../../server/src/platform/processes.ts';
import { testServer, type TestServer } from '../support/server.ts';

const folder = join(tmpdir(), `sen-hook-${process.pid}`);
const hookFile = join(folder, 'key');
const hookKey = 'a-key-of-the-provider-of-messages';
let server: TestServer;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(hookFile, hookKey, { mode: 0o600 });
  server = await testServer({ env: { SEN_MESSAGE_HOOK_FILE: hookFile } });
});
afterAll(() => server.close());

const json = { 'content-type': 'application/json' };
const outbox = () => {
  const files = join(server.db.house.settings.data, 'outbox');
  return existsSync(files) ? readdirSync(files).map((name) => JSON.parse(readFileSync(join(files, name), 'utf8')) as Record<string, string>) : [];
};

describe('Messages over HTTP', () => {
  it('go out by themselves once the transaction has committed, and are listed masked', async () => {
    await server.db.work().transact((work) => sendMessage(work, { template: 'messages.reply-unclear', to: { phone: '0912 345 678' }, data: { phone: '024 0000 1234' }, onceKey: 'over-http' }));
    expect(await waitUntil(() => outbox().length === 1, 10_000)).toBe(true);
    expect(outbox()[0]).toMatchObject({ to: '0912345678', channel: 'sms' });
    const admin = await server.as('administrator');
    const listed = async () => (await (await admin.call('/api/messages')).json()) as { messages: { id: string; to?: string; state: string }[]; channels: { channel: string }[] };
    expect(await waitUntil(async () => (await listed()).messages[0]?.state === 'sent', 5_000)).toBe(true);
    const list = await listed();
    expect(list.messages).toEqual([expect.objectContaining({ template: 'messages.reply-unclear', to: '09•• ••• 678', channel: 'sms', attempts: 1 })]);
    expect(list.channels.map(({ channel }) => channel)).toEqual(['sms', 'email', 'push']);
    expect((await admin.call(`/api/messages/${list.messages[0]?.id}/resend`, { method: 'POST' })).status).toBe(409);
    expect((await (await server.as('doctor')).call('/api/messages')).status).toBe(403);
  });

  it('have words that an administrator changes, with a preview first', async () => {
    const admin = await server.as('administrator');
    const address = '/api/message-templates/messages.reply-unclear';
    const wording = { sms: 'Số này có nhiều lịch hẹn, mời gọi {phone}.' };
    const preview = await (await admin.call(`${address}/preview`, { method: 'POST', headers: json, body: JSON.stringify({ language: 'vi', wording }) })).json();
    expect(preview).toMatchObject({ sms: 'Số này có nhiều lịch hẹn, mời gọi 024 0000 1234.', smsSent: 'So nay co nhieu lich hen, moi goi 024 0000 1234.', encoding: 'gsm-7', segments: 1, findings: [] });
    const refused = await admin.call(address, { method: 'PUT', headers: json, body: JSON.stringify({ vi: { sms: '{who}?' }, en: wording }) });
    expect([refused.status, (await refused.json()).code]).toEqual([400, 'messages.bad-wording']);
    const changed = await (await admin.call(address, { method: 'PUT', headers: json, body: JSON.stringify({ vi: wording, en: { sms: 'Call {phone}.' } }) })).json();
    expect(changed).toMatchObject({ vi: wording, ownSince: expect.any(String) });
    expect(((await (await admin.call('/api/message-templates')).json()) as { code: string }[]).map(({ code }) => code)).toContain('security.code');
  });

  it('are heard of by a signed call alone', async () => {
    const body = JSON.stringify({ kind: 'reply', from: '0912345678', text: 'XN' });
    const seconds = Math.floor(server.db.clock() / 1000);
    const signature = `t=${seconds},v1=${createHmac('sha256', hookKey).update(`${seconds}.${body}`).digest('hex')}`;
    const call = (sign: string) => fetch(`${server.base}/api/message-replies/sms`, { method: 'POST', headers: { ...json, 'x-sen-signature': sign }, body });
    expect((await call('')).status).toBe(401);
    expect((await call(signature)).status).toBe(204);
    expect((await call(signature)).status).toBe(409);
  });

  it('follow what patients choose for themselves and for nobody else', async () => {
    const patient = await server.as('nguoibenh');
    const answered = await patient.call('/api/my/message-preferences');
    const other = await patient.call('/api/my/message-preferences?patientId=somebody-else');
    expect([answered.status, other.status]).toEqual([200, 404]);
    const { preferences } = (await answered.json()) as { preferences: { refused: string[] } };
    const kept = await patient.call('/api/my/message-preferences', { method: 'PUT', headers: json, body: JSON.stringify({ preferences: { ...preferences, refused: ['notice'] } }) });
    expect(kept.status).toBe(204);
    expect((await (await patient.call('/api/my/message-preferences')).json()).preferences.refused).toEqual(['notice']);
    expect((await (await patient.call('/api/push-key')).json()).key).toMatch(/^[\w-]{87}$/);
  });
});
