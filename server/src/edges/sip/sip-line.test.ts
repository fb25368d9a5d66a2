import { describe, expect, it } from 'vitest';
import { respond, type SipLine } from './sip-line.ts';
import { parseMessage, type SipRequest } from './sip-message.ts';

function request(branch: string): SipRequest {
  return parseMessage(Buffer.from([
    'OPTIONS sip:sen@127.0.0.1 SIP/2.0', `Via: SIP/2.0/UDP 127.0.0.1:5060;branch=${branch}`, 'From: <sip:a@b>;tag=x', 'To: <sip:sen@b>', 'Call-ID: c', 'CSeq: 1 OPTIONS', '', '',
  ].join('\r\n'))) as SipRequest;
}

describe('A SIP line under a flood of new requests', () => {
  it('keeps the responses to the latest and takes no more memory', () => {
    const line = { options: {}, socket: { send: () => undefined }, transactions: new Map() } as unknown as SipLine;
    for (let i = 0; i < 30_000; i++) respond(line, request(`z9hG4bK${i}`), 200, { address: '127.0.0.1', port: 5060 });
    expect(line.transactions.size).toBe(2_000);
    expect([...line.transactions.keys()].at(-1)).toContain('z9hG4bK29999');
  });
});

describe('What no SIP message is', () => {
  it('is refused in no time, however long or odd', () => {
    const head = 'INVITE sip:a@b SIP/2.0\r\nVia: x\r\nFrom: y\r\nTo: z\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n';
    const odd = [
      `${head}${'X: \t'.repeat(4_000)}\r\n\r\n`, `${head}${'\r\n '.repeat(5_000)}\r\n\r\n`, `${head}Content-Length: 999999\r\n\r\nshort`, `${head}Content-Length: -1\r\n\r\n`, `${head}X\u0000Y: 1\r\n\r\n`,
      `${head}Route: <sip:evil>\nBYE sip:x SIP/2.0\r\n\r\n`, `INVITE ${'a'.repeat(15_000)} SIP/2.0\r\n\r\n`, '\r\n\r\n', `${'A: b\r\n'.repeat(2_500)}\r\n`,
    ];
    const began = performance.now();
    for (const text of odd) parseMessage(Buffer.from(text));
    for (let i = 0; i < 5_000; i++) {
      const bytes = Buffer.from(`${head}Contact: <sip:a@b>\r\n\r\n`);
      bytes[(i * 7919) % bytes.length] = (i * 31) % 256;
      parseMessage(bytes);
    }
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(odd.slice(2, 6).map((text) => parseMessage(Buffer.from(text)))).toEqual([undefined, undefined, undefined, undefined]);
  });
});
