import { join } from 'node:path';
import type { MessageChannel } from '@sen/contracts';
import type { Settings } from '../../../platform/config.ts';
import type { Channel } from './channel.ts';
import { emailChannel } from './send-email.ts';
import { pushChannel } from './send-push.ts';
import { smsChannel } from './send-sms.ts';
import { zaloChannel } from './send-zalo.ts';
import { outboxChannel } from './write-outbox.ts';

export type Channels = ReadonlyMap<MessageChannel, Channel>;

/** Opens the ways out that the settings name; SMS and e-mail without a provider go to the outbox. */
export function openChannels(settings: Settings): Channels {
  const folder = join(settings.data, 'outbox');
  const sms = settings.smsUrl !== '' ? smsChannel(settings) : settings.outbox ? outboxChannel('sms', folder, settings.smsAccents) : undefined;
  const email = settings.smtpUrl !== '' ? emailChannel(settings) : settings.outbox ? outboxChannel('email', folder, true) : undefined;
  const zalo = settings.zaloApp === '' ? undefined : zaloChannel(settings);
  const open = [sms, email, zalo, pushChannel(settings)].filter((channel) => channel !== undefined);
  return new Map(open.map((channel) => [channel.channel, channel]));
}
