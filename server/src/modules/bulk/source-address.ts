// Which addresses an import may read from: only hosts that the hospital has named, so that nobody makes the server call inside its own network.
import { badExport, hostNotAllowed } from './refusals.ts';

/** Reads the address of a source. Refuses what is no plain http(s) address (400) and hosts that are not named in `allowed` (403). */
export function sourceAddress(text: string, allowed: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') throw badExport('input.url', 'an http or https address without a password is expected.');
  const hosts = allowed.split(',').map((host) => host.trim().toLowerCase());
  if (!hosts.includes(url.host) && !hosts.includes(url.hostname)) throw hostNotAllowed(url.host);
  return url;
}
