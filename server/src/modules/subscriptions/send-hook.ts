import { lookup as dnsLookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress, judgeHost } from './hook-host.ts';

export interface Hook {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Undefined for an empty body. */
  readonly body: Buffer | undefined;
  readonly mime: string;
  readonly timeoutMs: number;
  /** The setting of allowed hosts. */
  readonly allowed: string;
  /** Ends the attempt when the server must close. */
  readonly cut?: AbortSignal;
}

/** `refused`: the endpoint answered, but not with 2xx. `unreachable`: it did not answer. `why` holds nothing but a status or an error code. */
export type HookOutcome = { readonly kind: 'delivered' } | { readonly kind: 'refused' | 'unreachable'; readonly why: string };

const agents = { 'http:': new http.Agent({ keepAlive: true, maxSockets: 16 }), 'https:': new https.Agent({ keepAlive: true, maxSockets: 16 }) };
const guardedAgents = { 'http:': new http.Agent({ keepAlive: true, maxSockets: 16 }), 'https:': new https.Agent({ keepAlive: true, maxSockets: 16 }) };

/** Bytes of an answer that are read, so that its connection can serve the next notification. */
const mostAnswered = 64 * 1024;

/** Sends one notification to an endpoint. Follows no redirect: it could lead past the list of allowed hosts. */
export async function sendHook(hook: Hook): Promise<HookOutcome> {
  const url = new URL(hook.url);
  const rule = judgeHost(url, hook.allowed);
  if (!rule.allowed) return { kind: 'unreachable', why: 'host not allowed' };
  try {
    const status = await request(hook, url, rule.named);
    return status >= 200 && status < 300 ? { kind: 'delivered' } : { kind: 'refused', why: `HTTP ${status}` };
  } catch (error) {
    return { kind: 'unreachable', why: reasonOf(error) };
  }
}

/** Ends the connections kept open to endpoints. */
export function closeHooks(): void {
  for (const agent of [...Object.values(agents), ...Object.values(guardedAgents)]) agent.destroy();
}

function request(hook: Hook, url: URL, named: boolean): Promise<number> {
  const secure = url.protocol === 'https:';
  const content: [string, string][] = hook.body === undefined ? [['Content-Length', '0']] : [['Content-Type', hook.mime], ['Content-Length', String(hook.body.length)]];
  const protocol = secure ? 'https:' : 'http:';
  return new Promise((resolve, reject) => {
    const outgoing = (secure ? https : http).request(url, {
      method: hook.method,
      agent: (named ? agents : guardedAgents)[protocol],
      signal: AbortSignal.any([AbortSignal.timeout(hook.timeoutMs), ...(hook.cut === undefined ? [] : [hook.cut])]),
      ...(named ? {} : { lookup: publicLookup }),
      headers: headersOf([...hook.headers, ...content]),
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      response.on('error', reject);
      response.on('end', () => resolve(response.statusCode ?? 0));
      let read = 0;
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read <= mostAnswered) return;
        resolve(response.statusCode ?? 0); // the status is all we want; the rest may never end
        response.destroy();
      });
    });
    // 101: no listener for it would leave us without an answer and without an error
    outgoing.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode ?? 0);
    });
    outgoing.end(hook.body);
  });
}

function headersOf(pairs: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of pairs) headers[name] = name in headers ? [headers[name] as string, value].flat() : value;
  return headers;
}

/** Resolves a name to public addresses only: judged on what is connected to, so that a name cannot change its address in between. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
    const refused = error ?? (addresses.some(({ address }) => isPrivateAddress(address)) ? Object.assign(new Error('private address'), { code: 'EPRIVATE' }) : undefined);
    if (refused !== undefined) return callback(refused, '', 0);
    if (options.all === true) return callback(null, addresses);
    return callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
  });
};

function reasonOf(error: unknown): string {
  const { name, code } = error as { name?: string; code?: unknown };
  if (name === 'TimeoutError' || name === 'AbortError') return 'timeout';
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'no connection';
}
