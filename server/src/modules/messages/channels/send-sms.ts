// SMS by any provider that takes JSON over HTTP; the shape of the body is a setting.
import { readFileSync } from 'node:fs';
import type { Settings } from '../../../platform/config.ts';
import { smsText } from '../sms-text.ts';
import { callProvider, outcomeOfStatus } from './call-provider.ts';
import type { Channel } from './channel.ts';

type SmsSettings = Pick<Settings, 'smsUrl' | 'smsHeadersFile' | 'smsBody' | 'smsIdField' | 'smsSender' | 'smsAccents' | 'smsIdempotent' | 'smsPerSecond'>;

export function smsChannel(settings: SmsSettings): Channel {
  const headers = settings.smsHeadersFile === '' ? {} : (JSON.parse(readFileSync(settings.smsHeadersFile, 'utf8')) as Record<string, string>);
  return {
    channel: 'sms', adapter: 'sms', perSecond: settings.smsPerSecond, idempotent: settings.smsIdempotent,
    send: async (_work, { id, to, words }) => {
      const values = { to, local: to.startsWith('84') ? `0${to.slice(2)}` : to, from: settings.smsSender, text: smsText(words.sms, settings.smsAccents).text, id };
      const called = await callProvider(settings.smsUrl, { ...headers, 'content-type': 'application/json' }, filled(settings.smsBody, values));
      if ('failed' in called) return called.failed;
      const providerId = fieldOf(called.body, settings.smsIdField);
      return outcomeOfStatus(called.status) ?? { kind: 'accepted', ...(providerId === undefined ? {} : { providerId }) };
    },
  };
}

/** Puts values into the strings of the body, each escaped as JSON. */
function filled(body: string, values: Readonly<Record<string, string>>): string {
  return body.replace(/\{(to|local|from|text|id)\}/g, (_, name: string) => JSON.stringify(values[name] ?? '').slice(1, -1));
}

function fieldOf(body: unknown, path: string): string | undefined {
  const value = path.split('.').reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined), body);
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) : undefined;
}
