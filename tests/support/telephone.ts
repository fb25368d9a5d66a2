// A small telephone of our own: calls, presses keys, keeps the sound it hears.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { formatPacket, parsePacket, type RtpPacket } from '../../server/src/edges/sip/rtp-packet.ts';

export interface Telephone {
  readonly heard: RtpPacket[];
  readonly messages: string[];
  /** Sends a request of the call (or any text), `{port}` being ours. */
  send(text: string): void;
  /** Waits until something that was received matches. */
  receives(pattern: RegExp): Promise<string>;
  /** Presses a key as three first packets and three last ones (RFC 4733). */
  press(key: string, rtpPort: number): void;
  invite(call: string, sdp?: string): void;
  inCall(method: string, call: string, toTag: string, number: number): void;
  close(): void;
}

export async function telephone(sipPort: number): Promise<Telephone> {
  const [sip, rtp] = [await bound(), await bound()];
  const heard: RtpPacket[] = [];
  const messages: string[] = [];
  const waiting = new Set<() => void>();
  sip.on('message', (bytes) => {
    messages.push(bytes.toString());
    for (const look of waiting) look();
  });
  rtp.on('message', (bytes) => {
    const packet = parsePacket(bytes);
    if (packet) heard.push(packet);
  });
  let stamp = 1000;
  let sequence = 1;
  const port = sip.address().port;
  const send = (text: string) => sip.send(text, sipPort, '127.0.0.1');
  const lines = (method: string, call: string, to: string, number: number, more: string[], body = '') =>
    send([`${method} sip:sen@127.0.0.1 SIP/2.0`, `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${call}${method}${number};rport`, 'Max-Forwards: 70', `From: <sip:0912345678@127.0.0.1>;tag=a`, `To: <sip:sen@127.0.0.1>${to}`,
      `Call-ID: ${call}`, `CSeq: ${number} ${method}`, `Contact: <sip:0912345678@127.0.0.1:${port}>`, ...more, `Content-Length: ${body.length}`, '', body].join('\r\n'));
  return {
    heard, messages, send,
    receives: (pattern) => new Promise((resolve) => {
      const look = () => {
        const found = messages.find((message) => pattern.test(message));
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    }),
    press: (key, rtpPort) => {
      stamp += 1600;
      for (const [place, end] of [0, 0, 0, 128, 128, 128].entries()) {
        const payload = Buffer.from(['0123456789*#'.indexOf(key), end | 10, 0, (place + 1) * 40]);
        rtp.send(formatPacket({ payloadType: 101, marker: place === 0, sequence: sequence++, timestamp: stamp, source: 7, payload }), rtpPort, '127.0.0.1');
      }
    },
    invite: (call, sdp = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${rtp.address().port} RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n`) =>
      lines('INVITE', call, '', 1, ['Content-Type: application/sdp'], sdp),
    inCall: (method, call, toTag, number) => lines(method, call, `;tag=${toTag}`, number, []),
    close: () => {
      sip.close();
      rtp.close();
    },
  };
}

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}
