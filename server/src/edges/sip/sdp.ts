// Session descriptions (RFC 4566) in the offer/answer model (RFC 3264): one audio stream, G.711 and the keys of the telephone.

export type Law = 'PCMU' | 'PCMA';

export interface Offer {
  readonly address: string;
  readonly port: number;
  /** The first of the two laws the caller would rather have, with its payload type. */
  readonly law: Law;
  readonly payload: number;
  /** Payload type of telephone-event/8000 (RFC 4733), where offered. */
  readonly events?: number;
  /** What the caller does with the stream: on hold it only sends, or nothing at all. */
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  /** The media lines as offered, to answer each of them (§6: as many as in the offer). */
  readonly media: readonly { readonly kind: string; readonly protocol: string; readonly formats: string }[];
  /** Which of them is ours. */
  readonly chosen: number;
}

/** Reads an offer; undefined when it has no audio that we can speak. */
export function parseOffer(text: string): Offer | undefined {
  const sections = text.split(/\r?\n(?=m=)/);
  const [session = '', ...streams] = sections;
  if (streams.length === 0 || streams.length > 16) return undefined;
  const media = streams.map(mediaLine);
  if (media.some((line) => line === undefined)) return undefined;
  for (const [chosen, stream] of streams.entries()) {
    const line = media[chosen]!;
    const spoken = line.kind === 'audio' && line.protocol === 'RTP/AVP' && line.port > 0 ? codecs(stream, line.formats) : undefined;
    const address = connection(stream) ?? connection(session);
    if (spoken === undefined || address === undefined) continue;
    return { address, port: line.port, ...spoken, direction: direction(stream) ?? direction(session) ?? 'sendrecv', media: media.map((one) => one!), chosen };
  }
  return undefined;
}

function mediaLine(stream: string) {
  const [, kind, port, protocol, formats] = /^m=(\S{1,32}) (\d{1,5})(?:\/\d+)? (\S{1,32}) ([^\r\n]{1,400})/.exec(stream) ?? [];
  if (kind === undefined || port === undefined || protocol === undefined || formats === undefined || Number(port) > 65535) return undefined;
  return { kind, port: Number(port), protocol, formats };
}

function connection(section: string): string | undefined {
  return /^c=IN IP[46] ([0-9A-Fa-f.:]{2,45})(?:\/\d+)?\r?$/m.exec(section)?.[1];
}

function direction(section: string): Offer['direction'] | undefined {
  return /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(section)?.[1] as Offer['direction'] | undefined;
}

function codecs(stream: string, formats: string): Pick<Offer, 'law' | 'payload' | 'events'> | undefined {
  const names = new Map<number, string>([[0, 'PCMU/8000'], [8, 'PCMA/8000']]);
  for (const [, payload, name] of stream.matchAll(/^a=rtpmap:(\d{1,3}) (\S+?)(?:\/1)?\r?$/gm)) names.set(Number(payload), name!.toUpperCase());
  const offered = formats.trim().split(/\s+/).map(Number).filter((payload) => payload >= 0 && payload <= 127);
  const payload = offered.find((each) => /^PCM[UA]\/8000$/.test(names.get(each) ?? ''));
  if (payload === undefined) return undefined;
  const events = offered.find((each) => names.get(each) === 'TELEPHONE-EVENT/8000');
  return { law: names.get(payload)!.startsWith('PCMU') ? 'PCMU' : 'PCMA', payload, ...(events === undefined ? {} : { events }) };
}

const answers = { sendrecv: 'sendrecv', sendonly: 'recvonly', recvonly: 'sendonly', inactive: 'inactive' } as const;

/** Writes the answer: our stream at `address:port`, every other one refused with port 0 (§6). */
export function formatAnswer(offer: Offer, address: string, port: number, version: number): string {
  const family = address.includes(':') ? 'IP6' : 'IP4';
  const media = offer.media.flatMap((line, place) => (place === offer.chosen ? ours(offer, port) : [`m=${line.kind} 0 ${line.protocol} ${line.formats.trim()}`]));
  return ['v=0', `o=sen ${version} ${version} IN ${family} ${address}`, 's=Sen', `c=IN ${family} ${address}`, 't=0 0', ...media, ''].join('\r\n');
}

function ours({ payload, law, events, direction }: Offer, port: number): string[] {
  return [
    `m=audio ${port} RTP/AVP ${payload}${events === undefined ? '' : ` ${events}`}`,
    `a=rtpmap:${payload} ${law}/8000`,
    ...(events === undefined ? [] : [`a=rtpmap:${events} telephone-event/8000`, `a=fmtp:${events} 0-15`]),
    'a=ptime:20',
    `a=${answers[direction]}`,
  ];
}
