// A real browser for screen tests, and the accessibility rule every screen is held to.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { browserPath } from './find-browser.ts';

/** Opens a headless Chrome or Chromium, with further switches of its own where a test needs them. The caller closes it. */
export function openBrowser(further: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath(), headless: true, args: [...flags(), ...further] });
}

function flags(): string[] {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // Chromium refuses its sandbox to root
  return [
    ...asRoot,
    '--disable-gpu',
    '--disable-quic',
    '--disable-dev-shm-usage', // containers give /dev/shm 64 MB: tabs crash
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
}

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fails when the page breaks a WCAG 2.2 level A or AA rule that axe-core can see. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe);
  const violations: readonly Violation[] = await page.evaluate(async () => {
    const scanner = (globalThis as unknown as { axe: Scanner }).axe;
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await scanner.run({ runOnly: tags })).violations;
  });
  expect(violations.map(inWords).join('\n'), `accessibility of ${page.url()}`).toBe('');
}

interface Scanner {
  run(options: object): Promise<{ violations: Violation[] }>;
}

function inWords(violation: Violation): string {
  return `${violation.id}: ${violation.help} (${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')})`;
}
