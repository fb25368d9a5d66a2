// To which hosts notifications may go. A subscription is written by a client: without this, it could make the server call into the hospital's own network.
import { BlockList, isIP } from 'node:net';

const privateAddresses = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24],
  ['192.0.2.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) privateAddresses.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 128], ['::1', 128], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001:db8::', 32], ['2002::', 16], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8],
  ['::', 96], ['2001::', 23], ['3fff::', 20], ['5f00::', 16], ['fec0::', 10],
] as const) privateAddresses.addSubnet(network, bits, 'ipv6');

/** Tells whether an IP address is one of no public host (IANA special-purpose registries). */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  // IPv4 written as IPv6 is looked up by BlockList as the IPv4 it is
  return family === 0 || privateAddresses.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

export interface HookRule {
  /** The endpoint may be called at all. */
  readonly allowed: boolean;
  /** It is named itself, so it may stand at a private address. */
  readonly named: boolean;
}

/**
 * Judges an endpoint by the setting: names or addresses with or without a port, `*.example.vn` for all below a domain, `*` for every public host;
 * separated by commas.
 */
export function judgeHost(endpoint: URL, setting: string): HookRule {
  const host = bare(endpoint.hostname);
  const port = endpoint.port === '' ? (endpoint.protocol === 'https:' ? '443' : '80') : endpoint.port;
  const rules = setting.split(',').map((rule) => rule.trim().toLowerCase()).filter((rule) => rule !== '');
  const named = rules.some((rule) => rule !== '*' && names(rule, host, port));
  if (named) return { allowed: true, named };
  return { allowed: rules.includes('*') && !(isIP(host) !== 0 && isPrivateAddress(host)), named };
}

function names(rule: string, host: string, port: string): boolean {
  const [, name = '', only] = /^(\[[^\]]+\]|[^:]+|.*)(?::(\d+))?$/.exec(rule) ?? [];
  if (only !== undefined && only !== port) return false;
  const wanted = bare(name);
  return wanted.startsWith('*.') ? host.endsWith(wanted.slice(1)) : host === wanted;
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '').toLowerCase();
}
