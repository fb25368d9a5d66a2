import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hospital } from '../../server/src/hospital.ts';
import { order } from '../../server/src/order.ts';
import { settingsTable } from '../../server/src/platform/config.ts';
import { root } from '../../tools/checks/check.ts';
import { filesBelow } from '../../tools/checks/source-files.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = filesBelow(root, (path) => path.endsWith('.md') && path !== 'THIRD-PARTY-NOTICES.md');
const modules = readdirSync(join(root, 'server/src/modules'));

/** Cells of the table rows of a page, headings aside. */
function tableRows(page: string): string[][] {
  const lines = read(page).split('\n').filter((line) => line.startsWith('|') && !/^\|[-| :]+\|$/.test(line));
  return lines.map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));
}

const pathsIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? '');

describe('docs/standards.md', () => {
  const rows = tableRows('docs/standards.md').filter(([standard]) => standard !== 'standard');

  it('claims something', () => {
    expect(rows.length).toBeGreaterThan(10);
  });

  it.each(rows)('%s, %s: code and test are there', (_standard, _clause, code = '', test = '') => {
    expect(pathsIn(code)).not.toEqual([]);
    expect(pathsIn(test)).not.toEqual([]);
    expect([...pathsIn(code), ...pathsIn(test)].filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(pathsIn(test).filter((path) => !/\.test\.tsx?$/.test(path))).toEqual([]);
  });
});

describe('links between pages', () => {
  it.each(pages)('%s points to what exists', (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)].map(([, target]) => target ?? '').filter((target) => !/^[a-z]+:/.test(target));
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });

  it('name no setting that does not exist', () => {
    const known = new Set([...Object.values(settingsTable).map((setting) => setting.name as string), 'SEN_CHROMIUM']);
    const named = pages.flatMap((page) => [...read(page).matchAll(/\bSEN_(?!TEST_)[A-Z_]+[A-Z]\b/g)].map(([name]) => `${page}: ${name}`));
    expect(named.filter((entry) => !known.has(entry.slice(entry.indexOf(': ') + 2)))).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  it('lists the modules of order.ts, in their order', () => {
    const cells = tableRows('ARCHITECTURE.md').flatMap((row) => [0, 2, 4].map((at) => [Number(row[at]), row[at + 1] ?? ''] as const));
    const listed = cells.filter(([place]) => place > 0).sort(([a], [b]) => a - b);
    expect(listed).toEqual(order.map((name, index) => [index + 1, name]));
  });
});

describe('decision records', () => {
  const records = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name)).sort();

  it('are numbered without a gap and listed', () => {
    expect(records.map((name) => Number(name.slice(0, 4)))).toEqual(records.map((_, index) => index + 1));
    expect(records.filter((name) => !read('docs/decisions/README.md').includes(`(${name})`))).toEqual([]);
  });

  it.each(records)('%s has context, options, decision and consequences, on one page', (name) => {
    const text = read(`docs/decisions/${name}`);
    expect([...text.matchAll(/^## (\w+)/gm)].map(([, title]) => title)).toEqual(['Context', 'Options', 'Decision', 'Consequences']);
    expect(text.split('\n').length).toBeLessThan(90);
  });
});

describe('modules', () => {
  it('stand in hospital.ts in the order of order.ts', () => {
    const names = hospital.map((manifest) => manifest.name);
    expect(names).toEqual(order.filter((name) => names.includes(name)));
    expect([...names].sort()).toEqual([...modules].sort());
  });

  it.each(modules)('%s has a manifest, a front door and a page about itself', (name) => {
    expect(['README.md', 'index.ts', 'module.ts'].filter((file) => !existsSync(join(root, 'server/src/modules', name, file)))).toEqual([]);
  });
});

describe('docs/glossary.md', () => {
  it('gives each word one name', () => {
    const words = tableRows('docs/glossary.md').map(([word]) => word ?? '').filter((word) => word !== 'tiếng Việt');
    expect(words.length).toBeGreaterThan(55);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });
});
