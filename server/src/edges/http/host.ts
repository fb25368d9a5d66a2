// By which names this server may be called. A page of a stranger whose name has been made to lead to our address (DNS rebinding) would else be "our own site".
import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../platform/refusal.ts';
import type { Settings } from '../../platform/config.ts';

/** Names that no stranger can register: RFC 6761, RFC 6762, RFC 8375, ICANN `.internal`; and names without a dot, which only the hospital's own DNS knows. */
const ownNames = /^(?:[^.]+|.*\.(?:localhost|local|internal|home\.arpa|test))$/;

const mostRemembered = 64;

/** Refuses (421) requests to a name that is not ours. */
export function checkHost(app: FastifyInstance, settings: Pick<Settings, 'publicUrl' | 'hosts'>): void {
  const judge = hostJudge(settings);
  app.addHook('onRequest', (request, _reply, done) => done(namesOneHost(request.raw.rawHeaders) ? (judge(request.host) ? undefined : misdirected()) : twoHosts()));
}

/** Makes what tells whether a Host is one of ours: that of SEN_PUBLIC_URL, those of SEN_HOSTS, an address, or a name that no stranger can own. */
export function hostJudge({ publicUrl, hosts }: Pick<Settings, 'publicUrl' | 'hosts'>): (host: string) => boolean {
  const named = hosts.split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  if (publicUrl !== '') named.push(new URL(publicUrl).hostname);
  const judged = new Map<string, boolean>();
  return (host) => {
    const known = judged.get(host);
    if (known !== undefined) return known;
    if (judged.size >= mostRemembered) judged.clear();
    const verdict = isOurs(host, named);
    judged.set(host, verdict);
    return verdict;
  };
}

function isOurs(host: string, named: readonly string[]): boolean {
  const name = /^(\[[\da-f:.]+\]|[\w.-]{1,253})(?::\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase().replace(/\.$/, '');
  if (name === undefined || name === '') return false;
  if (isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0 || ownNames.test(name)) return true;
  return named.some((rule) => (rule.startsWith('*.') ? name.endsWith(rule.slice(1)) : name === rule));
}

// RFC 9112 §3.2: more than one Host is refused; Node would take the first, a proxy in front of us perhaps the last.
function namesOneHost(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]!.length === 4 && rawHeaders[at]!.toLowerCase() === 'host') hosts++;
  return hosts <= 1;
}

function twoHosts(): Refusal {
  return new Refusal('incorrect', 'http.two-hosts', { vi: 'Yêu cầu có hai tên máy chủ (Host).', en: 'The request has more than one Host.' });
}

function misdirected(): Refusal {
  return new Refusal('incorrect', 'http.host', {
    vi: 'Máy chủ này không phục vụ tên miền đó. Quản trị: đặt SEN_PUBLIC_URL hoặc SEN_HOSTS.',
    en: 'This server does not answer to that host name. Administrator: set SEN_PUBLIC_URL or SEN_HOSTS.',
  });
}
