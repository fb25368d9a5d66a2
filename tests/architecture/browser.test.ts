import { afterAll, describe, expect, it } from 'vitest';
import { expectAccessible, openBrowser } from '../support/browser.ts';

describe('the browser of screen tests', { timeout: 600_000 }, async () => {
  const browser = await openBrowser();
  afterAll(() => browser.close());

  it('runs scripts on a page', async () => {
    const page = await browser.newPage();
    await page.setContent('<title>Sen</title><p id="sum"></p><script>document.getElementById("sum").textContent = 1 + 1</script>');
    expect(await page.textContent('#sum')).toBe('2');
  });

  it('accepts a page that a screen reader can read', async () => {
    const page = await browser.newPage();
    await page.setContent('<html lang="vi"><title>Sen</title><main><h1>Bệnh án</h1><label>Tìm <input></label></main></html>');
    await expectAccessible(page);
  });

  it('refuses a field without a label', async () => {
    const page = await browser.newPage();
    await page.setContent('<html lang="vi"><title>Sen</title><main><h1>Bệnh án</h1><input></main></html>');
    await expect(expectAccessible(page)).rejects.toThrow(/label: Form elements must have labels/);
  });
});
