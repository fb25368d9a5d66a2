// A real switchboard tells of its calls; the operator sees who calls.
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';

describe('The webhook of a switchboard', () => {
  let server: TestServer;
  const folder = mkdtempSync(join(tmpdir(), 'sen-switchboard-'));
  beforeAll(async () => {
    writeFileSync(join(folder, 'key'), 'khoa-tong-dai\n');
    server = await testServer({ env: { SEN_SWITCHBOARD_KEY_FILE: join(folder, 'key') } });
    await server.call('/fhir/R4/Patient/hoa', { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: 'Patient', id: 'hoa', name: [{ text: 'Trần Thị Hoa' }], gender: 'female', birthDate: '1958', telecom: [{ system: 'phone', value: '0912345678' }] }) });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  const report = (told: object, key = 'khoa-tong-dai', seconds = Math.floor(Date.now() / 1000)) => {
    const body = JSON.stringify(told);
    const signature = `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}`;
    return fetch(`${server.base}/api/switchboard/calls`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-sen-signature': signature } });
  };

  it('shows a ringing call with whom its number belongs to, until it ends, whatever comes late', async () => {
    const operator = await server.as('operator');
    expect((await report({ call: 'u1', state: 'ringing', from: '+84 912 345 678', extension: '11' })).status).toBe(200);
    const { calls } = await (await operator.call('/api/switchboard/calls')).json() as { calls: { id: string }[] };
    expect(calls).toMatchObject([{ state: 'ringing', from: '0912345678', extension: '11', mine: false, patients: [{ id: 'hoa', name: 'Trần Thị Hoa', birthDate: '1958' }] }]);
    expect(await (await operator.call(`/api/switchboard/calls/${calls[0]!.id}/take`, { method: 'POST' })).json()).toMatchObject({ mine: true });
    expect((await server.call(`/api/switchboard/calls/${calls[0]!.id}/take`, { method: 'POST' })).status).toBe(409); // another operator has it
    await report({ call: 'u1', state: 'ended' });
    await report({ call: 'u1', state: 'answered' });
    expect(await (await operator.call('/api/switchboard/calls')).json()).toMatchObject({ calls: [{ state: 'ended', patients: [] }] });
  });

  it('takes nothing unsigned, signed by another key, or signed long ago', async () => {
    const body = { call: 'u2', state: 'ringing' };
    expect((await report(body, 'khac')).status).toBe(401);
    expect((await report(body, 'khoa-tong-dai', Math.floor(Date.now() / 1000) - 600)).status).toBe(401);
    expect((await server.call('/api/switchboard/calls', { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })).status).toBe(401);
  });

  it('is for operators only to see', async () => {
    const doctor = await server.as('cashier');
    expect((await doctor.call('/api/switchboard/calls')).status).toBe(403);
  });
});
