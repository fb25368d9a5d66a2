import { describe, expect, it } from 'vitest';
import { runChecks } from '../../tools/checks/run-checks.ts';
import { countReport } from '../../tools/checks/run-tests.ts';

const clean = { numPassedTests: 3, numFailedTests: 0, testResults: [] };

describe('the last line of npm test', () => {
  it('counts what passed', () => {
    expect(countReport(clean, 0)).toEqual({ passed: 3, failed: 0, notRun: [] });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const report = { ...clean, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(countReport(report, 1)).toEqual({ passed: 3, failed: 1, notRun: [] });
  });

  it('counts a failed test once, not its file too', () => {
    const report = { ...clean, numFailedTests: 1, testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }] };
    expect(countReport(report, 1)).toEqual({ passed: 3, failed: 1, notRun: [] });
  });

  it('names what did not run', () => {
    const report = { ...clean, testResults: [{ status: 'passed', assertionResults: [{ status: 'skipped', fullName: 'the files kept elsewhere' }] }] };
    expect(countReport(report, 0)).toEqual({ passed: 3, failed: 0, notRun: ['the files kept elsewhere'] });
  });

  it.each([['no report', undefined], ['an error outside any test', clean]])('fails on %s', (_, report) => {
    expect(countReport(report, 1).failed).toBe(1);
  });
});

describe('a check', () => {
  it('is said with its time, and with what it found', async () => {
    const lines: string[] = [];
    const found = { name: 'bad', findings: async () => ['a.ts: wrong', 'b.ts: wrong'] };
    const outcomes = await runChecks([found], (line) => lines.push(line));
    expect(outcomes).toEqual([{ name: 'bad', findings: ['a.ts: wrong', 'b.ts: wrong'], ms: expect.any(Number) }]);
    expect(lines.join()).toMatch(/^✗ bad \(\d+\.\d s\)\n {4}a\.ts: wrong\n {4}b\.ts: wrong$/);
  });

  it('that breaks is a failure, and the next one runs', async () => {
    const lines: string[] = [];
    const broken = { name: 'broken', findings: () => Promise.reject(new Error('no such program')) };
    const good = { name: 'good', findings: async () => [] };
    await runChecks([broken, good], (line) => lines.push(line));
    expect(lines.join('\n')).toContain('✗ broken');
    expect(lines.join('\n')).toContain('no such program');
    expect(lines.join('\n')).toMatch(/✓ good/);
  });
});
