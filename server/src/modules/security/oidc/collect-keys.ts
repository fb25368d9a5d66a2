// Fetches the public keys of an app from its own address. The provider never calls a private address (its dispatcher sees to it) …
type Fetch = typeof globalThis.fetch;

/** … save those of hosts that the hospital names (SEN_APP_KEY_HOSTS). Never follows to another place. */
export function collectKeys(hosts: string): Fetch {
  const named = new Set(hosts.split(',').map((host) => host.trim().toLowerCase()).filter((host) => host !== ''));
  return (url, options) => {
    const { host, hostname } = new URL(url instanceof Request ? url.url : url);
    const open = { ...options, redirect: 'error' as const };
    if (named.has(host) || named.has(hostname)) delete (open as { dispatcher?: unknown }).dispatcher;
    return fetch(url, open);
  };
}
