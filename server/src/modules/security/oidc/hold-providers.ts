// The providers of this process: one for each public address by which it is called. Nearly always one.
import type Provider from 'oidc-provider';
import type { House } from '../../../platform/module.ts';
import type { Addresses } from './addresses.ts';
import { openProvider } from './open-provider.ts';

interface Held {
  readonly provider: Promise<Provider>;
  readonly until: number;
}

/** Names that a stranger may send as Host are few (edges/http/host.ts), but not one. */
const mostHeld = 8;
/** Then keys are read again: another process may have renewed them. */
const heldMs = 10 * 60_000;

const shelves = new WeakMap<object, Map<string, Held>>();

/** Gives the provider of a house under its addresses. */
export function providerOf(house: House, addresses: Addresses): Promise<Provider> {
  const shelf = shelves.get(house.database) ?? new Map<string, Held>();
  shelves.set(house.database, shelf);
  const held = shelf.get(addresses.issuer);
  if (held !== undefined && held.until > Date.now()) return held.provider;
  const provider = openProvider(house, addresses);
  provider.catch(() => shelf.delete(addresses.issuer));
  shelf.delete(addresses.issuer);
  shelf.set(addresses.issuer, { provider, until: Date.now() + heldMs });
  if (shelf.size > mostHeld) shelf.delete(shelf.keys().next().value!);
  return provider;
}
