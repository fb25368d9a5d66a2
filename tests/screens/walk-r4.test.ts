import { afterAll, beforeAll, describe, it } from 'vitest';
import { openHospital, type ScreenHospital } from './hospital.ts';
let hospital: ScreenHospital;
beforeAll(async () => { hospital = await openHospital(); }, 120_000);
afterAll(() => hospital.close());
const who = ['tiepdon', 'xetnghiem', 'ktvhinhanh', 'bshinhanh', 'duocsi', 'thungan', 'baohiem', 'hosobenhan', 'giamdoc', 'quantri', 'kiemsoat', 'dulieu', 'dieuduong', 'truongkhoa', 'nguoibenh', 'nguoinha'];
describe('walk', () => {
  it('lands', async () => {
    const out: string[] = [];
    for (const username of who) {
      const page = await hospital.newPage();
      const bad: string[] = [];
      page.on('response', (r) => { if (r.status() >= 400) bad.push(`${r.status()} ${new URL(r.url()).pathname}`); });
      page.on('pageerror', (e) => bad.push(`ERR ${e.message}`));
      page.on('console', (m) => { if (m.type() === 'error') bad.push(`CON ${m.text().slice(0, 150)}`); });
      if (username.startsWith('nguoi')) await page.setViewportSize({ width: 390, height: 844 });
      const { token } = await hospital.server.as(username);
      await page.context().addCookies([{ name: 'sen_session', value: token, url: hospital.server.base }]);
      await page.goto('/');
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: `/tmp/shots/r4/land-${username}.png` });
      const rail = await page.locator('nav.rail a').allTextContents();
      let menu: string[] = [];
      if (!username.startsWith('nguoi')) { await page.locator('button.me').click(); menu = await page.getByRole('menuitem').allTextContents(); await page.keyboard.press('Escape'); }
      out.push(`${username}: ${new URL(page.url()).pathname} | ${await page.locator('h1').allTextContents()} | rail ${rail.join(';')} | menu ${menu.join(';')} | ${bad.join(' , ')}`);
      bad.length = 0;
      if (!username.startsWith('nguoi')) {
        await page.goto('/patients/nguyen-thi-hanh/summary');
        await page.waitForLoadState('networkidle');
        await page.screenshot({ path: `/tmp/shots/r4/chart-${username}.png` });
        out.push(`   chart: ${(await page.locator('main').innerText()).slice(0, 200).replace(/\n/g, ' / ')} | ${bad.join(' , ')}`);
      }
      await page.context().close();
    }
    console.log(out.join('\n'));
  }, 300_000);
});
