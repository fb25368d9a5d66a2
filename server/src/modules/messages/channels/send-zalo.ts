// Zalo Notification Service: templates approved by Zalo, sent to a telephone number. After its public descriptions (2024); not tried against the real service.
import { readFileSync } from 'node:fs';
import type { Settings } from '../../../platform/config.ts';
import { openSecret, sealSecret } from '../../../platform/seal.ts';
import type { Work } from '../../../platform/work.ts';
import type { Outcome } from '../outcome.ts';
import { valueText } from '../wording.ts';
import { callProvider, outcomeOfStatus } from './call-provider.ts';
import type { Channel, Letter } from './channel.ts';

type ZaloSettings = Pick<Settings, 'zaloApp' | 'zaloSecretFile' | 'zaloUrl' | 'zaloTokenUrl' | 'zaloPerSecond' | 'timeZone'>;

interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly until: number;
}

export function zaloChannel(settings: ZaloSettings): Channel {
  return {
    channel: 'zalo', adapter: 'zalo', perSecond: settings.zaloPerSecond, idempotent: false,
    send: async (work, letter) => {
      if (letter.zaloTemplate === undefined) return { kind: 'refused', why: 'no-zalo-template' };
      const tokens = await tokensFor(work, settings, false);
      if (tokens === undefined) return { kind: 'not-sent', why: 'zalo-token', waitMs: 60_000 };
      const first = await post(settings, tokens.access, letter, letter.zaloTemplate);
      if (first !== 'token-invalid') return first;
      const renewed = await tokensFor(work, settings, true);
      const second = renewed === undefined ? 'token-invalid' : await post(settings, renewed.access, letter, letter.zaloTemplate);
      return second === 'token-invalid' ? { kind: 'not-sent', why: 'zalo-token', waitMs: 60_000 } : second;
    },
  };
}

async function post({ zaloUrl, timeZone }: ZaloSettings, token: string, letter: Letter, template: string): Promise<Outcome | 'token-invalid'> {
  const values = Object.fromEntries(Object.entries(letter.data).map(([name, value]) => [name, valueText(value, letter.language, timeZone)]));
  const body = JSON.stringify({ phone: letter.to, template_id: template, template_data: values, tracking_id: letter.id });
  const called = await callProvider(`${zaloUrl}/message/template`, { access_token: token, 'content-type': 'application/json' }, body);
  if ('failed' in called) return called.failed;
  const { error, data } = (called.body ?? {}) as { error?: number; data?: { msg_id?: string } };
  if (error === undefined) return outcomeOfStatus(called.status) ?? { kind: 'unsure', why: 'zalo-answer' };
  if (error === 0) return { kind: 'accepted', ...(data?.msg_id === undefined ? {} : { providerId: data.msg_id }) };
  if (error === -124) return 'token-invalid';
  // -100: unknown, may have gone out; -115 out of quota, -144 and -147 daily limits: the next channel serves the person sooner
  return error === -100 ? { kind: 'unsure', why: 'zalo-100' } : { kind: 'refused', why: `zalo${error}` };
}

/** A refresh token serves once: one process renews while the others wait for the row. */
function tokensFor(work: Work, settings: ZaloSettings, anew: boolean): Promise<Tokens | undefined> {
  return work.transact(async ({ db, now }) => {
    await db.query({ name: 'messages.lock-zalo', text: "SELECT pg_advisory_xact_lock(hashtext('messages.zalo'))" });
    const { rows } = await db.query<{ value_sealed: string }>({ name: 'messages.zalo-tokens', text: "SELECT value_sealed FROM messages.secret WHERE name = 'zalo'" });
    const kept = rows[0] === undefined ? undefined : (JSON.parse(openSecret(rows[0].value_sealed, 'messages:zalo')) as Tokens & { renewedAt: number });
    // one renewed by another process within the last minute is not renewed again
    if (kept !== undefined && kept.until > now + 60_000 && (!anew || kept.renewedAt > now - 60_000)) return kept;
    const fresh = await renew(settings, kept?.refresh, now);
    if (fresh === undefined) return undefined;
    await db.query({
      name: 'messages.keep-zalo', text: "INSERT INTO messages.secret (name, value_sealed, changed_at) VALUES ('zalo', $1, to_timestamp($2::float8 / 1000)) ON CONFLICT (name) DO UPDATE SET value_sealed = EXCLUDED.value_sealed, changed_at = EXCLUDED.changed_at",
      values: [sealSecret(JSON.stringify({ ...fresh, renewedAt: now }), 'messages:zalo'), now],
    });
    return fresh;
  });
}

async function renew({ zaloApp, zaloSecretFile, zaloTokenUrl }: ZaloSettings, kept: string | undefined, now: number): Promise<Tokens | undefined> {
  const file = JSON.parse(readFileSync(zaloSecretFile, 'utf8')) as { secretKey: string; refreshToken: string };
  const form = new URLSearchParams({ app_id: zaloApp, grant_type: 'refresh_token', refresh_token: kept ?? file.refreshToken });
  const called = await callProvider(zaloTokenUrl, { secret_key: file.secretKey, 'content-type': 'application/x-www-form-urlencoded' }, String(form));
  if ('failed' in called) return undefined;
  const { access_token: access, refresh_token: refresh, expires_in: seconds } = (called.body ?? {}) as Record<string, unknown>;
  if (typeof access !== 'string' || typeof refresh !== 'string') return undefined;
  return { access, refresh, until: now + Number(seconds ?? 3600) * 1000 };
}
