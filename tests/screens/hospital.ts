// A hospital to walk through: the whole server over a test database, the demo people, the built workspace and a browser.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generateHospital } from '@sen/demo';
import type { Resource } from '@sen/fhir';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { importResources } from '../../server/src/modules/record/index.ts';
import { openBrowser } from '../support/browser.ts';
import { testServer, type TestServer } from '../support/server.ts';

export interface ScreenHospital {
  readonly server: TestServer;
  /** A fresh page of a browser that knows nobody, at 1366 × 768. */
  newPage(): Promise<Page>;
  /** Stores more resources. */
  store(resources: Resource[]): Promise<void>;
  close(): Promise<void>;
}

const seed = 20_260_302;
// All the people with stories, and a few without.
const people = 16;

/** Starts it, with settings over those of tests. The web must have been built: `npm test` builds it first. */
export async function openHospital(env: Readonly<Record<string, string>> = {}): Promise<ScreenHospital> {
  if (!existsSync(fileURLToPath(new URL('../../web/dist/index.html', import.meta.url)))) throw new Error('web/dist is missing: build the web first (npm test does)');
  const server = await testServer({ env: { SEN_LOG_LEVEL: process.env['SEN_TEST_LOG'] ?? 'silent', ...env } });
  const store = async (resources: Resource[]) => {
    const results = await importResources(server.db.work(), resources);
    const refused = results.find((result) => result.outcome === 'refused');
    if (refused !== undefined) throw new Error(`refused: ${JSON.stringify(refused)}`);
  };
  for (const batch of generateHospital({ seed, now: Date.now(), patients: people })) await store(batch);
  await server.db.database.query({ text: 'ANALYZE' });
  const browser: Browser = await openBrowser();
  const contexts: BrowserContext[] = [];
  return {
    server,
    store,
    newPage: async () => {
      const context = await browser.newContext({ baseURL: server.base, viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce', locale: 'vi-VN' });
      context.setDefaultTimeout(8_000);
      contexts.push(context);
      return context.newPage();
    },
    close: async () => {
      for (const context of contexts) await context.close();
      await browser.close();
      await server.close();
    },
  };
}

/** Signs in as the demo doctor and waits for the first page. */
export async function signIn(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill('bacsi');
  await page.getByLabel('Mật khẩu', { exact: true }).fill('sen-demo');
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.getByRole('heading', { name: 'Đang ở viện' }).waitFor();
}
