import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSettings, settingsMarkdown, settingsTable, unknownSettings } from '../../server/src/platform/config.ts';

describe('settings', () => {
  it('have defaults, and are frozen', () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({ data: './data', host: 'localhost', port: 8080, databaseUrl: '', timeZone: 'Asia/Ho_Chi_Minh', demo: true });
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('take values from the environment; an empty one means the default', () => {
    expect(readSettings({ SEN_PORT: ' 9090 ', SEN_DEMO: 'no', SEN_HOST: '' })).toMatchObject({ port: 9090, demo: false, host: 'localhost' });
  });

  it.each([
    ['SEN_PORT', 'http'], ['SEN_PORT', '65536'], ['SEN_PORT', '-1'], ['SEN_PORT', '80.5'], ['SEN_DEMO', 'maybe'],
    ['SEN_TIME_ZONE', 'Mars/Olympus'], ['SEN_LOG_LEVEL', 'loud'], ['SEN_DATABASE_CONNECTIONS', '0'],
  ])('refuse %s=%s in both languages, saying what is accepted', (name, value) => {
    const setting = Object.values(settingsTable).find((each) => each.name === name);
    expect(() => readSettings({ [name]: value })).toThrowError(
      expect.objectContaining({
        code: 'platform.bad-setting',
        text: { vi: expect.stringContaining(`${name} không nhận giá trị "${value}"`), en: expect.stringContaining(setting?.accepts ?? '') },
      }),
    );
  });

  it('never repeat a DATABASE_URL, which holds a password', () => {
    for (const url of ['mysql://u:s3cret@host/db', 'postgres//u:s3cret@host', 's3cret']) {
      expect(() => readSettings({ DATABASE_URL: url })).toThrowError(expect.objectContaining({ message: expect.not.stringContaining('s3cret') }));
    }
  });

  it('tell names that are no setting', () => {
    expect(unknownSettings({ SEN_PROT: '1', SEN_PORT: '1', SEN_TEST_DATABASE_URL: 'x', PATH: '' })).toEqual(['SEN_PROT']);
  });

  it('are all described, and docs/settings.md says the same', () => {
    for (const { description } of Object.values(settingsTable)) expect(description.vi && description.en).toBeTruthy();
    expect(readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8').replaceAll('\r\n', '\n')).toBe(settingsMarkdown());
  });
});
