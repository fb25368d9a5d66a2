// docs/asvs.md: every requirement of OWASP ASVS 5.0.0, levels 1 and 2, and what shows it.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Numbers of levels 1 and 2 by section (5.0.0, May 2025): 70 and 183. */
const sections = `
1.1: 1 2; 1.2: 1 2 3 4 5 6 7 8 9; 1.3: 1 2 3 4 5 6 7 8 9 10 11; 1.4: 1 2 3; 1.5: 1 2; 2.1: 1 2 3; 2.2: 1 2 3; 2.3: 1 2 3 4; 2.4: 1;
3.2: 1 2; 3.3: 1 2 3 4; 3.4: 1 2 3 4 5 6; 3.5: 1 2 3 4 5; 3.7: 1 2; 4.1: 1 2 3; 4.2: 1; 4.3: 1 2; 4.4: 1 2 3 4; 5.1: 1; 5.2: 1 2 3; 5.3: 1 2; 5.4: 1 2 3;
6.1: 1 2 3; 6.2: 1 2 3 4 5 6 7 8 9 10 11 12; 6.3: 1 2 3 4; 6.4: 1 2 3 4; 6.5: 1 2 3 4 5; 6.6: 1 2 3; 6.8: 1 2 3 4; 7.1: 1 2 3; 7.2: 1 2 3 4; 7.3: 1 2; 7.4: 1 2 3 4 5; 7.5: 1 2; 7.6: 1 2;
8.1: 1 2; 8.2: 1 2 3; 8.3: 1; 8.4: 1; 9.1: 1 2 3; 9.2: 1 2 3 4; 10.1: 1 2; 10.2: 1 2; 10.3: 1 2 3 4; 10.4: 1 2 3 4 5 6 7 8 9 10 11; 10.5: 1 2 3 4 5; 10.6: 1 2; 10.7: 1 2 3;
11.1: 1 2; 11.2: 1 2 3; 11.3: 1 2 3; 11.4: 1 2 3 4; 11.5: 1; 11.6: 1; 12.1: 1 2 3; 12.2: 1 2; 12.3: 1 2 3 4; 13.1: 1; 13.2: 1 2 3 4 5; 13.3: 1 2; 13.4: 1 2 3 4 5;
14.1: 1 2; 14.2: 1 2 3 4; 14.3: 1 2 3; 15.1: 1 2 3; 15.2: 1 2 3; 15.3: 1 2 3 4 5 6 7; 16.1: 1; 16.2: 1 2 3 4 5; 16.3: 1 2 3 4; 16.4: 1 2 3; 16.5: 1 2 3; 17.1: 1; 17.2: 1 2 3 4; 17.3: 1 2`;

const wanted = sections.split(';').flatMap((part) => {
  const [section = '', numbers = ''] = part.trim().split(': ');
  return numbers.split(' ').map((number) => `v5.0.0-${section}.${number}`);
});

const rows = readFileSync(`${root}docs/asvs.md`, 'utf8').split('\n').filter((line) => line.startsWith('| v5.0.0-')).map((line) => {
  const [, id = '', level = '', words = '', state = '', shown = ''] = line.split('|').map((cell) => cell.trim());
  return { id, level, words, state, shown };
});

describe('docs/asvs.md', () => {
  it('has every requirement of levels 1 and 2, once, in order', () => {
    expect(rows.map(({ id }) => id)).toEqual(wanted);
    expect([rows.filter(({ level }) => level === '1').length, rows.filter(({ level }) => level === '2').length]).toEqual([70, 183]);
  });

  it('says of each whether it is met, and of what is not, why', () => {
    for (const { id, words, state, shown } of rows) expect([id, words !== '', ['met', 'partly', 'open', 'not applicable'].includes(state), shown !== '']).toEqual([id, true, true, true]);
  });

  it('counts them rightly', () => {
    const count = (wantedState: string) => rows.filter(({ state }) => state === wantedState).length;
    const told = `**${count('met')} met · ${count('partly')} partly · ${count('open')} open · ${count('not applicable')} not applicable** of ${rows.length}.`;
    expect(readFileSync(`${root}docs/asvs.md`, 'utf8')).toContain(told);
  });

  it('names files that are there, and tests that say what is quoted', () => {
    const wrong: string[] = [];
    for (const { id, shown } of rows) {
      for (const [, path = '', quoted] of shown.matchAll(/`([\w./-]+\.\w+)`(?: “([^”]+)”)?/g)) {
        if (!existsSync(root + path)) wrong.push(`${id}: ${path} is not there`);
        else if (quoted !== undefined && !readFileSync(root + path, 'utf8').replaceAll("\\'", "'").includes(quoted)) wrong.push(`${id}: ${path} does not say “${quoted}”`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('shows what is met by a test or by the code or page that it names', () => {
    expect(rows.filter(({ state, shown }) => state === 'met' && !shown.includes('`')).map(({ id }) => id)).toEqual([]);
  });
});
