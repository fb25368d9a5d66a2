// Secrets of apps are kept as hashes: the provider compares the hash of what it is given.
import { timingSafeEqual } from 'node:crypto';
import type Provider from 'oidc-provider';

interface SecretHolder {
  readonly clientSecret?: string;
  compareClientSecret(given: string): boolean;
}

/** Makes the provider compare client secrets by their hash, in the same time for all. */
export function matchSecrets(provider: Provider, hashOf: (secret: string) => Buffer): void {
  const holder = provider.Client.prototype as unknown as SecretHolder;
  holder.compareClientSecret = function compare(this: SecretHolder, given) {
    const kept = Buffer.from(this.clientSecret ?? '', 'base64url');
    return kept.length === 32 && timingSafeEqual(hashOf(given), kept);
  };
}
