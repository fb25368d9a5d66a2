// OWASP ASVS 5.0 V7 (sessions) and V6.3 (guessing): fixation, lists, time-outs, the locked screen, lock-out that cannot lock others out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount, createAccount } from '../../server/src/modules/security/index.ts';
import { goodPassword, signInHouse, type Browser, type SignInHouse } from './signin-house.ts';

let house: SignInHouse;
beforeAll(async () => {
  house = await signInHouse();
});
afterAll(() => house?.close());

const signIn = (browser: Browser, username: string, password = goodPassword) => browser.send('POST', '/api/session', { username, password });
const state = async (browser: Browser) => {
  const answer = await browser.send('GET', '/api/session');
  return answer.statusCode === 200 ? (answer.json().held ?? 'open') : answer.json().code;
};

describe('A session', () => {
  it('is a new one at every sign-in: a token planted before opens nothing (session fixation)', async () => {
    await house.person('thu');
    const browser = house.browser();
    browser.cookies.set('sen_session', 'a'.repeat(43));
    await signIn(browser, 'thu');
    const first = browser.cookies.get('sen_session')!;
    expect(first).not.toBe('a'.repeat(43));
    await signIn(browser, 'thu');
    const old = house.browser();
    old.cookies.set('sen_session', first);
    expect([await state(browser), await state(old)]).toEqual(['open', 'security.not-signed-in']);
  });

  it('is told to a browser by cookies alone: HttpOnly, of our site, with https under __Host-', async () => {
    const plain = await signIn(house.browser(), 'thu');
    expect(plain.json().token).toBeUndefined();
    expect(plain.headers['set-cookie']).toEqual([
      expect.stringMatching(/^sen_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/),
      expect.stringMatching(/^sen_device=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=34560000$/),
    ]);
    const secure = house.browser('10.0.0.1', { origin: 'https://sen.localhost', host: 'sen.localhost' });
    expect((await signIn(secure, 'thu')).headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-sen_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure$/),
      expect.stringMatching(/^__Host-sen_device=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=34560000; Secure$/),
    ]);
    expect(await state(secure)).toBe('open');
    // Another host of the domain can plant `sen_session`, never `__Host-sen_session`: the latter wins.
    const planted = house.browser('10.0.0.9');
    await house.person('ke-xau');
    await signIn(planted, 'ke-xau');
    secure.cookies.set('sen_session', planted.cookies.get('sen_session')!);
    expect((await secure.send('GET', '/api/session')).json().account.username).toBe('thu');
  });

  it('is listed with device and place, and ended one by one, all others, or all', async () => {
    await house.person('binh');
    const [desk, ward, home] = [house.browser('10.1.0.1'), house.browser('10.1.0.2'), house.browser('113.20.3.4')];
    for (const browser of [desk, ward, home]) await signIn(browser, 'binh');
    const { sessions, current } = (await desk.send('GET', '/api/my/account')).json();
    expect(sessions).toHaveLength(3);
    const find = (address: string) => sessions.find((one: { address: string }) => one.address === address).id;
    expect(find('10.1.0.1')).toBe(current);
    expect((await desk.send('DELETE', `/api/my/sessions?id=${find('113.20.3.4')}`)).json()).toEqual({ ended: 1 });
    expect(await state(home)).toBe('security.not-signed-in');
    expect((await desk.send('DELETE', '/api/my/sessions?others=true')).json()).toEqual({ ended: 1 });
    expect([await state(ward), await state(desk)]).toEqual(['security.not-signed-in', 'open']);
    expect((await desk.send('DELETE', '/api/my/sessions')).json()).toEqual({ ended: 1 });
    expect(await state(desk)).toBe('security.not-signed-in');
  });

  it('of another person cannot be ended by its id', async () => {
    await house.person('chau');
    const [own, other] = [house.browser('10.1.1.1'), house.browser('10.1.1.2')];
    await signIn(own, 'chau');
    await signIn(other, 'binh');
    const { current } = (await own.send('GET', '/api/my/account')).json();
    expect((await other.send('DELETE', `/api/my/sessions?id=${current}`)).json()).toEqual({ ended: 0 });
    expect(await state(own)).toBe('open');
  });

  it('ends at once with its account, in this process without waiting for its memory', async () => {
    const id = await house.person('nghi');
    const browser = house.browser();
    await signIn(browser, 'nghi');
    expect(await state(browser)).toBe('open');
    await changeAccount(house.db.work(), id, { disabled: true });
    expect(await state(browser)).toBe('security.not-signed-in');
    expect((await signIn(browser, 'nghi')).json().code).toBe('security.wrong-password');
  });

  it('ended by another process is forgotten by this one as soon as it is told', async () => {
    const id = await house.person('xa');
    const browser = house.browser();
    await signIn(browser, 'xa');
    expect(await state(browser)).toBe('open');
    await house.db.database.query({ text: 'DELETE FROM security.session WHERE account_id = $1', values: [id] });
    await house.db.database.query({ text: "SELECT pg_notify('security_sessions', $1)", values: [id] });
    await expect.poll(() => state(browser)).toBe('security.not-signed-in'); // the clock stands: it is not the 15 s that ended it
  });

  it('of staff rests four hours while locked, then ends; those with power sooner', async () => {
    const browser = house.browser();
    await signIn(browser, 'thu');
    house.db.clock.advance(4 * 3_600_000 - 1000);
    expect(await state(browser)).toBe('locked');
    house.db.clock.advance(16_000);
    expect(await state(browser)).toBe('security.not-signed-in');
  });
});

describe('A locked screen', () => {
  const lock = async (username: string) => {
    const browser = house.browser();
    await signIn(browser, username);
    await browser.send('PUT', '/api/my/quick-code', { code: '294071' });
    await browser.send('POST', '/api/session/lock');
    return browser;
  };

  it('opens nothing, and says whose it is and how to come back', async () => {
    const browser = await lock('thu');
    expect((await browser.send('GET', '/api/my/account')).json()).toMatchObject({ code: 'security.locked', category: 'unauthenticated' });
    expect((await browser.send('DELETE', '/api/my/sessions')).json().code).toBe('security.locked');
    expect((await browser.send('GET', '/api/session')).json()).toMatchObject({ held: 'locked', account: { username: 'thu' }, ways: ['quick-code', 'password'] });
  });

  it('opens again by quick code or password', async () => {
    const browser = await lock('thu');
    expect((await browser.send('POST', '/api/session/unlock', { quickCode: '294071' })).json().held).toBeUndefined();
    await browser.send('POST', '/api/session/lock');
    expect((await browser.send('POST', '/api/session/unlock', { password: goodPassword })).json().held).toBeUndefined();
    expect(await state(browser)).toBe('open');
  });

  it('ends its session after five wrong tries', async () => {
    const browser = await lock('thu');
    const codes: string[] = [];
    for (let guess = 0; guess < 6; guess++) {
      codes.push((await browser.send('POST', '/api/session/unlock', { quickCode: '111222' })).json().code);
      house.db.clock.advance(5_000);
    }
    expect(codes).toEqual([...Array(5).fill('security.wrong-code'), 'security.session-ended']);
    expect(await state(browser)).toBe('security.not-signed-in');
  });

  it('locks by itself on the server when the browser slept: five minutes without use', async () => {
    const browser = house.browser();
    await signIn(browser, 'thu');
    house.db.clock.advance(4 * 60_000);
    expect(await state(browser)).toBe('open');
    house.db.clock.advance(6 * 60_000);
    expect(await state(browser)).toBe('locked');
    // Looking at it does not keep a locked session alive.
    house.db.clock.advance(3 * 3_600_000);
    expect(await state(browser)).toBe('locked');
    house.db.clock.advance(3_600_000);
    expect(await state(browser)).toBe('security.not-signed-in');
  });

  it('is not for scripts, which have no screen', async () => {
    const answer = await house.app.inject({ method: 'POST', url: '/api/session', payload: { username: 'thu', password: goodPassword } });
    house.db.clock.advance(30 * 60_000);
    expect((await house.app.inject({ url: '/api/session', headers: { authorization: `Bearer ${answer.json().token}` } })).json().held).toBeUndefined();
  });

  it('takes no quick code that anybody would try', async () => {
    const browser = house.browser();
    await signIn(browser, 'thu');
    const codes = ['000000', '123456', '654321', '121212', '123123', '199003', '140390'];
    const answers = await Promise.all(codes.map(async (code) => (await browser.send('PUT', '/api/my/quick-code', { code })).statusCode));
    expect(answers).toEqual([422, 422, 422, 422, 422, 422, 204]);
  });
});

describe('Guessing that cannot lock a person out', () => {
  it('never slows a browser that the person has used before, whatever strangers try', async () => {
    await house.person('kien');
    const own = house.browser('10.2.0.1');
    await signIn(own, 'kien');
    await own.send('DELETE', '/api/session');
    for (let guess = 0; guess < 40; guess++) await signIn(house.browser(`10.66.${guess}.1`), 'kien', 'sai');
    expect((await signIn(house.browser('10.67.0.1'), 'kien')).json()).toMatchObject({ code: 'security.wait' }); // a stranger's browser waits
    const welcome = (await signIn(own, 'kien')).json();
    expect(welcome.session.account.username).toBe('kien');
    expect(welcome.failures).toMatchObject({ count: expect.any(Number), addresses: expect.arrayContaining([expect.stringMatching(/^10\.66\./)]) });
    expect(welcome.failures.count).toBeGreaterThanOrEqual(20);
    expect((await signIn(own, 'kien')).json().failures).toBeUndefined(); // told once
  });

  it('slows the person\'s own browser too when it is the one that guesses', async () => {
    const own = house.browser('10.2.0.2');
    await signIn(own, 'kien');
    for (let guess = 0; guess < 4; guess++) await signIn(own, 'kien', 'sai');
    expect((await signIn(own, 'kien')).json().code).toBe('security.wait');
    house.db.clock.advance(1_000);
    expect((await signIn(own, 'kien')).statusCode).toBe(200);
  });

  it('lets nobody from elsewhere wait longer than half a minute', async () => {
    house.db.clock.advance(30_000);
    expect((await signIn(house.browser('10.68.0.1'), 'kien')).statusCode).toBe(200);
  });

  it('slows one address that tries many people', async () => {
    for (let guess = 0; guess < 100; guess++) await signIn(house.browser('10.69.0.1'), `nguoi-${guess}`, 'sai');
    expect((await signIn(house.browser('10.69.0.1'), 'nguoi-khac', 'sai')).json().code).toBe('security.wait');
    expect((await signIn(house.browser('10.69.0.2'), 'nguoi-khac', 'sai')).json().code).toBe('security.wrong-password');
  });
}, 60_000);

describe('A password', () => {
  it('that an administrator gave is a code of three days that lets one do nothing but choose a password', async () => {
    const { code } = await createAccount(house.db.work(), { username: 'moi', name: 'Lê Thị Mới', roles: ['nurse'] });
    const browser = house.browser('10.3.0.1');
    expect((await signIn(browser, 'moi', code)).json().session.held).toBe('must-change');
    expect((await browser.send('POST', '/api/my/totp')).json().code).toBe('security.must-change-password');
    for (const [next, refusal] of [['ngắn', 'too-short'], ['lethimoi2026123', 'too-easy'], ['x'.repeat(129), 'too-long'], ['matkhau12345678', 'too-easy']]) {
      expect((await browser.send('PUT', '/api/my/password', { current: code, next })).json().code).toBe(`security.password-${refusal}`);
    }
    expect((await browser.send('PUT', '/api/my/password', { current: code, next: 'đàn cò trắng bay qua đồng' })).statusCode).toBe(204);
    expect(await state(browser)).toBe('open');
    expect((await signIn(house.browser('10.3.0.2'), 'moi', code)).json().code).toBe('security.wrong-password');
    const late = await createAccount(house.db.work(), { username: 'muon', name: 'Trần Văn Muộn', roles: ['nurse'] });
    house.db.clock.advance(72 * 3_600_000);
    expect((await signIn(house.browser('10.3.0.3'), 'muon', late.code)).json().code).toBe('security.wrong-password');
  });

  it('on a list of stolen passwords is refused', async () => {
    const { addStolenPasswords } = await import('../../server/src/modules/security/index.ts');
    const { createHash } = await import('node:crypto');
    const stolen = 'con mèo mà trèo cây cau';
    expect(await addStolenPasswords(house.db.work(), [createHash('sha1').update(stolen).digest()])).toBe(1);
    const browser = house.browser('10.3.0.4');
    await signIn(browser, 'thu');
    expect((await browser.send('PUT', '/api/my/password', { current: goodPassword, next: stolen })).json().code).toBe('security.password-stolen');
  });

  it('that changes ends the other sessions of the person', async () => {
    const [here, there] = [house.browser('10.3.1.1'), house.browser('10.3.1.2')];
    for (const browser of [here, there]) await signIn(browser, 'chau');
    expect((await here.send('PUT', '/api/my/password', { current: 'sai', next: 'sao hôm lặn sao mai mọc' })).json().code).toBe('security.wrong-current-password');
    expect((await here.send('PUT', '/api/my/password', { current: goodPassword, next: 'sao hôm lặn sao mai mọc' })).statusCode).toBe(204);
    expect([await state(here), await state(there)]).toEqual(['open', 'security.not-signed-in']);
  });

  it('stored as scrypt by an earlier version is believed, and stored anew as argon2id', async () => {
    await house.person('cu');
    const old = '$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$';
    const { scryptSync } = await import('node:crypto');
    const hash = scryptSync(goodPassword.normalize('NFKC'), Buffer.alloc(16), 32, { N: 2 ** 15, r: 8, p: 3, maxmem: 2 ** 28 }).toString('base64').replace(/=+$/, '');
    await house.db.database.query({ text: "UPDATE security.account SET password_hash = $1 WHERE username = 'cu'", values: [old + hash] });
    expect((await signIn(house.browser('10.3.2.1'), 'cu')).statusCode).toBe(200);
    const { rows } = await house.db.database.query<{ password_hash: string }>({ text: "SELECT password_hash FROM security.account WHERE username = 'cu'" });
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await signIn(house.browser('10.3.2.2'), 'cu')).statusCode).toBe(200);
  });
});
