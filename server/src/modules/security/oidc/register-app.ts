// Registers an app, a device or a partner.
import { createHash, randomBytes } from 'node:crypto';
import { randomId } from '../../../platform/ids.ts';
import type { Work } from '../../../platform/work.ts';
import { appFindings, type App } from './app.ts';
import { badApp } from './refusals.ts';
import { putApp } from './store.ts';

export type AppInput = Pick<App, 'name' | 'kind' | 'role' | 'purpose' | 'organisation' | 'redirectUris' | 'launchUri' | 'clientUri' | 'authentication' | 'jwks' | 'jwksUri' | 'certificate' | 'scopes'> & { readonly introspects?: boolean };

/** Stores a new registration; gives its secret, where it has one, this once. Refuses (`security.app-registration`) one that may not stand. */
export async function registerApp(work: Work, input: AppInput): Promise<{ app: App; secret?: string }> {
  const findings = appFindings(input);
  if (findings.length > 0) throw badApp(findings);
  const secret = input.authentication === 'secret' ? newSecret() : undefined;
  const app: App = {
    ...input, id: randomId<'App'>(), introspects: input.introspects ?? false, disabled: false, registeredBy: work.actor.id, createdAt: work.now,
    ...(secret === undefined ? {} : { secretHash: secretHash(secret) }),
  };
  await putApp(work.db, app, work.now, false);
  return { app, ...(secret === undefined ? {} : { secret }) };
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A plain SHA-256 is enough for 256 random bits. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
