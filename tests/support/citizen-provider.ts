// A citizen-identity provider as OpenID Connect Core 1.0 has it, small and fake: one person at a time, no password; PKCE and nonce are held to.
import { createHash, generateKeyPairSync, randomBytes, sign, type JsonWebKey } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CitizenProvider {
  readonly issuer: string;
  readonly client: string;
  /** Claims of the person who says yes from now on. */
  person: Record<string, unknown>;
  /** Changes what the next id token says, to show that a wrong one is refused. */
  tamper: (claims: Record<string, unknown>) => Record<string, unknown>;
  close(): Promise<void>;
}

interface Asked {
  readonly challenge: string;
  readonly nonce: string;
  readonly redirectUri: string;
}

export async function citizenProvider(): Promise<CitizenProvider> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk: JsonWebKey = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
  const codes = new Map<string, Asked>();
  const client = 'benh-vien';
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: CitizenProvider = { issuer, client, person: {}, tamper: (claims) => claims, close: () => new Promise((resolve) => server.close(() => resolve())) };
  const json = (response: ServerResponse, status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname === '/.well-known/openid-configuration') {
      return void json(response, 200, {
        issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, response_types_supported: ['code'],
        subject_types_supported: ['pairwise'], id_token_signing_alg_values_supported: ['RS256'], code_challenge_methods_supported: ['S256'], token_endpoint_auth_methods_supported: ['none'],
      });
    }
    if (url.pathname === '/jwks') return void json(response, 200, { keys: [jwk] });
    if (url.pathname === '/authorize') return void authorize(url.searchParams, response);
    if (url.pathname === '/token') return void token(new URLSearchParams(await bodyOf(request)), response);
    response.writeHead(404).end();
  }

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const code = randomBytes(16).toString('hex');
    codes.set(code, { challenge: query.get('code_challenge') ?? '', nonce: query.get('nonce') ?? '', redirectUri: query.get('redirect_uri') ?? '' });
    const back = new URL(query.get('redirect_uri') ?? '');
    back.search = String(new URLSearchParams({ code, state: query.get('state') ?? '' }));
    response.writeHead(302, { location: back.href }).end();
  }

  function token(form: URLSearchParams, response: ServerResponse): void {
    const asked = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const proven = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (asked === undefined || proven !== asked.challenge || form.get('redirect_uri') !== asked.redirectUri) return void json(response, 400, { error: 'invalid_grant' });
    const now = Math.floor(Date.now() / 1000);
    const claims = provider.tamper({ iss: issuer, aud: client, sub: 'p-1', iat: now, exp: now + 300, nonce: asked.nonce, ...provider.person });
    json(response, 200, { access_token: randomBytes(16).toString('hex'), token_type: 'Bearer', expires_in: 300, id_token: jwt(claims) });
  }

  function jwt(claims: Record<string, unknown>): string {
    const text = [{ alg: 'RS256', kid: 'one', typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  }

  return provider;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
