// Passkeys: Web Authentication Level 3, through @simplewebauthn/server. A passkey here is discoverable and always verifies its user (PIN, finger, face).
import {
  generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse,
  type AuthenticationResponseJSON, type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON, type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Work } from '../../../platform/work.ts';
import type { Account, AccountId } from '../account.ts';
import { newToken, tokenHash } from '../token.ts';
import { addPasskey, findPasskey, listPasskeys, usePasskey, type Passkey } from './factor-store.ts';
import { stepEnded, wrongPasskey } from './refusals.ts';
import { addStep, takeStep } from './store.ts';

/** The site that passkeys belong to. */
export interface Site {
  /** Host name without port. */
  readonly id: string;
  readonly origins: readonly string[];
}

const lifeMs = 5 * 60_000;

/** Begins to make a passkey: what the browser is given, and the ticket that comes back with its answer. */
export async function beginPasskey(work: Work, account: Account, site: Site): Promise<{ ticket: string; options: PublicKeyCredentialCreationOptionsJSON }> {
  const known = await listPasskeys(work.db, account.id);
  const options = await generateRegistrationOptions({
    rpName: 'Sen', rpID: site.id, userID: new TextEncoder().encode(account.id), userName: account.username, userDisplayName: account.name, attestationType: 'none',
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { ticket: await keepChallenge(work, 'passkey-new', options.challenge, account.id), options };
}

/** Keeps a passkey that the browser has made. Refuses (`security.wrong-passkey`) an answer to another question, from another site, or without its user. */
export async function keepPasskey(work: Work, account: AccountId, input: { ticket: string; response: RegistrationResponseJSON; name: string }, site: Site): Promise<void> {
  const step = await takeStep(work.db, tokenHash(input.ticket), 'passkey-new', work.now);
  if (step === undefined || step.account !== account) throw stepEnded();
  const verified = await orRefuse(verifyRegistrationResponse({
    response: input.response, expectedChallenge: String(step.data['challenge']), expectedOrigin: [...site.origins], expectedRPID: site.id, requireUserVerification: true,
  }));
  if (!verified.verified) throw wrongPasskey();
  const { credential, credentialBackedUp } = verified.registrationInfo;
  const passkey: Passkey = {
    id: credential.id, account, publicKey: Buffer.from(credential.publicKey), counter: credential.counter, transports: credential.transports ?? [], backedUp: credentialBackedUp, name: input.name,
  };
  if (!(await addPasskey(work.db, passkey, work.now))) throw wrongPasskey();
}

/** Begins to ask for a passkey: of one account, or of whoever holds one for this site. */
export async function askPasskey(work: Work, site: Site, account?: AccountId): Promise<{ ticket: string; options: PublicKeyCredentialRequestOptionsJSON }> {
  const known = account === undefined ? [] : await listPasskeys(work.db, account);
  const options = await generateAuthenticationOptions({ rpID: site.id, userVerification: 'required', allowCredentials: known.map(({ id, transports }) => ({ id, transports })) });
  return { ticket: await keepChallenge(work, 'passkey', options.challenge, account), options };
}

export interface PasskeyProof {
  readonly ticket: string;
  readonly response: AuthenticationResponseJSON;
}

/** Gives the account whose passkey has answered. Refuses an answer to another question, from another site, of a copied key, or without its user. */
export async function checkPasskey(work: Work, { ticket, response }: PasskeyProof, site: Site): Promise<AccountId> {
  const step = await takeStep(work.db, tokenHash(ticket), 'passkey', work.now);
  if (step === undefined) throw stepEnded();
  const passkey = await findPasskey(work.db, response.id);
  if (passkey === undefined || (step.account !== undefined && step.account !== passkey.account)) throw wrongPasskey();
  const { id, publicKey, counter, transports } = passkey;
  const { verified, authenticationInfo } = await orRefuse(verifyAuthenticationResponse({
    response, expectedChallenge: String(step.data['challenge']), expectedOrigin: [...site.origins], expectedRPID: site.id, requireUserVerification: true,
    credential: { id, publicKey: new Uint8Array(publicKey), counter, transports: [...transports] },
  }));
  if (!verified) throw wrongPasskey();
  await usePasskey(work.db, id, authenticationInfo.newCounter, work.now);
  return passkey.account;
}

async function keepChallenge(work: Work, purpose: string, challenge: string, account?: AccountId): Promise<string> {
  const ticket = newToken();
  await addStep(work.db, { ticketHash: tokenHash(ticket), purpose, account, data: { challenge }, lifeMs }, work.now);
  return ticket;
}

/** The library throws at anything that is not as it should be; to the caller all of it is one refusal. */
async function orRefuse<T>(verifying: Promise<T>): Promise<T> {
  return verifying.catch(() => {
    throw wrongPasskey();
  });
}
