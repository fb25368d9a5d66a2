// Who asks in the attack tests: a role, or an app that a role lets in for one patient (`doctor through patient/Observation.rs`).
import type { TestCaller, TestServer } from '../support/server.ts';
import { answer, authorization, exchange, register, TestBrowser } from './smart-app.ts';
import { ownPatient } from './record-worlds.ts';

export async function callerOf(server: TestServer, who: string): Promise<Pick<TestCaller, 'call'>> {
  const [role = '', scopes] = who.split(' through ');
  const person = await server.as(role);
  if (scopes === undefined) return person;
  const app = await register(await server.as('administrator'), { scopes: ['openid', 'launch/patient', ...scopes.split(' ')] });
  const scope = `openid launch/patient ${scopes}`;
  const asked = authorization(server, app.id, { scope });
  const back = await answer(new TestBrowser(server.base, person.token), asked, { allow: true, patientId: ownPatient, scopes: scope.split(' ') });
  const { body } = await exchange(server, app, asked, back);
  if (typeof body.access_token !== 'string') throw new Error(`${back.href} ${JSON.stringify(body)}`);
  return { call: (path, init = {}) => fetch(`${server.base}${path}`, { ...init, headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${body.access_token}` } }) };
}
