// Attacks through the browser of somebody who has signed in, driven in a real one: pages of a stranger on another origin, and markup that got into ours.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let stranger: Server;
/** `http://127.0.0.1` is another site than `http://localhost` for every browser. */
let site: string;
let evil: string;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  if (!existsSync(fileURLToPath(new URL('../../web/dist/index.html', import.meta.url)))) throw new Error('web/dist is missing: build the web first (npm test does)');
  server = await testServer();
  site = server.base.replace('127.0.0.1', 'localhost');
  stranger = createServer((request, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end(request.url === '/' ? '<!doctype html><title>x</title>' : ''));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  evil = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => stranger?.close(resolve));
  await server?.close();
});

beforeEach(async () => {
  context = await browser.newContext({ locale: 'vi-VN' });
  context.setDefaultTimeout(8_000);
  page = await context.newPage();
});

afterEach(() => context.close());

/** What the browser says is against the policy of the page. */
function violationsOf(watched: Page): string[] {
  const found: string[] = [];
  watched.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|TrustedScript|Trusted Type/i.test(message.text())) found.push(message.text());
  });
  watched.on('pageerror', (error) => found.push(String(error)));
  return found;
}

/** By the same request as the sign-in page, and then the workspace. */
async function signIn(): Promise<void> {
  await page.goto(`${site}/`);
  const status = await page.evaluate(async () => {
    const answer = await fetch('/api/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"username":"bacsi","password":"sen-demo"}' });
    return answer.status;
  });
  expect(status).toBe(200);
  await page.goto(`${site}/`);
  await page.getByRole('heading', { name: 'Đang ở viện' }).waitFor();
}

const countSessions = async () => Number((await server.db.database.query<{ n: string }>({ text: 'SELECT count(*) AS n FROM security.session' })).rows[0]!.n);
const countPatients = async () => ((await (await server.call('/fhir/R4/Patient?_summary=count')).json()) as { total: number }).total;

describe('The workspace under its Content-Security-Policy', () => {
  it('runs, with menus and dialogs and styles of libraries, without one violation', async () => {
    const violations = violationsOf(page);
    await signIn();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    const variables = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--mantine-color-body'));
    expect(variables).not.toBe('');
    expect(violations).toEqual([]);
  });

  it('draws every page of every kind of person under it', async () => {
    const violations = violationsOf(page);
    const visits: Readonly<Record<string, readonly string[]>> = {
      bacsi: ['/', '/my', '/my/account', '/my/apps', '/policy', '/no-such-page'],
      quantri: ['/accounts', '/apps', '/policy'],
      dulieu: ['/emergencies', '/requests', '/requests/new', '/consents', '/privacy', '/audit'],
      kiemsoat: ['/audit'],
      nguoibenh: ['/my', '/my/sharing', '/my/sharing/new', '/my/requests', '/my/access-log', '/my/account'],
    };
    for (const [username, paths] of Object.entries(visits)) {
      const { token } = await server.as(username);
      await context.clearCookies();
      await context.addCookies([{ name: 'sen_session', value: token, url: site }]);
      for (const path of paths) {
        await page.goto(site + path);
        await page.locator('#root h1, #root h2, #root [role=heading]').first().waitFor();
      }
    }
    await context.clearCookies();
    for (const path of ['/', '/sign-in/patient', '/setup']) await page.goto(site + path, { waitUntil: 'networkidle' });
    expect(violations).toEqual([]);
  }, 90_000);

  it('gives every answer another nonce, and a page that is asked for again never the old one', async () => {
    const nonces = await Promise.all([1, 2, 3].map(async () => {
      const answer = await fetch(`${site}/`);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('etag')).toBeNull();
      const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy')!)![1]!;
      expect(await answer.text()).toContain(`nonce="${nonce}"`);
      return nonce;
    }));
    expect(new Set(nonces).size).toBe(3);
    expect(nonces.every((nonce) => Buffer.from(nonce, 'base64').length === 16)).toBe(true);
  });

  it('runs no script that was written into the page: inline, by attribute, by address, by eval, by a javascript: link', async () => {
    await page.goto(`${site}/`);
    const ran = await page.evaluate(async (foreign) => {
      const marks = globalThis as unknown as Record<string, unknown>;
      await new Promise((resolve) => setTimeout(resolve)); // while the debugger itself evaluates, eval is allowed
      const place = document.createElement('div');
      document.body.append(place);
      const attempt = (act: () => void) => {
        try {
          act();
        } catch {
          // refused at once
        }
      };
      attempt(() => (place.innerHTML = '<img src="x" onerror="ranByAttribute = true"><svg onload="ranByAttribute = true">'));
      attempt(() => place.insertAdjacentHTML('beforeend', '<iframe srcdoc="<script>parent.ranInFrame = true</script>"></iframe>'));
      attempt(() => void (place.appendChild(document.createElement('script')).text = 'ranInline = true'));
      attempt(() => void (place.appendChild(document.createElement('script')).src = `${foreign}x.js`));
      attempt(() => document.write('<script>ranByWrite = true</script>'));
      attempt(() => void (Reflect.get(globalThis, ['ev', 'al'].join('')) as (code: string) => void)('ranByEval = true'));
      attempt(() => void new Function('ranByFunction = true')());
      attempt(() => void setTimeout('ranByTimer = true' as unknown as () => void));
      const link = document.createElement('a');
      link.href = 'javascript:ranByLink = true';
      place.append(link);
      attempt(() => link.click());
      await new Promise((resolve) => setTimeout(resolve, 300));
      return Object.keys(marks).filter((name) => name.startsWith('ran'));
    }, evil);
    expect(ran).toEqual([]);
  });

  it('sends nothing to another site, by request, image, form or base address', async () => {
    const heard: string[] = [];
    const listen = (request: { url?: string }) => void heard.push(request.url ?? '');
    stranger.on('request', listen);
    await page.goto(`${site}/`);
    await page.evaluate(async (foreign) => {
      await fetch(`${foreign}fetch`, { mode: 'no-cors' }).catch(() => undefined);
      navigator.sendBeacon(`${foreign}beacon`, 'x');
      new Image().src = `${foreign}image`;
      const base = document.createElement('base');
      base.href = foreign;
      document.head.append(base);
      const form = document.createElement('form');
      form.action = `${foreign}form`;
      form.method = 'post';
      document.body.append(form);
      form.submit();
      await new Promise((resolve) => setTimeout(resolve, 300));
    }, evil);
    stranger.off('request', listen);
    expect(heard).toEqual([]);
    expect(page.url().startsWith(site)).toBe(true);
  });
});

describe('A page of another site (CSRF, clickjacking, reading across origins)', () => {
  it('changes nothing: form posts of every kind, fetch with cookies, beacons', async () => {
    await signIn();
    const before = [await countPatients(), await countSessions()];
    const other = await context.newPage();
    await other.goto(evil);
    const outcomes = await other.evaluate(async (target) => {
      const patient = JSON.stringify({ resourceType: 'Patient' });
      const tries: [string, RequestInit][] = [
        ['/fhir/R4/Patient', { method: 'POST', mode: 'no-cors', credentials: 'include', body: patient, headers: { 'content-type': 'text/plain' } }],
        ['/fhir/R4/Patient', { method: 'POST', mode: 'cors', credentials: 'include', body: patient, headers: { 'content-type': 'application/fhir+json' } }],
        ['/api/session', { method: 'DELETE', mode: 'cors', credentials: 'include' }],
        ['/api/session', { method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams({ username: 'quantri', password: 'sen-demo' }) }],
        ['/api/session', { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{"username":"quantri","password":"sen-demo"}', headers: { 'content-type': 'text/plain' } }],
      ];
      const results = [];
      for (const [path, init] of tries) results.push(await fetch(target + path, init).then((answer) => answer.type, () => 'failed'));
      navigator.sendBeacon(`${target}/fhir/R4/Patient`, new Blob([patient], { type: 'text/plain' }));
      return results;
    }, site);
    expect(outcomes).toEqual(['failed', 'failed', 'failed', 'failed', 'failed']);
    for (const enctype of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const form = await context.newPage();
      await form.goto(evil);
      const [answer] = await Promise.all([
        form.waitForResponse((response) => response.url().endsWith('/fhir/R4/Patient')),
        form.evaluate(([action, type]) => {
          const sent = Object.assign(document.createElement('form'), { action, method: 'post', enctype: type });
          const field = Object.assign(document.createElement('input'), { name: '{"resourceType":"Patient","x":"', value: '"}' });
          sent.append(field);
          document.body.append(sent);
          sent.submit();
        }, [`${site}/fhir/R4/Patient`, enctype] as const),
      ]);
      expect([enctype, answer.status()]).toEqual([enctype, expect.toSatisfy((status: number) => status === 401 || status === 403)]);
    }
    expect([await countPatients(), await countSessions()]).toEqual(before);
  });

  it('signs nobody in as somebody else (login CSRF): the cookie that is there stays', async () => {
    await signIn();
    const mine = (await context.cookies(site)).find(({ name }) => name.endsWith('sen_session'))!.value;
    const other = await context.newPage();
    await other.goto(evil);
    await other.evaluate((target) => fetch(`${target}/api/session`, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{"username":"quantri","password":"sen-demo"}' }).catch(() => undefined), site);
    const now = (await context.cookies(site)).find(({ name }) => name.endsWith('sen_session'))!.value;
    expect(now).toBe(mine);
  });

  it('reads nothing: no answer of ours can be read, embedded or framed there', async () => {
    await signIn();
    const other = await context.newPage();
    await other.goto(evil);
    const seen = await other.evaluate(async (target) => {
      const read = async (path: string, init: RequestInit) => fetch(target + path, init).then(async (answer) => (await answer.text()).length, () => 'failed');
      const embed = (element: HTMLImageElement | HTMLScriptElement, src: string) => new Promise((resolve) => {
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('failed');
        element.src = src;
        document.body.append(element);
      });
      return [
        await read('/api/session', { credentials: 'include' }),
        await read('/fhir/R4/Patient', { credentials: 'include' }),
        await embed(document.createElement('script'), `${target}/api/session`),
        await embed(document.createElement('img'), `${target}/mark.svg`),
      ];
    }, site);
    expect(seen).toEqual(['failed', 'failed', 'failed', 'failed']);
    const framed = await other.evaluate(async (target) => {
      const frame = document.createElement('iframe');
      frame.src = `${target}/`;
      document.body.append(frame);
      await new Promise((resolve) => (frame.onload = resolve));
      return frame.contentDocument === null;
    }, site);
    expect(framed).toBe(true);
    const inside = other.frames().find((frame) => frame !== other.mainFrame());
    expect(await inside?.locator('#root').count().catch(() => 0)).toBe(0);
  });

  it('does not hold our window: what it opens is cut off from it (COOP)', async () => {
    const other = await context.newPage();
    await other.goto(evil);
    const [opened] = await Promise.all([context.waitForEvent('page'), other.evaluate((target) => void window.open(`${target}/`), site)]);
    await opened.waitForLoadState();
    expect(await opened.evaluate(() => window.opener === null)).toBe(true);
  });

  it('cannot speak over a websocket with the cookie of who has signed in (websocket hijack)', async () => {
    await signIn();
    const bind = (from: Page) => from.evaluate((target) => new Promise<string>((resolve) => {
      const socket = new WebSocket(`${target.replace('http', 'ws')}/ws/subscriptions`);
      socket.onopen = () => socket.send('bind none');
      socket.onclose = ({ code, reason }) => resolve(`${code} ${reason}`);
    }), site);
    const other = await context.newPage();
    await other.goto(evil);
    expect(await bind(other)).not.toContain('no such subscription'); // what a known one is told
    expect(await bind(page)).toContain('no such subscription');
  });
});

describe('Signing out', () => {
  it('leaves nothing of the page’s storage behind, and keeps how the person likes the screen (ASVS 5.0 14.3.1)', async () => {
    await signIn();
    await page.evaluate(() => {
      sessionStorage.setItem('sen.open', '["p1"]');
      localStorage.setItem('sen.x', '1');
      document.cookie = 'sen.theme=%22dark%22; path=/; samesite=strict';
    });
    await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
    await page.reload();
    expect(await page.evaluate(() => [sessionStorage.length, localStorage.length])).toEqual([0, 0]);
    expect(await page.evaluate(() => document.cookie)).toContain('sen.theme=');
    expect((await context.cookies(site)).filter(({ name }) => name.endsWith('sen_session'))).toEqual([]);
  });
});

describe('A document that was uploaded', () => {
  it('runs nothing when it is opened by its address, whatever it says it is', async () => {
    const html = Buffer.from('<!doctype html><script>document.title = "ran"; document.cookie = "ran=1"</script>').toString('base64');
    await context.addCookies([{ name: 'sen_session', value: server.token, url: site }]); // of one who may see every document
    await page.goto(`${site}/`);
    for (const contentType of ['text/html', 'application/xhtml+xml', 'image/svg+xml', 'text/xml', 'application/javascript']) {
      const stored = (await (await server.call('/fhir/R4/Binary', { method: 'POST', headers: { 'content-type': 'application/fhir+json', accept: 'application/fhir+json' }, body: JSON.stringify({ resourceType: 'Binary', contentType, data: html }) })).json()) as { id: string };
      const answer = await server.call(`/fhir/R4/Binary/${stored.id}`, { headers: { accept: 'text/html' } });
      expect([contentType, answer.headers.get('content-disposition'), answer.headers.get('x-content-type-options')]).toEqual([contentType, `attachment; filename="${stored.id}"`, 'nosniff']);
      expect(answer.headers.get('content-security-policy')).toContain('sandbox');
      const folder = mkdtempSync(join(tmpdir(), 'sen-download-'));
      const [download] = await Promise.all([page.waitForEvent('download'), page.goto(`${site}/fhir/R4/Binary/${stored.id}`).catch(() => undefined)]);
      await download.saveAs(join(folder, 'x'));
      rmSync(folder, { recursive: true });
      expect(await page.evaluate(() => document.cookie)).not.toContain('ran=1');
    }
  });
});
