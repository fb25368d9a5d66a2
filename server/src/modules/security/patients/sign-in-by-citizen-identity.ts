// Sign-in through a citizen-identity provider: OpenID Connect Core 1.0, authorization code with PKCE (RFC 9700), by openid-client. Never required.
import { readFileSync } from 'node:fs';
import * as openid from 'openid-client';
import { Refusal } from '../../../platform/refusal.ts';
import type { Settings } from '../../../platform/config.ts';
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { completeSignIn, type From, type SignedIn } from '../signin/complete-sign-in.ts';
import { stepEnded } from '../signin/refusals.ts';
import type { SignInRules } from '../signin/session-limits.ts';
import { addStep, takeStep } from '../signin/store.ts';
import { newToken, tokenHash } from '../token.ts';
import { openPatientAccount } from './open-patient-account.ts';
import { unknownPerson } from './sign-in-by-phone.ts';

type Provider = Pick<Settings, 'citizenIssuer' | 'citizenClient' | 'citizenSecretFile' | 'citizenScopes' | 'citizenNumberClaim'>;

const lifeMs = 10 * 60_000;
const discovered = new Map<string, Promise<openid.Configuration>>();

/** Begins: the address to which the browser goes, and the ticket it brings back in a cookie. Refuses where no provider is set up (`security.no-citizen-provider`). */
export async function beginCitizenSignIn(work: Work, provider: Provider, redirectUri: string): Promise<{ location: string; ticket: string }> {
  const config = await discover(provider);
  const [ticket, verifier, nonce] = [newToken(), openid.randomPKCECodeVerifier(), openid.randomNonce()];
  await addStep(work.db, { ticketHash: tokenHash(ticket), purpose: 'citizen', data: { verifier, nonce }, lifeMs }, work.now);
  const location = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri, scope: provider.citizenScopes, state: stateOf(ticket), nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  });
  return { location: location.href, ticket };
}

/** Completes it with what the browser brought back. Refuses another's answer, a broken one, and a person without a record here (`security.person-unknown`). */
export async function completeCitizenSignIn(work: Work, provider: Provider, { ticket, address }: { ticket: string; address: URL }, from: From, rules: SignInRules): Promise<SignedIn> {
  tellAudit(work, { kind: 'sign-in', detail: { method: 'citizen' } });
  const config = await discover(provider);
  const step = await takeStep(work.db, tokenHash(ticket), 'citizen', work.now);
  if (step === undefined) throw stepEnded();
  const checks = { pkceCodeVerifier: String(step.data['verifier']), expectedNonce: String(step.data['nonce']), expectedState: stateOf(ticket), idTokenExpected: true };
  const tokens = await openid.authorizationCodeGrant(config, address, checks).catch((cause: unknown) => {
    throw Object.assign(failed(), { cause });
  });
  const claims = tokens.claims() ?? {};
  const [number, birthDate] = [claims[provider.citizenNumberClaim as keyof typeof claims], claims['birthdate' as keyof typeof claims]];
  const proven = { citizenNumber: String(number ?? ''), ...(typeof birthDate === 'string' && /^\d{4}-\d\d-\d\d$/.test(birthDate) ? { birthDate } : {}) };
  const person = await openPatientAccount(work, proven);
  if (person === undefined) throw unknownPerson();
  return completeSignIn(work, { person, method: 'citizen' }, from, rules);
}

/** The browser keeps the ticket itself in a cookie; what passes through the provider is made of it and opens nothing. */
function stateOf(ticket: string): string {
  return tokenHash(`state ${ticket}`).toString('base64url');
}

function discover(provider: Provider): Promise<openid.Configuration> {
  const { citizenIssuer: issuer, citizenClient: client, citizenSecretFile: file } = provider;
  if (issuer === '' || client === '') throw new Refusal('not-found', 'security.no-citizen-provider', { vi: 'Bệnh viện chưa nối với nhà cung cấp định danh.', en: 'No citizen-identity provider is set up here.' });
  const key = `${issuer}\n${client}`;
  const known = discovered.get(key);
  if (known !== undefined) return known;
  const secret = file === '' ? undefined : readFileSync(file, 'utf8').trim();
  // Without TLS only on this machine itself, where the tests' provider lives.
  const insecure = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::|\/|$)/.test(issuer) ? { execute: [openid.allowInsecureRequests] } : {};
  const asking = openid.discovery(new URL(issuer), client, secret, secret === undefined ? openid.None() : undefined, { timeout: 10, ...insecure });
  discovered.set(key, asking);
  return asking.catch(() => {
    discovered.delete(key);
    throw failed();
  });
}

function failed(): Refusal {
  return new Refusal('unavailable', 'security.citizen-provider-failed', { vi: 'Chưa đăng nhập được qua nhà cung cấp định danh. Xin thử lại.', en: 'The citizen-identity provider could not sign you in. Please try again.' });
}
