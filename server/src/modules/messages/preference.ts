// How a person wants to be told: which channels in which order, when not, and what not at all.
import type { MessageChannel, MessagePreferences, MessagePurpose } from '@sen/contracts';

/** Who has said nothing is told the way most people here read soonest, and not at night. */
export const defaultPreferences: MessagePreferences = {
  language: 'vi', channels: ['zalo', 'sms', 'email', 'push'], quietFrom: '21:30', quietTo: '06:00', refused: [], marketing: false,
};

/** Why a purpose is not to be sent; undefined when it may. Codes cannot be refused: who asks for one waits for it. */
export function refusedBecause({ refused, marketing }: MessagePreferences, purpose: MessagePurpose): 'opted-out' | 'no-consent' | undefined {
  if (purpose === 'code') return undefined;
  if (purpose === 'marketing') return marketing ? undefined : 'no-consent';
  return (refused as readonly string[]).includes(purpose) ? 'opted-out' : undefined;
}

/** Channels to try in order. A code goes where it was asked for: to the telephone, never to a screen that somebody else may hold. */
export function channelsFor({ channels }: MessagePreferences, purpose: MessagePurpose): readonly MessageChannel[] {
  return purpose === 'code' ? ['sms', 'zalo'] : channels;
}

/** The end of the quiet hours in which an instant lies, in ms since 1970; undefined outside them. From and to may lie on two days. */
export function quietUntil(now: number, { quietFrom, quietTo }: Pick<MessagePreferences, 'quietFrom' | 'quietTo'>, zone: string): number | undefined {
  const minute = minuteOfDay(now, zone);
  const [from, to] = [minutesOf(quietFrom), minutesOf(quietTo)];
  if (from === to) return undefined;
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return undefined;
  const wait = (to - minute + 1440) % 1440;
  return Math.floor(now / 60_000) * 60_000 + wait * 60_000;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function minuteOfDay(now: number, zone: string): number {
  return minutesOf(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now));
}
