// E-mail by SMTP (RFC 5321).
import { createTransport } from 'nodemailer';
import type { Settings } from '../../../platform/config.ts';
import type { Outcome } from '../outcome.ts';
import type { Channel } from './channel.ts';

export function emailChannel(settings: Pick<Settings, 'smtpUrl' | 'mailFrom' | 'mailPerSecond'>): Channel {
  const transport = createTransport({ url: settings.smtpUrl, pool: true, maxConnections: 4, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, disableFileAccess: true, disableUrlAccess: true });
  const host = /@([^>\s]+)/.exec(settings.mailFrom)?.[1] ?? 'localhost';
  return {
    channel: 'email', adapter: 'smtp', perSecond: settings.mailPerSecond, idempotent: false,
    send: async (_work, { id, to, words, language }) => {
      const messageId = `<${id}@${host}>`;
      try {
        // RFC 3834, 5: a machine wrote it, so no machine answers it
        await transport.sendMail({ from: settings.mailFrom, to: { name: '', address: to }, subject: words.title, text: words.email, messageId, headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language } });
        return { kind: 'accepted', providerId: messageId };
      } catch (error) {
        return outcomeOf(error as { code?: string; command?: string; responseCode?: number });
      }
    },
    close: () => transport.close(),
  };
}

/** RFC 5321, 4.2.1: 4yz is "not now", 5yz "never". Without an answer to the data the server may have taken it. */
function outcomeOf({ code, command, responseCode }: { code?: string; command?: string; responseCode?: number }): Outcome {
  if (responseCode !== undefined && responseCode >= 500) return code === 'EAUTH' ? { kind: 'not-sent', why: 'smtp-auth', waitMs: 60_000 } : { kind: 'refused', why: `smtp-${responseCode}` };
  if (responseCode !== undefined && responseCode >= 400) return { kind: 'not-sent', why: `smtp-${responseCode}`, waitMs: 60_000 };
  if (command === 'CONN' || code === 'EDNS' || code === 'ECONNECTION' || code === 'EAUTH' || code === 'ETLS') return { kind: 'not-sent', why: 'smtp-connection' };
  return { kind: 'unsure', why: 'smtp-cut-off' };
}
