// The telephones of `bench telephone`, a process of their own: each speaks, presses keys as one who listens does, and measures the sound it gets.
// Run as a child: `phones.ts <first port> <calls>`; `stop` as a message, and the figures come back as one.
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { formatPacket, parsePacket } from '../../server/src/edges/sip/rtp-packet.ts';
import { histogram, percentile, spread, type PhoneFigures } from './figures.ts';

const [firstPort = 0, count = 0] = process.argv.slice(2).map(Number);
const frameMs = 20;
const samples = 160;
/** A key takes 100 ms, and the next one comes 160 ms after it. */
const framesOfKey = 5;
const framesBetween = 8;
/** So long somebody listens to a prompt before the first key. */
const listenMs = 1_500;

interface Phone {
  readonly socket: Socket;
  readonly entries: string[];
  remote: RemoteInfo | undefined;
  sequence: number;
  timestamp: number;
  /** What goes out in the coming frames instead of silence. */
  readonly frames: { readonly payloadType: number; readonly marker: boolean; readonly timestamp: number; readonly payload: Buffer }[];
  pressAt: number | undefined;
  /** When the key that ends an entry went out, until a voice answers it. */
  askedAt: number | undefined;
  silent: boolean;
  answered: number;
  packets: number;
  lost: number;
  lastSequence: number | undefined;
  lastTransit: number | undefined;
  jitterMs: number;
  heardAt: number;
}

/** Nothing comes any more: the call is over. Its port at the other side may be that of another call by now. */
const hungUpMs = 500;

const silence = Buffer.alloc(samples, 0xff);
const answersMs: number[] = [];
const deviations = histogram();
const lateness = histogram();
const phones = await Promise.all(Array.from({ length: count }, (_, at) => openPhone(at)));

let due = performance.now();
const timer = setInterval(() => {
  for (const now = performance.now(); due <= now; due += frameMs) {
    lateness.add(now - due);
    for (const phone of phones) if (phone.remote !== undefined) sendFrame(phone, phone.remote);
  }
}, 5);

process.on('message', () => {
  clearInterval(timer);
  process.send!(figures());
  process.disconnect();
  for (const { socket } of phones) socket.close();
});
process.send!('ready');

async function openPhone(at: number): Promise<Phone> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 18 });
  await new Promise<void>((resolve, reject) => socket.once('error', reject).bind(firstPort + at * 2, '127.0.0.1', resolve));
  const phone: Phone = {
    socket, entries: entriesOf(at), remote: undefined, sequence: 0, timestamp: 0, frames: [], pressAt: undefined,
    askedAt: undefined, silent: false, answered: 0, packets: 0, lost: 0, lastSequence: undefined, lastTransit: undefined, jitterMs: 0, heardAt: 0,
  };
  socket.on('message', (bytes, from) => hear(phone, bytes, from));
  return phone;
}

/** Book, number, right, a specialty, later times now and then, a time, confirm. They want different ones, as people do; who was too slow for a seat hears the next times and books none. */
function entriesOf(at: number): string[] {
  const later = Array.from({ length: Math.floor(at / 21) % 6 }, () => '9');
  return ['1', `09${10_000_000 + at}#`, '1', String(1 + (at % 7)), ...later, String(1 + (Math.floor(at / 7) % 3)), '1'];
}

function hear(phone: Phone, bytes: Buffer, from: RemoteInfo): void {
  const now = performance.now();
  const packet = parsePacket(bytes);
  if (packet === undefined) return;
  phone.remote ??= from;
  phone.heardAt = now;
  measure(phone, packet.sequence, packet.timestamp, now);
  const voice = packet.payload.some((sample) => sample !== 0xff);
  if (!voice) phone.silent = true;
  // A frame of the prompt that the key cut off may still be on its way.
  if (!voice || (phone.askedAt !== undefined && !phone.silent && now - phone.askedAt < 400)) return;
  if (phone.askedAt !== undefined) {
    answersMs.push(now - phone.askedAt);
    phone.askedAt = undefined;
    phone.answered += 1;
    phone.entries.shift();
  }
  // Not while keys are going out: what is heard then is the prompt that they cut off.
  if (phone.entries.length > 0 && phone.frames.length === 0) phone.pressAt ??= now + listenMs;
}

/** RFC 3550 §6.4.1: the mean deviation of the difference in packet spacing at the receiver and at the sender, smoothed by 16. */
function measure(phone: Phone, sequence: number, timestamp: number, now: number): void {
  phone.packets += 1;
  if (phone.lastSequence !== undefined) phone.lost += Math.max(0, ((sequence - phone.lastSequence) & 0xffff) - 1);
  phone.lastSequence = sequence;
  const transit = now - timestamp / 8;
  if (phone.lastTransit !== undefined) {
    const difference = Math.abs(transit - phone.lastTransit);
    if (difference < 60_000) {
      deviations.add(difference);
      phone.jitterMs += (difference - phone.jitterMs) / 16;
    }
  }
  phone.lastTransit = transit;
}

function sendFrame(phone: Phone, remote: RemoteInfo): void {
  if (performance.now() - phone.heardAt > hungUpMs) return;
  if (phone.pressAt !== undefined && phone.askedAt === undefined && performance.now() >= phone.pressAt) press(phone, phone.entries[0]!);
  const frame = phone.frames.shift();
  const about = frame ?? { payloadType: 0, marker: false, timestamp: phone.timestamp, payload: silence };
  phone.socket.send(formatPacket({ ...about, sequence: phone.sequence++, source: 1 }), remote.port, remote.address, () => undefined);
  phone.timestamp = (phone.timestamp + samples) >>> 0;
  if (frame !== undefined && frame === last.get(phone)) {
    phone.askedAt = performance.now();
    phone.silent = false;
  }
}

/** The first packet of the last key of an entry: with it the menu has its answer. */
const last = new WeakMap<Phone, Phone['frames'][number]>();

function press(phone: Phone, entry: string): void {
  phone.pressAt = undefined;
  let timestamp = phone.timestamp;
  for (const key of entry) {
    for (let frame = 0; frame < framesOfKey; frame++) {
      const isEnd = frame >= framesOfKey - 3; // its end is told three times (RFC 4733 §2.5.1.4)
      const payload = Buffer.from([key === '#' ? 11 : Number(key), (isEnd ? 128 : 0) | 10, 0, 0]);
      payload.writeUInt16BE(Math.min(frame + 1, framesOfKey - 2) * samples, 2);
      const one = { payloadType: 101, marker: frame === 0, timestamp, payload };
      if (frame === 0) last.set(phone, one);
      phone.frames.push(one);
    }
    timestamp = (timestamp + (framesOfKey + framesBetween) * samples) >>> 0;
    for (let frame = framesBetween; frame > 0; frame--) phone.frames.push({ payloadType: 0, marker: false, timestamp: (timestamp - frame * samples) >>> 0, payload: silence });
  }
}

function figures(): PhoneFigures {
  const heard = phones.filter(({ packets }) => packets > 0);
  return {
    answered: heard.length,
    wholeBookings: heard.filter(({ entries }) => entries.length === 0).length,
    packets: heard.reduce((sum, { packets }) => sum + packets, 0),
    lost: heard.reduce((sum, { lost }) => sum + lost, 0),
    jitterMs: spread(heard.map(({ jitterMs }) => jitterMs)),
    deviationMs: { p50: deviations.at(0.5), p99: deviations.at(0.99), most: deviations.most() },
    ownLatenessMs: { p50: lateness.at(0.5), p99: lateness.at(0.99), most: lateness.most() },
    answers: answersMs.length,
    answerMs: { p50: percentile(answersMs, 0.5), p99: percentile(answersMs, 0.99), most: percentile(answersMs, 1) },
  };
}
