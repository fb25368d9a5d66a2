// Passkeys in the browser: the library is fetched when it is first needed.
import type * as contracts from '@sen/contracts';
import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import type { BodyOf } from '@sen/contracts';
import { call } from '../../lib/api.ts';

type PasskeyProof = BodyOf<typeof contracts.signInWithPasskey>;

export const hasPasskeys = typeof PublicKeyCredential !== 'undefined';

/** Asks the person for a passkey of this site; the answer proves who it is. */
export async function askPasskey(): Promise<PasskeyProof> {
  const { ticket, options } = await call<typeof contracts.askPasskey>('POST', '/api/session/passkey/options', {});
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const response = await startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON });
  return { ticket, response: response as unknown as PasskeyProof['response'] };
}

/** Makes a passkey on this device and keeps it; gives recovery codes when it is the first second factor. */
export async function makePasskey(begin: () => Promise<{ ticket: string; options: Record<string, unknown> }>, name: string): Promise<string[]> {
  const { ticket, options } = await begin();
  const { startRegistration } = await import('@simplewebauthn/browser');
  const response = await startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON });
  type Made = BodyOf<typeof contracts.addPasskey>;
  return (await call<typeof contracts.addPasskey>('POST', '/api/my/passkeys', { ticket, name, response: response as unknown as Made['response'] })).recoveryCodes;
}
