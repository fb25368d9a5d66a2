// The signature of a switchboard: HMAC-SHA256 over `<t>.<body>`, told as `t=<seconds>,v1=<hex>`; older than five minutes it counts no more (a replay).
import { createHmac, timingSafeEqual } from 'node:crypto';

const agesMs = 300_000;

export function isSigned(header: string, body: string, key: string, now: number): boolean {
  const [, seconds, signature] = /^t=(\d{10}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (seconds === undefined || signature === undefined || key === '' || Math.abs(now - Number(seconds) * 1000) > agesMs) return false;
  return timingSafeEqual(Buffer.from(signature, 'hex'), createHmac('sha256', key).update(`${seconds}.${body}`).digest());
}
