// TLS of our own: certificate and key from files, taken anew when they change; certificates of clients, for partners (RFC 8705).
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import { createSecureContext, type SecureContextOptions, type TLSSocket } from 'node:tls';
import type { FastifyInstance, FastifyServerFactory } from 'fastify';
import type { Log } from '../../platform/log.ts';
import type { Settings } from '../../platform/config.ts';
import { Refusal } from '../../platform/refusal.ts';

export interface ClientCertificate {
  /** RFC 8705 §3.1 `x5t#S256`: base64url of the SHA-256 of the certificate. */
  readonly thumbprint: string;
  /** Distinguished name of the subject, such as `O=Bệnh viện B, CN=gateway`. */
  readonly subject: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The certificate by which the other side has shown itself, issued by an authority of SEN_TLS_CLIENT_CA; undefined when it has shown none. */
    readonly clientCertificate: ClientCertificate | undefined;
  }
}

export type TlsSettings = Pick<Settings, 'tlsCertificate' | 'tlsKey' | 'tlsClientCa'>;

export interface ServerTimes {
  readonly keepAliveTimeout: number;
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly connectionsCheckingInterval: number;
  readonly maxHeaderSize: number;
}

export interface Tls {
  readonly serverFactory: FastifyServerFactory;
  /** Looks whether the files have changed and serves the new ones from the next connection on; keeps the old while the new ones cannot be used. */
  refresh(): void;
}

// TLS 1.3, and of TLS 1.2 only forward secrecy with authenticated encryption (ASVS 5.0 12.1.2; RFC 9325 §4.2).
const ciphers = [
  'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256',
].join(':');

/** Reads certificate and key; undefined when the settings name none. Refuses (`http.tls-files`) files that cannot be used. */
export function openTls(settings: TlsSettings, times: ServerTimes, log: Log): Tls | undefined {
  if (settings.tlsCertificate === '' && settings.tlsKey === '') return undefined;
  const servers: Server[] = [];
  let seen = stateOf(settings);
  let context = readContext(settings);
  return {
    serverFactory: (handler) => {
      const clients = settings.tlsClientCa === '' ? {} : { requestCert: true, rejectUnauthorized: false };
      const server = createServer({ ...context, ...clients, ...times }, handler as RequestListener);
      servers.push(server);
      return server;
    },
    refresh: () => {
      const state = stateOf(settings);
      if (state === seen) return;
      try {
        context = readContext(settings);
      } catch (error) {
        if (error instanceof Refusal) return log.warn(error.text.en); // certificate and key are replaced one after the other
        throw error;
      }
      seen = state;
      for (const server of servers) server.setSecureContext(context);
      log.info('the TLS certificate was taken anew');
    },
  };
}

const REFRESH_EVERY_MS = 10_000;

/** Follows the files as long as the server lives. */
export function followTls(app: FastifyInstance, tls: Tls | undefined): void {
  if (tls === undefined) return;
  const timer = setInterval(tls.refresh, REFRESH_EVERY_MS).unref();
  app.addHook('onClose', async () => clearInterval(timer));
}

/** Tells each request the certificate of its client. */
export function addClientCertificates(app: FastifyInstance): void {
  const known = new WeakMap<TLSSocket, ClientCertificate | undefined>();
  app.decorateRequest('clientCertificate', {
    getter() {
      const socket = this.socket as Partial<TLSSocket>;
      if (socket.encrypted !== true || socket.authorized !== true) return undefined;
      if (!known.has(socket as TLSSocket)) known.set(socket as TLSSocket, certificateOf(socket as TLSSocket));
      return known.get(socket as TLSSocket);
    },
  });
}

function certificateOf(socket: TLSSocket): ClientCertificate | undefined {
  const { raw, subject } = socket.getPeerCertificate();
  if (raw === undefined) return undefined;
  const names = Object.entries(subject).map(([name, value]) => `${name}=${[value].flat().join('+')}`);
  return { thumbprint: createHash('sha256').update(raw).digest('base64url'), subject: names.join(', ') };
}

function readContext(settings: TlsSettings): SecureContextOptions {
  try {
    const ca = settings.tlsClientCa === '' ? {} : { ca: readFileSync(settings.tlsClientCa) };
    const context: SecureContextOptions = { cert: readFileSync(settings.tlsCertificate), key: readFileSync(settings.tlsKey), minVersion: 'TLSv1.2', ciphers, honorCipherOrder: true, ...ca };
    createSecureContext(context);
    return context;
  } catch (error) {
    throw unusable((error as NodeJS.ErrnoException).code ?? 'unknown');
  }
}

function stateOf(settings: TlsSettings): string {
  return [settings.tlsCertificate, settings.tlsKey, settings.tlsClientCa].map((file) => {
    if (file === '') return '';
    const found = statSync(file, { throwIfNoEntry: false });
    return `${found?.mtimeMs} ${found?.ino} ${found?.size}`;
  }).join('|');
}

function unusable(reason: string): Refusal {
  return new Refusal('incorrect', 'http.tls-files', {
    vi: `Không dùng được chứng thư hoặc khóa TLS (${reason}): kiểm tra SEN_TLS_CERT, SEN_TLS_KEY, SEN_TLS_CLIENT_CA; khóa phải khớp chứng thư, dạng PEM, không mật khẩu.`,
    en: `The TLS certificate or key cannot be used (${reason}): check SEN_TLS_CERT, SEN_TLS_KEY, SEN_TLS_CLIENT_CA; the key must fit the certificate, both PEM, without passphrase.`,
  });
}
