// A hospital from its first minute: set-up, the first administrator's second step, a nurse's account, a shared computer, a passkey, a patient.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awaitDeliveries, openSetUp } from '../../server/src/modules/security/index.ts';
import { importResources } from '../../server/src/modules/record/index.ts';
import { expectAccessible, openBrowser } from '../support/browser.ts';
import { testServer, type TestServer } from '../support/server.ts';
import { appCode } from '../security/signin-house.ts';

let server: TestServer;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let context: BrowserContext;
let page: Page;
const broken: string[] = [];
const shots = process.env['SEN_TEST_SHOTS'];
const password = 'thuyền nan chở trăng về bến';

beforeAll(async () => {
  server = await testServer({ env: { SEN_LOCK_MINUTES: '5' } });
  await server.db.database.query({ text: "UPDATE security.account SET disabled = true WHERE 'administrator' = ANY (roles)" }); // as in a hospital without the demo
  await importResources(server.db.work(), [{
    resourceType: 'Patient', id: 'ba-tu', active: true, name: [{ text: 'Hoàng Thị Tư' }], birthDate: '1951-08-20', gender: 'female',
    identifier: [{ system: 'urn:x:cccd', value: '001151000456' }], telecom: [{ system: 'phone', value: '0987 654 321' }],
  }]);
  browser = await openBrowser();
  // Passkeys need a name, not a number: localhost is the same machine.
  context = await browser.newContext({ baseURL: server.base.replace('127.0.0.1', 'localhost'), viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce', locale: 'vi-VN' });
  context.setDefaultTimeout(15_000);
  page = await context.newPage();
  page.on('pageerror', (error) => broken.push(error.message));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const shot = async (name: string, of = page) => void (shots && (await of.screenshot({ path: join(shots, `${name}.png`) })));
const signIn = async (username: string, secret = password, of = page) => {
  await of.getByLabel('Tên đăng nhập', { exact: true }).fill(username);
  await of.getByLabel('Mật khẩu', { exact: true }).fill(secret);
  await of.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
};
const signOut = async () => {
  await page.getByRole('button', { name: /^Tài khoản/ }).click();
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  await page.getByLabel('Tên đăng nhập', { exact: true }).waitFor();
};

describe('a fresh hospital', () => {
  let secret = '';

  it('makes its first administrator with the code that the start has printed', async () => {
    const code = await openSetUp(server.db.work());
    await page.goto('/');
    await page.getByRole('link', { name: /chưa có quản trị viên/ }).waitFor();
    await shot('sign-in');
    await expectAccessible(page);
    await page.goto(`/setup#${code}`);
    await page.getByLabel('Họ và tên').fill('Đặng Quốc Việt');
    await page.getByLabel('Tên đăng nhập', { exact: true }).fill('viet');
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill('quantri123456789');
    await page.getByLabel('Nhập lại mật khẩu mới', { exact: true }).fill('quantri123456789');
    await page.getByRole('button', { name: 'Tạo quản trị viên' }).click();
    await page.getByRole('alert').getByText('dễ đoán').waitFor();
    await expectAccessible(page);
    await shot('setup');
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill(password);
    await page.getByLabel('Nhập lại mật khẩu mới', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Tạo quản trị viên' }).click();
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    expect(await openSetUp(server.db.work())).toBeUndefined();
  });

  it('asks the administrator for a second step before anything else', async () => {
    await signIn('viet');
    await page.getByRole('heading', { name: 'Bật xác thực hai bước' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Bật ứng dụng' }).click();
    secret = ((await page.locator('.secret code').textContent()) ?? '').replace(/\s/g, '');
    await shot('enrol');
    await expectAccessible(page);
    await page.getByLabel(/Mã 6 số/).fill(appCode(secret, server.db.work().now));
    await page.getByRole('button', { name: 'Bật', exact: true }).click();
    await page.getByRole('heading', { name: 'Cất các mã này ở nơi an toàn' }).waitFor();
    expect(await page.locator('.recovery li').count()).toBe(10);
    await shot('recovery-codes');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Tôi đã cất giữ' }).click();
    await page.getByRole('heading', { name: 'Tài khoản', exact: true }).waitFor(); // an administrator works with no patients
  });

  it('gives a nurse an account by keyboard, with a code to hand over', async () => {
    await page.getByRole('button', { name: 'Thêm tài khoản' }).press('Enter');
    const pane = page.getByRole('complementary', { name: 'Thêm tài khoản' });
    await pane.getByLabel(/^Tên đăng nhập/).fill('thuy');
    await pane.getByLabel('Họ và tên').fill('Bùi Thị Thủy');
    await pane.getByRole('checkbox', { name: 'Điều dưỡng' }).press('Space');
    await expectAccessible(page);
    await shot('new-account');
    await pane.getByRole('button', { name: 'Tạo tài khoản' }).press('Enter');
    await pane.getByText('Mã dùng một lần: thuy').waitFor();
    await expectAccessible(page);
    await shot('one-time-code');
    const code = (await pane.locator('.one-time code').textContent()) ?? '';
    await pane.getByRole('button', { name: 'Xong' }).press('Enter');
    await page.getByRole('searchbox').fill('thuy');
    await page.getByText('1 tài khoản').waitFor();
    await page.getByRole('button', { name: 'Bùi Thị Thủy' }).click();
    await page.getByRole('complementary', { name: 'Bùi Thị Thủy' }).waitFor();
    await expectAccessible(page);
    await shot('accounts');
    await signOut();
    await signIn('thuy', code);
    await page.getByRole('heading', { name: 'Đặt mật khẩu của riêng bạn' }).waitFor();
    await page.getByLabel('Mật khẩu hiện tại (hoặc mã dùng một lần)', { exact: true }).fill(code);
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill(password);
    await page.getByLabel('Nhập lại mật khẩu mới', { exact: true }).fill(password);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
    await page.getByRole('heading', { name: 'Đang ở viện' }).waitFor();
  });

  it('asks the administrator for the app\'s code at the next sign-in', async () => {
    await signOut();
    await signIn('viet');
    await page.getByRole('heading', { name: 'Xác thực bước hai' }).waitFor();
    await expectAccessible(page);
    await shot('second-step');
    await page.getByLabel(/Mã 6 số/).fill('000000');
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await page.getByRole('alert').getByText('Mã không đúng').waitFor();
    server.db.clock.advance(30_000);
    await page.getByLabel(/Mã 6 số/).fill(appCode(secret, server.db.work().now));
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await page.getByText(/có 1 lần nhập sai/).waitFor();
    await expectAccessible(page);
    await shot('failures-told');
    await signOut();
  });
});

describe('a ward computer', () => {
  it('is locked by a key in every tab, with nothing readable left, and opened again by quick code', async () => {
    await signIn('thuy');
    await page.getByRole('heading', { name: 'Đang ở viện' }).waitFor();
    await page.goto('/my/account');
    await page.getByRole('region', { name: 'Mã nhanh' }).getByRole('button', { name: 'Đặt mã' }).click();
    await page.getByLabel('Mã nhanh 6 số').fill('294071');
    await page.getByRole('region', { name: 'Mã nhanh' }).getByRole('button', { name: 'Đặt mã' }).click();
    await page.getByText('Đã đặt').waitFor();
    await expectAccessible(page);
    await shot('my-account');
    const other = await context.newPage();
    await other.goto('/');
    await other.getByRole('heading', { name: 'Đang ở viện' }).waitFor();
    await page.keyboard.press('Alt+l');
    for (const tab of [page, other]) {
      await tab.getByRole('heading', { name: 'Màn hình đang khóa' }).waitFor();
      expect(await tab.getByRole('navigation').count()).toBe(0);
      expect(await tab.locator('body').innerText()).not.toContain('Đang ở viện');
    }
    await shot('locked');
    await expectAccessible(page);
    await page.reload();
    await page.getByLabel('Mã nhanh 6 số').fill('111111');
    await page.getByRole('button', { name: 'Mở khóa' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Mã nhanh 6 số').fill('294071');
    await page.getByRole('button', { name: 'Mở khóa' }).click();
    await page.getByRole('heading', { name: 'Tài khoản của tôi' }).waitFor();
    await other.getByRole('heading', { name: 'Đang ở viện' }).waitFor();
    await other.close();
  });

  it('locks when nobody touches it for five minutes', async () => {
    await page.clock.install();
    await page.goto('/my/account');
    await page.getByRole('heading', { name: 'Tài khoản của tôi' }).waitFor();
    await page.clock.runFor(4 * 60_000);
    expect(await page.getByRole('heading', { name: 'Màn hình đang khóa' }).count()).toBe(0);
    await page.clock.runFor(70_000);
    await page.getByRole('heading', { name: 'Màn hình đang khóa' }).waitFor();
    await page.clock.resume();
  });

  it('can be taken by another person, and the first finds the own place again', async () => {
    await page.getByRole('button', { name: 'Người khác dùng máy này' }).click();
    await signIn('bacsi', 'sen-demo');
    await page.getByRole('heading', { name: 'Đang ở viện' }).waitFor();
    await page.getByText(/Lê Minh Quang/).first().waitFor();
    await page.keyboard.press('Alt+l');
    await page.getByRole('button', { name: 'Người khác dùng máy này' }).click();
    await expectAccessible(page);
    await signIn('thuy');
    await page.getByRole('heading', { name: 'Tài khoản của tôi' }).waitFor();
  });
});

describe('a passkey (Web Authentication Level 3, CDP virtual authenticator)', () => {
  let devices: CDPSession;

  it('is made after a fresh proof, and opens the workspace alone', async () => {
    devices = await context.newCDPSession(page);
    await devices.send('WebAuthn.enable');
    await devices.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
    await server.db.database.query({ text: "UPDATE security.session SET fresh_at = fresh_at - interval '1 hour'" });
    server.db.clock.advance(20_000); // what this process remembers of the session
    const keys = page.getByRole('region', { name: 'Khóa truy cập' });
    await keys.getByRole('button', { name: 'Thêm khóa truy cập' }).click();
    await keys.getByLabel('Tên gợi nhớ').fill('Máy trực');
    await keys.getByRole('button', { name: 'Thêm khóa truy cập' }).click();
    const dialog = page.getByRole('dialog', { name: 'Xác nhận là bạn' });
    await dialog.waitFor();
    await expectAccessible(page);
    await shot('confirm');
    await dialog.getByLabel('Mật khẩu', { exact: true }).fill(password);
    await dialog.getByRole('button', { name: 'Xác nhận' }).click();
    await page.getByRole('heading', { name: 'Cất các mã này' }).waitFor();
    await page.getByRole('button', { name: 'Tôi đã cất giữ' }).click();
    await keys.getByText('Máy trực').waitFor();
    await shot('my-account-with-passkey');
    await expectAccessible(page);
    await signOut();
    await page.getByRole('button', { name: 'Dùng khóa truy cập' }).click();
    await page.getByRole('button', { name: /Bùi Thị Thủy/ }).waitFor();
    await page.getByRole('button', { name: /^Tài khoản/ }).waitFor();
  });

  it('opens the locked screen and the second step too', async () => {
    await page.keyboard.press('Alt+l');
    await page.getByRole('heading', { name: 'Màn hình đang khóa' }).waitFor();
    await page.getByRole('button', { name: 'Khóa truy cập' }).click();
    await page.getByRole('button', { name: 'Dùng khóa truy cập' }).click();
    await page.getByRole('button', { name: /^Tài khoản/ }).waitFor();
    await signOut();
    await signIn('thuy');
    await page.getByRole('button', { name: 'Dùng khóa truy cập' }).click();
    await page.getByRole('button', { name: /^Tài khoản/ }).waitFor();
    await signOut();
  });

  it('of a site that is not this one is not believed', async () => {
    const answer = await context.request.post('/api/session/passkey/options', { headers: { 'sec-fetch-site': 'same-origin' } });
    expect((await answer.json()).options.rpId).toBe('localhost');
    const elsewhere = await server.call('/api/session/passkey/options', { method: 'POST' });
    expect((await elsewhere.json()).options.rpId).toBe('127.0.0.1');
  });
});

describe('a patient with an old telephone', () => {
  it('signs in by number, code, and who she is, at 390 × 844', async () => {
    const phone = await browser.newContext({ baseURL: server.base.replace('127.0.0.1', 'localhost'), viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', locale: 'vi-VN' });
    const small = await phone.newPage();
    small.setDefaultTimeout(15_000);
    await small.goto('/');
    await small.getByRole('link', { name: 'Tôi là người bệnh' }).click();
    await small.getByLabel('Số điện thoại').fill('+84 987 654 321');
    await expectAccessible(small);
    await shot('patient-phone', small);
    await small.getByRole('button', { name: 'Gửi mã' }).click();
    await small.getByRole('heading', { name: 'Mã 6 số' }).waitFor();
    await awaitDeliveries();
    const outbox = join(server.db.house.settings.data, 'outbox');
    const { to, code } = JSON.parse(readFileSync(join(outbox, readdirSync(outbox).at(-1)!), 'utf8'));
    expect(to).toBe('0987654321');
    await small.getByLabel('Mã 6 số').fill(code);
    await expectAccessible(small);
    await small.getByRole('button', { name: 'Tiếp tục' }).click();
    await small.getByLabel('Số căn cước (12 số)').fill('001151000456');
    await small.getByLabel('Ngày sinh').fill('20/8/1951');
    await expectAccessible(small);
    await shot('patient-person', small);
    await small.getByRole('button', { name: 'Vào xem' }).click();
    await small.getByRole('heading', { name: 'Lần sau vào nhanh hơn?' }).waitFor();
    await expectAccessible(small);
    await shot('patient-passkey', small);
    await small.getByRole('button', { name: 'Để sau' }).click();
    await small.waitForURL(/\/my$/);
    await small.goto('/my/account');
    await small.getByText('Hoàng Thị Tư').first().waitFor();
    await shot('patient-account', small);
    await expectAccessible(small);
    await phone.close();
  });

  it('breaks no page on the way', () => expect(broken).toEqual([]));
});
