import type { DeskRow } from '@sen/contracts';
import { describe, expect, it } from 'vitest';
import { linesOf, steadyLines, type DeskLine } from './desk-sections.ts';

const now = Date.parse('2026-11-24T01:30:00Z');

function person(key: string, state: DeskRow['state'], start: string): DeskRow {
  return { key, patientId: key, name: key, sex: 'female', state, start, room: { id: 'r', name: 'Phòng 205' }, channel: 'app', confirmed: false, toCall: false };
}

function read(lines: readonly DeskLine[]): string[] {
  return lines.map((line) => (line.kind === 'head' ? `${line.section} ${line.count}` : line.row.key));
}

describe('the list of the desk', () => {
  const hanh = person('hanh', 'late', '2026-11-24T01:00:00Z');
  const dung = person('dung', 'expected', '2026-11-24T02:00:00Z');
  const lan = person('lan', 'expected', '2026-11-24T06:00:00Z');
  const son = person('son', 'waiting', '2026-11-24T01:15:00Z');

  it('puts the late first, then who is due within 45 minutes, who is here, who comes later', () => {
    expect(read(linesOf([lan, son, dung, hanh], now))).toEqual(['late 1', 'hanh', 'soon 1', 'dung', 'here 1', 'son', 'later 1', 'lan']);
  });

  it('keeps every row where it stood while somebody works in the list, shows what it says now, and counts what waits', () => {
    const before = linesOf([dung, hanh], now);
    const fresh = linesOf([dung, { ...hanh, state: 'waiting', ticket: 'A0007' }, son], now);
    const { lines, waiting } = steadyLines(before, fresh);
    expect(read(lines)).toEqual(['late 1', 'hanh', 'soon 1', 'dung']);
    expect(lines[1]).toMatchObject({ row: { state: 'waiting', ticket: 'A0007' } });
    expect(waiting).toBe(2);
  });
});
