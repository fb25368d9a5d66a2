// The sound of one call: sends what is to be played, 20 ms a packet, silence in between, and hears keys.
import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { inLaw, silence } from './law.ts';
import { formatPacket, hearKey, parsePacket, type KeyPress } from './rtp-packet.ts';
import type { Offer } from './sdp.ts';
import type { Ticker } from './ticker.ts';

const frame = 160; // 20 ms of 8 kHz
const lossMs = 60_000; // a caller whose network went away: nothing of the stream for so long

export interface RtpStream {
  readonly port: number;
  /** Plays a sound in µ-law instead of what was playing; `done` once it has been sent to its end. */
  play(muLaw: Buffer, done: () => void): void;
  hush(): void;
  /** Where a changed offer (re-INVITE) wants the sound. */
  turnTo(offer: Offer): void;
  /** For how long nothing has come from the other side although it is not on hold, in ms over the limit. */
  readonly lost: boolean;
  close(): void;
}

export interface RtpOptions {
  readonly host: string;
  readonly ports: { readonly from: number; readonly to: number };
  readonly ticker: Ticker;
  readonly onKey: (key: string) => void;
}

interface Sounding {
  readonly socket: Socket;
  readonly onKey: (key: string) => void;
  readonly source: number;
  offer: Offer;
  remotePort: number;
  sound: Buffer | undefined;
  at: number;
  done: () => void;
  pressed: KeyPress | undefined;
  heard: number;
  sequence: number;
  timestamp: number;
  marker: boolean;
}

/** Opens a port for the stream of an offer; rejects when every port of the range is taken. */
export async function openRtpStream(offer: Offer, { host, ports, ticker, onKey }: RtpOptions): Promise<RtpStream> {
  const socket = await bindWithin(host, ports);
  const now: Sounding = {
    socket, onKey, offer, source: randomInt(0xffffffff), remotePort: offer.port, sound: undefined, at: 0, done: () => undefined, pressed: undefined,
    heard: performance.now(), sequence: randomInt(0x10000), timestamp: randomInt(0xffffffff), marker: true,
  };
  socket.on('message', (bytes, from) => hear(now, bytes, from));
  socket.on('error', () => undefined); // the other side may be gone (ICMP): the call ends by its own timers
  const remove = ticker.add(() => sendFrame(now));
  return {
    port: socket.address().port,
    play: (muLaw, whenDone) => void Object.assign(now, { sound: muLaw.length === 0 ? quiet(now) : inLaw(now.offer.law, muLaw), at: 0, done: whenDone }),
    hush: () => void (now.sound = undefined),
    turnTo: (next) => void Object.assign(now, { offer: next, remotePort: next.port }),
    get lost() {
      return now.offer.direction === 'sendrecv' && performance.now() - now.heard > lossMs;
    },
    close: () => {
      remove();
      socket.close();
    },
  };
}

function hear(now: Sounding, bytes: Buffer, from: { readonly address: string; readonly port: number }): void {
  if (plain(from.address) !== plain(now.offer.address)) return; // nobody else speaks in this call
  const packet = parsePacket(bytes);
  if (packet === undefined) return;
  now.heard = performance.now();
  now.remotePort = from.port; // symmetric RTP (RFC 4961), for callers behind a translating router
  if (packet.payloadType !== now.offer.events) return;
  const press = hearKey(now.pressed, packet);
  now.pressed = press?.press ?? now.pressed;
  if (press?.key !== undefined) now.onKey(press.key);
}

function sendFrame(now: Sounding): void {
  const { socket, offer, sequence, timestamp, marker, source } = now;
  now.marker = now.sound === undefined;
  const packet = formatPacket({ payloadType: offer.payload, payload: nextFrame(now), sequence, timestamp, marker, source });
  now.sequence = (sequence + 1) & 0xffff;
  now.timestamp = (timestamp + frame) >>> 0;
  if (offer.direction === 'sendrecv' || offer.direction === 'recvonly') socket.send(packet, now.remotePort, offer.address, () => undefined);
}

function nextFrame(now: Sounding): Buffer {
  if (now.sound === undefined) return quiet(now);
  const part = now.sound.subarray(now.at, now.at + frame);
  now.at += frame;
  if (now.at >= now.sound.length) {
    now.sound = undefined;
    queueMicrotask(now.done);
  }
  return part.length === frame ? part : Buffer.concat([part, quiet(now).subarray(part.length)]);
}

function quiet({ offer }: Sounding): Buffer {
  return Buffer.alloc(frame, silence[offer.law]);
}

async function bindWithin(host: string, { from, to }: RtpOptions['ports']): Promise<Socket> {
  // RFC 3550 §11: RTP on an even port. A random start, so that calls one after the other do not meet late packets of the last.
  const pairs = Math.max(1, Math.floor((to - from) / 2));
  const start = randomInt(pairs);
  for (let tried = 0; tried < pairs; tried += 1) {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    if (await binds(socket, host, from === 0 ? 0 : from + ((start + tried) % pairs) * 2)) return socket;
    socket.close();
  }
  throw new Error('no port is free for the sound of a call');
}

function binds(socket: Socket, host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind(port, host, () => resolve(true));
  });
}

function plain(address: string): string {
  return address.replace(/^::ffff:/i, '').toLowerCase();
}
