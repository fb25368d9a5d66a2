import { createHmac } from 'node:crypto';
import type { MessageChannel, MessagePreferences } from '@sen/contracts';
import { heldKeyring, openSecret } from '../../../platform/seal.ts';
import type { Settings } from '../../../platform/config.ts';
import type { Work } from '../../../platform/work.ts';
import { contactsOf, type Contact } from '../../identity/index.ts';
import { emailOf, maskAddress, mobileOf } from '../address.ts';
import type { Channel, Letter } from '../channels/channel.ts';
import type { Channels } from '../channels/open-channels.ts';
import { nextAfter, type Outcome } from '../outcome.ts';
import { channelsFor, quietUntil, refusedBecause } from '../preference.ts';
import { readPreferencesOf } from '../preferences/store.ts';
import { templateOf, type Template } from '../template.ts';
import { readWordsInUse, type WordsInUse } from '../templates/store.ts';
import { renderWording, type MessageData } from '../wording.ts';
import { beginAttempt, changeState, claimDue, endAttempt, reservePace, type Change, type Claimed } from './store.ts';

export interface Means {
  readonly channels: Channels;
  readonly settings: Pick<Settings, 'timeZone'>;
}

interface Content {
  readonly to?: { readonly phone?: string; readonly email?: string };
  readonly data: MessageData;
}

const unknown: Contact = { name: '', phones: [], emails: [] };
const batch = 50;
const atOnce = 8;

/** Sends what is due, each message in its own steps; gives how many were taken up. With `only`, that message alone. */
export async function deliverDue(work: Work, means: Means, only?: string): Promise<number> {
  const claimed = await claimDue(work.db, work.now, batch, only);
  if (claimed.length === 0) return 0;
  const patients = claimed.flatMap(({ patient }) => (patient === null ? [] : [patient]));
  const contacts = await contactsOf(work, patients);
  const preferences = await readPreferencesOf(work.db, patients);
  const words = await readWordsInUse(work.db, [...new Set(claimed.map(({ template }) => template))], work.now);
  const waiting = [...claimed];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await deliverOne(work, means, next, { contact: contacts.get(next.patient ?? '') ?? unknown, preferences: preferences(next.patient), words: words(next.template) });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, claimed.length) }, lane));
  return claimed.length;
}

interface About {
  readonly contact: Contact;
  readonly preferences: MessagePreferences;
  readonly words: WordsInUse;
}

async function deliverOne(work: Work, means: Means, message: Claimed, about: About): Promise<void> {
  const template = templateOf(message.template);
  const content = JSON.parse(openSecret(message.content, `message:${message.id}`)) as Content;
  const held = template === undefined ? { state: 'failed', why: 'no-template' } : heldBack(message, template, about.preferences, work.now, means.settings.timeZone);
  if (held !== undefined || template === undefined) return changeState(work.db, message.id, held ?? { state: 'failed' }, work.now);
  const route = routeOf(message, content, about, means.channels);
  if (route === undefined) return changeState(work.db, message.id, { state: 'failed', why: message.attempts === 0 ? 'no-address' : 'no-way-left' }, work.now);
  const free = await reservePace(work.db, route.channel.adapter, route.channel.perSecond, work.now);
  if (free > work.now + 1000) return changeState(work.db, message.id, { state: 'queued', dueAt: free }, work.now);
  await attempt(work, message, route, letterOf(message, template, content, about, route.to, means.settings.timeZone));
}

/** Why a message is not sent now: too late, refused by the person, or at night. */
function heldBack(message: Claimed, template: Template, preferences: MessagePreferences, now: number, zone: string): Change | undefined {
  if (message.expiresAt <= now) return { state: 'expired', why: 'too-late' };
  const refused = refusedBecause(preferences, message.purpose);
  if (refused !== undefined) return { state: 'suppressed', why: refused };
  const quiet = template.urgent === true ? undefined : quietUntil(now, preferences, zone);
  // what would be too late in the morning is sent at night
  return quiet === undefined || quiet >= message.expiresAt ? undefined : { state: 'queued', dueAt: quiet, why: 'quiet-hours' };
}

interface Route {
  readonly channel: Channel;
  readonly to: string;
}

function routeOf(message: Claimed, { to }: Content, { contact, preferences, words }: About, channels: Channels): Route | undefined {
  const phone = (to === undefined ? contact.phones : [to.phone ?? '']).map(mobileOf).find((one) => one !== undefined);
  const email = (to === undefined ? contact.emails : [to.email ?? '']).map(emailOf).find((one) => one !== undefined);
  const addresses: Record<MessageChannel, string | undefined> = { sms: phone, zalo: words.zaloTemplate === undefined ? undefined : phone, email, push: message.patient ?? undefined };
  for (const name of channelsFor(preferences, message.purpose)) {
    const channel = channels.get(name);
    const address = addresses[name];
    if (channel !== undefined && address !== undefined && !message.givenUp.includes(name)) return { channel, to: address };
  }
  return undefined;
}

function letterOf(message: Claimed, template: Template, { data }: Content, { contact, preferences, words }: About, to: string, zone: string): Letter {
  const language = message.language ?? (message.patient === null ? 'vi' : preferences.language === 'en' ? 'en' : (contact.language ?? preferences.language));
  return {
    id: message.id, template: template.code, to, data, language, words: renderWording(words.words?.[language] ?? template[language], data, language, zone), expiresAt: message.expiresAt,
    ...(words.zaloTemplate === undefined ? {} : { zaloTemplate: words.zaloTemplate }), ...(message.about === null ? {} : { about: message.about }),
  };
}

async function attempt(work: Work, message: Claimed, { channel, to }: Route, letter: Letter): Promise<void> {
  const masked = channel.channel === 'push' ? 'push' : maskAddress(to);
  const number = await beginAttempt(work.db, { id: message.id, channel: channel.channel, adapter: channel.adapter, masked, hash: channel.channel === 'push' ? null : addressHash(to) }, work.now);
  // what a channel throws tells nothing of where it broke off
  const outcome = await channel.send(work, letter).catch((): Outcome => ({ kind: 'unsure', why: 'fault' }));
  const tried = message.channel === channel.channel ? message.channelAttempts + 1 : 1;
  await endAttempt(work.db, { id: message.id, number, outcome: outcome.kind, why: 'why' in outcome ? outcome.why : null, providerId: 'providerId' in outcome ? (outcome.providerId ?? null) : null }, work.now);
  await changeState(work.db, message.id, changeAfter(outcome, tried, channel, work.now), work.now);
}

function changeAfter(outcome: Outcome, tried: number, { channel, idempotent }: Channel, now: number): Change {
  const next = nextAfter(outcome, tried, idempotent);
  if (next.step === 'sent') return { state: 'sent' };
  if (next.step === 'unsure') return { state: 'unsure', why: next.why };
  if (next.step === 'again') return { state: 'queued', why: next.why, dueAt: now + next.afterMs };
  return { state: 'queued', why: next.why, giveUp: channel };
}

/** By which a reply finds the message it answers: the number itself is nowhere in the clear. */
export function addressHash(address: string): Buffer {
  return createHmac('sha256', heldKeyring().derive('message-address')).update(address).digest();
}
