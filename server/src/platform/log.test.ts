import { describe, expect, it } from 'vitest';
import { faultFields, openLog, type LogFields } from './log.ts';

function logged(write: (log: ReturnType<typeof openLog>) => void, level: Parameters<typeof openLog>[0] = 'debug') {
  const lines: string[] = [];
  write(openLog(level, { write: (line) => void lines.push(line) }));
  return lines;
}

describe('The log', () => {
  it('writes one JSON line with the time, the level, the message and the fields', () => {
    const [line] = logged((log) => log.info('request', { requestId: 'r1', status: 200 }));
    expect(JSON.parse(line!)).toEqual({ level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), msg: 'request', requestId: 'r1', status: 200 });
  });

  it('drops every field that is not on the list, whatever slipped past the types', () => {
    const [line] = logged((log) => log.info('request', { url: '/fhir/R4/Patient?name=An', body: { name: 'An' }, status: 200 } as LogFields));
    expect(line).not.toMatch(/An|url|body/);
  });

  it('writes nothing below its level', () => {
    expect(logged((log) => (log.debug('a'), log.info('b'), log.warn('c')), 'warn')).toHaveLength(1);
    expect(logged((log) => log.error('a'), 'silent')).toHaveLength(0);
  });

  it('tells of an error where it was thrown and what kind it is, never what it says', () => {
    const error = Object.assign(new TypeError('Nguyễn Văn An\n    at Nguyễn Văn An (/srv/nguyen-van-an.ts:1:1)', { cause: Object.assign(new Error('An'), { code: '23505', table: 'account', detail: 'Key (name)=(An)' }) }), { code: 'E_AN AN' });
    const [line] = logged((log) => log.error('fault', faultFields(error)));
    expect(line).not.toMatch(/Nguy|nguyen|\(An\)|E_AN|detail/);
    const { error: told } = JSON.parse(line!);
    expect(told.name).toBe('TypeError');
    expect(told.frames[0]).toContain('log.test.ts');
    expect(told.cause).toMatchObject({ name: 'Error', code: '23505', table: 'account' });
  });

  it('takes what is no error, and errors with odd names', () => {
    expect(faultFields('Nguyễn Văn An')).toEqual({ error: { name: 'string', frames: [] } });
    expect(faultFields(Object.assign(new Error('x'), { name: 'Nguyễn Văn An' })).error.name).toBe('Error');
  });
});
