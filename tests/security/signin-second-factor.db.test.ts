// NIST SP 800-63B-4 §3.1.4 and RFC 6238: a password alone, then with an app; recovery codes; what roles must have.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resetAccount } from '../../server/src/modules/security/index.ts';
import { appCode, goodPassword, signInHouse, type Browser, type SignInHouse } from './signin-house.ts';

let house: SignInHouse;
beforeAll(async () => {
  house = await signInHouse();
});
afterAll(() => house?.close());

const signIn = (browser: Browser, username: string, password = goodPassword) => browser.send('POST', '/api/session', { username, password });
const now = () => house.db.work().now;

async function withApp(username: string, roles?: string[]): Promise<{ secret: string; recoveryCodes: string[]; browser: Browser }> {
  await house.person(username, roles);
  const browser = house.browser();
  await signIn(browser, username);
  const { secret } = (await browser.send('POST', '/api/my/totp')).json();
  const confirmed = await browser.send('PUT', '/api/my/totp', { code: appCode(secret, now()) });
  return { secret, recoveryCodes: confirmed.json().recoveryCodes, browser };
}

describe('An authenticator app as second factor', () => {
  it('is asked for after the password, and its code opens one session only', async () => {
    const { secret } = await withApp('lan');
    house.db.clock.advance(60_000);
    const browser = house.browser('10.0.0.2');
    const half = await signIn(browser, 'lan');
    expect(half.json()).toEqual({ second: { ticket: expect.stringMatching(/^[\w-]{43}$/), methods: ['totp', 'recovery'] } });
    expect(half.cookies).toEqual([]);
    expect((await browser.send('GET', '/api/session')).statusCode).toBe(401);
    const code = appCode(secret, now());
    const whole = await browser.send('POST', '/api/session/second', { ticket: half.json().second.ticket, code });
    expect(whole.json().session).toMatchObject({ account: { username: 'lan' }, ways: ['password', 'totp'] });
    expect((await browser.send('GET', '/api/my/account')).json().sessions[0]).toMatchObject({ method: 'password+totp', agent: 'Firefox, Windows', address: '10.0.0.2' });
    // RFC 6238 §5.2: the same code is refused a second time
    const again = house.browser('10.0.0.3');
    const { ticket } = (await signIn(again, 'lan')).json().second;
    expect((await again.send('POST', '/api/session/second', { ticket, code })).json()).toMatchObject({ code: 'security.wrong-code' });
  });

  it('is asked for beside the one-time code of an administrator too, unless it was reset with it', async () => {
    const { secret, browser } = await withApp('thanh.ha');
    const id = (await browser.send('GET', '/api/session')).json().account.id;
    const { code } = await resetAccount(house.db.work(), { id }, false);
    house.db.clock.advance(60_000);
    const thief = house.browser('10.0.0.66');
    const half = await signIn(thief, 'thanh.ha', code);
    expect([half.json(), half.cookies]).toEqual([{ second: { ticket: expect.any(String), methods: ['totp', 'recovery'] } }, []]);
    const whole = await thief.send('POST', '/api/session/second', { ticket: half.json().second.ticket, code: appCode(secret, now()) });
    expect(whole.json().session.held).toBe('must-change');
    const { code: bare } = await resetAccount(house.db.work(), { id }, true);
    expect((await signIn(house.browser('10.0.0.67'), 'thanh.ha', bare)).json().session.held).toBe('must-change');
  });

  it('opens one session to two who send the same code at once', async () => {
    const { secret, recoveryCodes } = await withApp('dao.anh');
    house.db.clock.advance(60_000);
    for (const code of [appCode(secret, now()), recoveryCodes[0]!]) {
      const tickets = [];
      for (const at of [1, 2, 3, 4]) tickets.push({ browser: house.browser(`10.0.1.${at}`), ticket: (await signIn(house.browser(`10.0.1.${at}`), 'dao.anh')).json().second.ticket });
      const answers = await Promise.all(tickets.map(({ browser, ticket }) => browser.send('POST', '/api/session/second', { ticket, code })));
      expect(answers.map(({ statusCode }) => statusCode).toSorted()[0]).toBe(200);
      expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    }
  });

  it('gives a ticket five tries and five minutes', async () => {
    const { secret } = await withApp('minh');
    house.db.clock.advance(60_000);
    const browser = house.browser('10.0.0.4');
    const { ticket } = (await signIn(browser, 'minh')).json().second;
    for (let guess = 0; guess < 4; guess++) expect((await browser.send('POST', '/api/session/second', { ticket, code: '000000' })).json().code).toBe('security.wrong-code');
    expect((await browser.send('POST', '/api/session/second', { ticket, code: '000000' })).json().code).toBe('security.wait');
    house.db.clock.advance(60_000);
    expect((await browser.send('POST', '/api/session/second', { ticket, code: appCode(secret, now()) })).json().code).toBe('security.step-ended');
    const late = (await signIn(browser, 'minh')).json().second.ticket;
    house.db.clock.advance(5 * 60_000);
    expect((await browser.send('POST', '/api/session/second', { ticket: late, code: appCode(secret, now()) })).json().code).toBe('security.step-ended');
  });

  it('keeps its secret sealed, and recovery codes only as argon2id', async () => {
    const { secret, recoveryCodes } = await withApp('an');
    expect(recoveryCodes).toHaveLength(10);
    const { rows } = await house.db.database.query<{ all: string }>({ text: 'SELECT (SELECT json_agg(t)::text FROM security.totp t) || (SELECT json_agg(r)::text FROM security.recovery_code r) AS all' });
    expect(rows[0]?.all).not.toContain(secret);
    expect(rows[0]?.all).not.toContain(recoveryCodes[0]);
  });

  it('is replaced by a recovery code, each good once, however it is typed', async () => {
    const { recoveryCodes } = await withApp('mai');
    const typed = recoveryCodes[0]!.replaceAll('-', ' ').toUpperCase();
    const answers: string[] = [];
    for (let time = 0; time < 2; time++) {
      const browser = house.browser(`10.0.1.${time}`);
      const { ticket } = (await signIn(browser, 'mai')).json().second;
      const answer = (await browser.send('POST', '/api/session/second', { ticket, code: typed })).json();
      answers.push(answer.code ?? answer.session.account.username);
    }
    expect(answers).toEqual(['mai', 'security.wrong-code']);
  });

  it('cannot be set up or removed by whoever finds an open screen: that asks for a fresh proof (ASVS 5.0 V7.5)', async () => {
    const { browser } = await withApp('hoai');
    house.db.clock.advance(6 * 60_000);
    expect((await browser.send('GET', '/api/session')).json().held).toBe('locked'); // six minutes without use
    await browser.send('POST', '/api/session/unlock', { password: goodPassword });
    expect((await browser.send('DELETE', '/api/my/totp')).statusCode).toBe(204); // unlocked by password: fresh
    await browser.send('POST', '/api/my/totp');
    for (let minute = 0; minute < 6; minute++) {
      house.db.clock.advance(60_000);
      await browser.send('GET', '/api/session');
    }
    expect((await browser.send('POST', '/api/my/totp')).json()).toMatchObject({ code: 'security.confirm-yourself' });
    expect((await browser.send('POST', '/api/session/confirm', { password: 'sai' })).json().code).toBe('security.wrong-code');
    expect((await browser.send('POST', '/api/session/confirm', { password: goodPassword })).statusCode).toBe(204);
    expect((await browser.send('POST', '/api/my/totp')).statusCode).toBe(200);
  });
});

describe('Roles that must have a second factor', () => {
  it('open nothing but its setting up, and then everything', async () => {
    await house.person('sep', ['director']);
    const browser = house.browser('10.0.2.1');
    expect((await signIn(browser, 'sep')).json().session.held).toBe('must-enrol');
    expect((await browser.send('GET', '/api/policy')).statusCode).toBeOneOf([403, 404]);
    expect((await browser.send('DELETE', '/api/my/sessions?others=true')).json().code).toBe('security.must-enrol');
    const { secret } = (await browser.send('POST', '/api/my/totp')).json();
    await browser.send('PUT', '/api/my/totp', { code: appCode(secret, now()) });
    expect((await browser.send('GET', '/api/session')).json().held).toBeUndefined();
    expect((await browser.send('DELETE', '/api/my/sessions?others=true')).statusCode).toBe(200);
    expect((await browser.send('DELETE', '/api/my/totp')).json().code).toBe('security.last-factor');
  });

  it('are only invited before the day of the setting', async () => {
    const later = await signInHouse({ SEN_SECOND_FACTOR_FROM: '2026-06-01' });
    await later.person('sep', ['director']);
    expect((await later.browser().send('POST', '/api/session', { username: 'sep', password: goodPassword })).json().session.held).toBeUndefined();
    await later.close();
  });

  it('lose it by a reset for one who has lost the telephone, and set up a new one', async () => {
    const { browser } = await withApp('quen', ['auditor']);
    expect((await browser.send('GET', '/api/session')).statusCode).toBe(200);
    const { code } = await resetAccount(house.db.work(), { username: 'quen' }, true);
    expect((await browser.send('GET', '/api/session')).statusCode).toBe(401);
    const next = house.browser('10.0.2.2');
    expect((await signIn(next, 'quen', code)).json().session.held).toBe('must-change');
    expect((await next.send('GET', '/api/audit')).statusCode).toBeOneOf([403, 404]);
    await next.send('PUT', '/api/my/password', { current: code, next: 'mưa rơi trên mái lá cọ' });
    expect((await next.send('GET', '/api/session')).json().held).toBe('must-enrol');
  });
});
