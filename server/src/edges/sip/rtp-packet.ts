// RTP packets (RFC 3550 §5.1) and the keys in them (RFC 4733 §2.3).

export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly source: number;
  readonly payload: Buffer;
}

/** Reads a packet; undefined for what is none. */
export function parsePacket(bytes: Buffer): RtpPacket | undefined {
  if (bytes.length < 12 || bytes[0]! >> 6 !== 2) return undefined;
  const [first, second] = [bytes[0]!, bytes[1]!];
  let at = 12 + (first & 15) * 4;
  if ((first & 16) !== 0) {
    if (bytes.length < at + 4) return undefined;
    at += 4 + bytes.readUInt16BE(at + 2) * 4;
  }
  const padding = (first & 32) === 0 ? 0 : bytes[bytes.length - 1]!;
  if (at + padding > bytes.length) return undefined;
  return {
    payloadType: second & 127, marker: (second & 128) !== 0, sequence: bytes.readUInt16BE(2), timestamp: bytes.readUInt32BE(4), source: bytes.readUInt32BE(8),
    payload: bytes.subarray(at, bytes.length - padding),
  };
}

export function formatPacket({ payloadType, marker, sequence, timestamp, source, payload }: RtpPacket): Buffer {
  const bytes = Buffer.allocUnsafe(12 + payload.length);
  bytes[0] = 128;
  bytes[1] = payloadType | (marker ? 128 : 0);
  bytes.writeUInt16BE(sequence & 0xffff, 2);
  bytes.writeUInt32BE(timestamp >>> 0, 4);
  bytes.writeUInt32BE(source >>> 0, 8);
  payload.copy(bytes, 12);
  return bytes;
}

/** Event codes 0 to 11 are the keys of a telephone (RFC 4733 §3.2). */
const keys = '0123456789*#';

export interface KeyPress {
  readonly source: number;
  readonly timestamp: number;
  readonly ended: boolean;
}

export interface HeardKey {
  readonly press: KeyPress;
  /** Present at the first packet of a press that arrives, whichever that is. */
  readonly key?: string;
}

/**
 * One press comes as many packets of one timestamp, its end three times (§2.5.1.4): it counts once, even when its first packets are lost. Some senders
 * play one recording for each press, with the timestamp of the recording: there the marker (§2.5.1.2: first packet of an event) after an end tells a new press.
 */
export function hearKey(before: KeyPress | undefined, { payload, timestamp, source, marker }: RtpPacket): HeardKey | undefined {
  const code = payload[0];
  if (payload.length < 4 || code === undefined) return undefined;
  const key = keys[code];
  const ended = (payload[1]! & 128) !== 0;
  const same = before !== undefined && before.source === source && before.timestamp === timestamp && !(before.ended && marker && !ended);
  const press = { source, timestamp, ended: ended || (same && before.ended) };
  return same || key === undefined ? { press } : { press, key };
}
