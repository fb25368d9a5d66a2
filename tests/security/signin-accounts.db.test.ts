// Accounts are managed by administrators alone, afresh; the last administrator stays; the first is made once, by whoever reads what the start prints.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSetUp } from '../../server/src/modules/security/index.ts';
import { goodPassword, signInHouse, type Browser, type SignInHouse } from './signin-house.ts';

let house: SignInHouse;
let administrator: Browser;

beforeAll(async () => {
  house = await signInHouse({ SEN_SECOND_FACTOR_ROLES: 'none' });
});
afterAll(() => house?.close());

const signIn = (browser: Browser, username: string, password = goodPassword) => browser.send('POST', '/api/session', { username, password });

describe('The first administrator', () => {
  const input = { username: 'truong', name: 'Hồ Văn Trưởng', password: goodPassword };
  const set = (code: string, more: object = {}) => house.browser().send('POST', '/api/setup', { ...input, code, ...more });

  it('is made with the code of the last start, however it is typed, and only once', async () => {
    const old = (await openSetUp(house.db.work()))!;
    const code = (await openSetUp(house.db.work()))!;
    expect(code).toMatch(/^([0-9a-z]{4}-){4}[0-9a-z]{4}$/);
    expect((await house.browser().send('GET', '/api/session/ways')).json()).toEqual({ setup: true });
    expect((await set(old)).json().code).toBe('security.wrong-set-up-code');
    expect((await set('aaaa-bbbb-cccc-dddd-eeee')).json().code).toBe('security.wrong-set-up-code');
    expect((await set(code, { password: 'benhvienbachmai2026' })).json().code).toBe('security.password-too-easy');
    expect((await set(code, { roles: ['doctor'] })).statusCode).toBe(400); // nothing but what is asked for
    expect((await set(code.toUpperCase().replaceAll('-', ' '))).json()).toEqual({ username: 'truong' });
    expect((await set(code)).json().code).toBe('security.set-up-done');
    expect(await openSetUp(house.db.work())).toBeUndefined();
    administrator = house.browser('10.0.0.5');
    expect((await signIn(administrator, 'truong')).json().session).toMatchObject({ account: { roles: ['administrator'] }, permissions: expect.arrayContaining(['account.manage']) });
  });

  it('has a code of one day', async () => {
    const other = await signInHouse();
    const code = (await openSetUp(other.db.work()))!;
    other.db.clock.advance(24 * 3_600_000);
    expect((await other.browser().send('POST', '/api/setup', { ...input, code })).json().code).toBe('security.wrong-set-up-code');
    await other.close();
  });
});

describe('An account', () => {
  const create = (more: object) => administrator.send('POST', '/api/accounts', { username: 'y.ta', name: 'Trần Thị Y Tá', roles: ['nurse'], ...more });

  it('is made with roles, places and a one-time code; a username is one person\'s', async () => {
    const made = await create({ places: ['Location/khoa-noi'], practitioner: 'y-ta', facility: 'sen-hong' });
    expect(made.json()).toEqual({
      code: expect.stringMatching(/^([0-9a-z]{4}-){2}[0-9a-z]{4}$/), until: '2026-03-05T01:00:00.000Z',
      account: {
        id: expect.any(String), username: 'y.ta', name: 'Trần Thị Y Tá', kind: 'person', roles: ['nurse'], facility: 'sen-hong', practitioner: 'y-ta', places: ['Location/khoa-noi'], patients: 0,
        disabled: false, demo: false, secondFactor: false, mustHaveSecondFactor: false, mustChangePassword: true, sessions: 0,
      },
    });
    expect((await create({})).json().code).toBe('security.username-taken');
  });

  it('cannot be given a role that no person has, nor anything the contract does not name (mass assignment)', async () => {
    for (const roles of [['integration'], ['device'], ['superuser'], []]) expect((await create({ username: 'x1', roles })).statusCode).toBe(400);
    for (const more of [{ id: 'aaaaaaaaaaaaa' }, { patients: ['ba-nam'] }, { demo: true }, { passwordHash: 'x' }]) expect((await create({ username: 'x2', ...more })).statusCode).toBe(400);
    for (const username of ['Y.TA', 'ý tá', '../x', 'a', 'x'.repeat(65)]) expect((await create({ username })).statusCode, username).toBe(400);
  });

  it('is found by words without their order, by role and by state', async () => {
    await create({ username: 'bs.an', name: 'Nguyễn Bình An', roles: ['doctor', 'head'] });
    const find = async (query: string) => (await administrator.send('GET', `/api/accounts?${query}`)).json().accounts.map(({ username }: { username: string }) => username);
    expect(await find(`q=${encodeURIComponent('an nguyễn')}`)).toEqual(['bs.an']);
    expect(await find('role=head')).toEqual(['bs.an']);
    expect(await find('q=%25')).toEqual([]);
    expect(await find("q=';DROP TABLE security.account;--")).toEqual([]);
  });

  it('changes at once for whoever is signed in with it', async () => {
    const id = await house.person('tam', ['administrator']);
    const browser = house.browser('10.0.0.6');
    await signIn(browser, 'tam');
    expect((await browser.send('GET', '/api/accounts')).statusCode).toBe(200);
    await administrator.send('PATCH', `/api/accounts/${id}`, { roles: ['nurse'] });
    expect((await browser.send('GET', '/api/accounts')).json().code).toBe('security.not-permitted');
    await administrator.send('PATCH', `/api/accounts/${id}`, { disabled: true });
    expect((await browser.send('GET', '/api/session')).statusCode).toBe(401);
    await administrator.send('PATCH', `/api/accounts/${id}`, { disabled: false });
    expect((await signIn(browser, 'tam')).statusCode).toBe(200);
    expect((await administrator.send('GET', `/api/accounts/${id}/sessions`)).json()).toHaveLength(1);
    expect((await administrator.send('DELETE', `/api/accounts/${id}/sessions`)).json()).toEqual({ ended: 1 });
    expect((await browser.send('GET', '/api/session')).statusCode).toBe(401);
  });

  it('that gains power, or must have a second factor from now on, signs in anew: what is open asked for less', async () => {
    const id = await house.person('len-chuc');
    for (const change of [{ mustHaveSecondFactor: true }, { mustHaveSecondFactor: false, roles: ['nurse', 'auditor'] }]) {
      const browser = house.browser('10.0.0.9');
      await signIn(browser, 'len-chuc');
      await administrator.send('PATCH', `/api/accounts/${id}`, change);
      expect((await browser.send('GET', '/api/session')).statusCode).toBe(401);
    }
  });

  it('of the last administrator can be neither disabled nor changed to something else', async () => {
    const id = (await administrator.send('GET', '/api/session')).json().account.id;
    expect((await administrator.send('PATCH', `/api/accounts/${id}`, { disabled: true })).json().code).toBe('security.last-administrator');
    expect((await administrator.send('PATCH', `/api/accounts/${id}`, { roles: ['nurse'] })).json().code).toBe('security.last-administrator');
  });

  it('must have a second factor when its administrator says so', async () => {
    const id = await house.person('can-than');
    await administrator.send('PATCH', `/api/accounts/${id}`, { mustHaveSecondFactor: true });
    expect((await signIn(house.browser('10.0.0.7'), 'can-than')).json().session.held).toBe('must-enrol');
  });

  it('is changed by no one who is no administrator, nor by one who has left the desk (needsFresh)', async () => {
    await house.person('tho');
    const nurse = house.browser('10.0.0.8');
    await signIn(nurse, 'tho');
    for (const [method, url] of [['GET', '/api/accounts'], ['POST', '/api/accounts'], ['PATCH', '/api/accounts/aaaaaaaaaaaaa'], ['POST', '/api/accounts/aaaaaaaaaaaaa/reset']] as const) {
      expect((await nurse.send(method, url, method === 'GET' ? undefined : {})).json().code).toBe('security.not-permitted');
    }
    for (let minute = 0; minute < 6; minute++) {
      house.db.clock.advance(60_000);
      await administrator.send('GET', '/api/session');
    }
    expect((await create({ username: 'muon' })).json().code).toBe('security.confirm-yourself');
    expect((await administrator.send('GET', '/api/accounts')).statusCode).toBe(200);
    await administrator.send('POST', '/api/session/confirm', { password: goodPassword });
    expect((await create({ username: 'muon' })).statusCode).toBe(200);
  });
});
