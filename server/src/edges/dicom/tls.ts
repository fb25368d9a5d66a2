// TLS for DICOM (DICOM PS3.15 2024e, annex B; BCP 195): 1.2 at least, certificates by authority or by fingerprint.
import type { CommonConnectionOptions, SecureContextOptions, TLSSocket } from 'node:tls';
import type { PeerCertificate } from '@sen/dicom/net';
import type { DicomTls } from './settings.ts';

// TLS 1.3, and of TLS 1.2 only forward secrecy with authenticated encryption (RFC 9325, 4.2); DHE for machines without elliptic curves.
const ciphers = [
  'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256', 'DHE-RSA-AES256-GCM-SHA384', 'DHE-RSA-AES128-GCM-SHA256',
].join(':');

/** Options for either side; without authorities of ours none is believed, not even those of the Web. Whether the certificate is believed is judged by `isBelieved`, after the handshake, so that pins count too. */
export function tlsOptions({ key, certificate, authorities, mutual }: DicomTls): SecureContextOptions & CommonConnectionOptions {
  return { key, cert: certificate, ca: authorities ?? [], requestCert: mutual, rejectUnauthorized: false, minVersion: 'TLSv1.2', ciphers, dhparam: 'auto' };
}

/** Chain and dates are right by an authority of ours, or the certificate itself is one of the pins. */
export function isBelieved(socket: TLSSocket, { authorities, pins }: DicomTls): boolean {
  const shown = peerCertificate(socket);
  return (authorities !== undefined && socket.authorized) || (shown !== undefined && pins.includes(shown.fingerprint));
}

export function peerCertificate(socket: TLSSocket): PeerCertificate | undefined {
  const { subject, fingerprint256 } = socket.getPeerCertificate();
  if (typeof fingerprint256 !== 'string') return undefined;
  const name = Array.isArray(subject?.CN) ? subject.CN[0] : subject?.CN;
  return { subject: name ?? '', fingerprint: fingerprint256.replaceAll(':', '').toLowerCase() };
}
