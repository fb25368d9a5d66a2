// SMART apps as people meet them: `fhirclient`, unmodified, in a browser, on a site of its own. Standalone from the app, and from the chart; then the
// person's list, and the administrator's.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { register, type Registered } from '../security/smart-app.ts';
import { expectAccessible } from '../support/browser.ts';
import { openHospital, type ScreenHospital } from './hospital.ts';

const library = readFileSync(createRequire(import.meta.url).resolve('fhirclient/build/fhir-client.min.js'));
const scope = 'openid fhirUser launch/patient patient/Patient.r patient/Observation.rs?category=vital-signs patient/MedicationRequest.rs offline_access';

let hospital: ScreenHospital;
let site: Server;
let origin = '';
let app: Registered;

beforeAll(async () => {
  hospital = await openHospital();
  site = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/fhir-client.js') return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(library);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageOf(pathname));
  });
  await new Promise<void>((resolve) => site.listen(0, 'localhost', resolve));
  origin = `http://localhost:${(site.address() as AddressInfo).port}`;
  app = await register(await hospital.server.as('administrator'), {
    name: 'Biểu đồ huyết áp', redirectUris: [`${origin}/index.html`], launchUri: `${origin}/launch.html`,
    scopes: ['openid', 'fhirUser', 'launch', 'launch/patient', 'offline_access', 'patient/Patient.r', 'patient/Observation.rs', 'patient/MedicationRequest.rs'],
  });
}, 180_000);
afterAll(async () => {
  site.close();
  await hospital.close();
});

function pageOf(pathname: string): string {
  const start = (more: object, asked: string) => `FHIR.oauth2.authorize(${JSON.stringify({ clientId: app.id, scope: asked, redirectUri: `${origin}/index.html`, pkceMode: 'required', ...more })})`;
  const scripts: Record<string, string> = {
    '/standalone.html': start({ iss: `${hospital.server.base}/fhir/R4` }, scope),
    '/launch.html': start({}, scope.replace('launch/patient', 'launch')),
    '/index.html': `FHIR.oauth2.ready().then(async (client) => {
      const patient = await client.patient.read();
      const observations = await client.request('Observation?category=vital-signs&patient=' + client.patient.id + '&_count=5', { flat: true });
      const others = await client.request('Condition?patient=' + client.patient.id, { flat: true }).catch((error) => [String(error.status ?? error.message)]);
      const refreshed = await client.refresh().then((state) => state.tokenResponse.access_token !== undefined, (error) => error.message);
      document.body.innerHTML = '<pre id="told"></pre>';
      document.getElementById('told').textContent = JSON.stringify({ patient: patient.id, user: client.user.fhirUser, observations: observations.length, others, scope: client.state.tokenResponse.scope, banner: client.state.tokenResponse.need_patient_banner, refreshed });
    }).catch((error) => { document.body.innerHTML = '<pre id="told"></pre>'; document.getElementById('told').textContent = JSON.stringify({ failed: error.message }); })`,
  };
  return `<!doctype html><html lang="vi"><title>App</title><body><script src="/fhir-client.js"></script><script>${scripts[pathname] ?? ''}</script></body></html>`;
}

async function pageOfUser(role: string): Promise<Page> {
  const page = await hospital.newPage();
  const { token } = await hospital.server.as(role);
  await page.context().addCookies([{ name: 'sen_session', value: token, url: hospital.server.base, httpOnly: true, sameSite: 'Lax' }]);
  return page;
}

async function told(page: Page): Promise<Record<string, unknown>> {
  return JSON.parse((await page.locator('#told').textContent()) ?? '') as Record<string, unknown>;
}

describe('fhirclient, standalone: a doctor starts the app, chooses a patient and leaves something out', () => {
  let page: Page;
  it('is asked in sentences, on a page that can be used by all', async () => {
    page = await pageOfUser('doctor');
    await page.goto(`${origin}/standalone.html`);
    await page.getByRole('heading', { name: 'Biểu đồ huyết áp muốn dùng hồ sơ qua tài khoản của bạn' }).waitFor();
    await page.getByText('Xem kết quả xét nghiệm, chỉ số đo (chỉ dấu hiệu sinh tồn) của người bệnh này').waitFor();
    await page.getByText('Hãy chọn người bệnh trước.').waitFor();
    expect(await page.getByRole('button', { name: 'Cho phép', exact: true }).isDisabled()).toBe(true);
    await expectAccessible(page);
  });

  it('finds the patient by name and takes only what was left checked', async () => {
    await page.getByRole('searchbox').fill('hanh nguyen');
    await page.getByRole('button', { name: /Nguyễn Thị Hạnh/ }).first().click();
    await page.getByText('Đã chọn').waitFor();
    await page.getByRole('checkbox', { name: /đơn thuốc/ }).uncheck();
    await expectAccessible(page);
    await shoot(page, 'question');
    await page.getByRole('button', { name: 'Cho phép', exact: true }).click();
    const answer = await told(page);
    expect(answer).toMatchObject({ patient: 'nguyen-thi-hanh', refreshed: true, banner: true });
    expect(answer['user']).toBe('Practitioner/le-minh-quang');
    expect(answer['observations']).toBeGreaterThan(0);
    expect(String(answer['scope'])).not.toContain('MedicationRequest');
    expect(answer['others']).not.toContainEqual(expect.objectContaining({ resourceType: 'Condition' }));
  });

  it('lists it among the apps allowed, and withdraws it', async () => {
    await page.goto('/my/apps');
    await page.getByRole('heading', { name: 'Biểu đồ huyết áp' }).waitFor();
    await expectAccessible(page);
    await shoot(page, 'my-apps');
    await page.getByRole('button', { name: 'Rút lại sự cho phép của Biểu đồ huyết áp' }).click();
    await page.getByText('Bạn chưa cho phép ứng dụng nào').waitFor();
  });
});

describe('fhirclient, EHR launch: the chart opens the app with its patient', () => {
  it('asks once, then goes through by itself', async () => {
    const page = await pageOfUser('doctor');
    for (const time of ['first', 'again']) {
      await page.goto('/patients/nguyen-thi-hanh/summary');
      const opened = page.waitForEvent('popup');
      await page.getByRole('button', { name: 'Mở ứng dụng' }).click();
      await shoot(page, 'chart');
      await page.getByRole('menuitem', { name: 'Biểu đồ huyết áp' }).click();
      const window = await opened;
      if (time === 'first') {
        await window.getByText('Nguyễn Thị Hạnh').waitFor();
        await window.getByRole('button', { name: 'Cho phép', exact: true }).click();
      }
      expect(await told(window)).toMatchObject({ patient: 'nguyen-thi-hanh', refreshed: true });
      expect(await window.evaluate('opener')).toBeNull();
      await window.close();
    }
  });
});

describe('one who has not signed in', () => {
  it('signs in on the way, and comes to the question', async () => {
    const page = await hospital.newPage();
    await page.goto(`${origin}/standalone.html`);
    await page.getByLabel('Tên đăng nhập').fill('bacsi');
    await page.getByLabel('Mật khẩu', { exact: true }).fill('sen-demo');
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await page.getByRole('heading', { name: 'Biểu đồ huyết áp muốn dùng hồ sơ qua tài khoản của bạn' }).waitFor();
    await page.getByRole('button', { name: 'Không cho phép' }).click();
    expect(String((await told(page))['failed'])).toContain('refused');
    expect((await page.context().cookies(hospital.server.base)).map(({ name }) => name).filter((name) => name.startsWith('sen_oidc'))).toEqual([]);
  });
});

describe('a patient with a phone', () => {
  it('has the own record chosen already, reads it in large letters, and can say no', async () => {
    const page = await pageOfUser('patient');
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${origin}/standalone.html`);
    await page.getByRole('radio', { name: /Nguyễn Thị Hạnh/ }).waitFor();
    await expectAccessible(page);
    await shoot(page, 'question-390');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: 'Không cho phép' }).click();
    expect(String((await told(page))['failed'])).toContain('refused');
  });
});

describe('the administrator', () => {
  it('adds an app with a secret that is shown once, and disables it', async () => {
    const page = await pageOfUser('administrator');
    await page.goto('/apps');
    await page.getByRole('button', { name: 'Thêm', exact: true }).click();
    await page.getByRole('textbox', { name: 'Tên', exact: true }).fill('Lịch tiêm');
    await page.getByRole('textbox', { name: /Địa chỉ quay về/ }).fill('http://evil.example/back');
    await page.getByRole('combobox', { name: 'Cách xác thực' }).selectOption('secret');
    await page.getByRole('button', { name: 'Lưu' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('https');
    await page.getByRole('textbox', { name: /Địa chỉ quay về/ }).fill('https://lich-tiem.example.vn/back');
    await page.getByRole('button', { name: 'Lưu' }).click();
    await page.getByText('Mật khẩu ứng dụng chỉ hiện một lần này').waitFor();
    await expectAccessible(page);
    await shoot(page, 'apps');
    await page.getByRole('button', { name: /^Lịch tiêm/ }).click();
    await page.getByRole('button', { name: 'Tắt', exact: true }).click();
    await page.getByRole('button', { name: 'Bật lại' }).waitFor();
    await expectAccessible(page);
  });

  it('has a page in plain words for a request that leads elsewhere', async () => {
    const page = await hospital.newPage();
    await page.goto(`/oidc/authorize?client_id=${app.id}&redirect_uri=https%3A%2F%2Fevil.example&response_type=code`);
    await page.getByText('một địa chỉ mà bệnh viện không biết').waitFor();
    await expectAccessible(page);
  });
});

/** Keeps a picture for whoever wants to look (SEN_TEST_SHOTS names a folder). */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['SEN_TEST_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
