// Links to files are good until they expire, for whoever began their job.
import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Link {
  readonly job: string;
  readonly file: string;
  /** ms since 1970 */
  readonly expires: number;
}

/** The query of a link: `expires=…&signature=…`. */
export function signedQuery(key: Buffer, link: Link): string {
  return `expires=${link.expires}&signature=${signatureOf(key, link)}`;
}

/** Tells whether a signature is that of the link, in the same time whatever is wrong with it. */
export function isSigned(key: Buffer, link: Link, signature: string): boolean {
  const right = Buffer.from(signatureOf(key, link));
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right);
}

function signatureOf(key: Buffer, { job, file, expires }: Link): string {
  return createHmac('sha256', key).update(`${job}/${file}/${expires}`).digest('base64url');
}
