import { createECDH, createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encryptPush, newPushKey, vapidHeader } from './push-encryption.ts';

describe('RFC 8291, appendix A', () => {
  it('encrypts its example to the byte', () => {
    const own = createECDH('prime256v1');
    own.setPrivateKey(Buffer.from('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw', 'base64url'));
    const keys = { p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4', auth: 'BTBZMqHH6r4Tts7J_aSIgg' };
    const sealed = encryptPush(Buffer.from('When I grow up, I want to be a watermelon'), keys, own, Buffer.from('DGv6ra1nlYgDCS1FRnbzlw', 'base64url'));
    expect(sealed.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });
});

describe('RFC 8292, 2', () => {
  it('signs for the origin of the push service, for less than a day', () => {
    const key = newPushKey();
    const publicKey = key.getPublicKey('base64url');
    const header = vapidHeader('https://push.example/send/abc', 'mailto:a@b.vn', key.getPrivateKey('base64url'), publicKey, 1_000_000_000_000);
    const [, token = '', k = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? [];
    const [head = '', body = '', signature = ''] = token.split('.');
    const point = Buffer.from(k, 'base64url');
    const known = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } });
    expect(JSON.parse(Buffer.from(body, 'base64url').toString())).toEqual({ aud: 'https://push.example', exp: 1_000_000_000 + 43_200, sub: 'mailto:a@b.vn' });
    expect(verify('sha256', Buffer.from(`${head}.${body}`), { key: known, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))).toBe(true);
  });
});
