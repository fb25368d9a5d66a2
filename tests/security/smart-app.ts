// An app as a test plays it: it registers, asks for authorization in the browser of a person, and exchanges what it gets.
import { createHash, randomBytes } from 'node:crypto';
import type { TestCaller, TestServer } from '../support/server.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- answers of the server, looked into by tests alone
export type Json = Record<string, any>;

export const redirectUri = 'https://app.example.vn/back';

/** The browser of a person: keeps cookies, follows nothing by itself. */
export class TestBrowser {
  readonly #cookies = new Map<string, { value: string; path: string }>();
  readonly base: string;
  constructor(base: string, session?: string) {
    this.base = base;
    if (session !== undefined) this.#cookies.set('sen_session /', { value: session, path: '/' });
  }

  async go(path: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(path, this.base);
    const headers = new Headers(init.headers);
    const cookies = [...this.#cookies].filter(([, { path: below }]) => url.pathname === below || url.pathname.startsWith(below.endsWith('/') ? below : `${below}/`)).map(([key, { value }]) => `${key.split(' ')[0]}=${value}`);
    if (cookies.length > 0) headers.set('cookie', cookies.join('; '));
    headers.set('sec-fetch-site', 'same-origin');
    const answer = await fetch(url, { redirect: 'manual', ...init, headers });
    for (const cookie of answer.headers.getSetCookie()) this.#keep(cookie);
    return answer;
  }

  #keep(cookie: string): void {
    const [, name, value, rest] = /^([^=]+)=([^;]*)(.*)$/.exec(cookie) ?? [];
    const path = /;\s*path=([^;]+)/i.exec(rest ?? '')?.[1] ?? '/';
    if (/expires=Thu, 01 Jan 1970|max-age=0/i.test(rest ?? '')) this.#cookies.delete(`${name} ${path}`);
    else this.#cookies.set(`${name} ${path}`, { value: value ?? '', path });
  }

  names(): string[] {
    return [...this.#cookies.keys()].map((key) => key.split(' ')[0]!);
  }
}

export interface Registered {
  readonly id: string;
  readonly secret?: string;
}

/** Registers an app as the administrator does. */
export async function register(administrator: TestCaller, over: Json = {}): Promise<Registered> {
  const form = { name: 'Biểu đồ tăng trưởng', kind: 'person', redirectUris: [redirectUri], authentication: 'none', scopes: ['openid', 'fhirUser', 'profile', 'launch', 'launch/patient', 'offline_access', 'online_access', 'patient/*.rs', 'user/*.rs'], ...over };
  const answer = await administrator.call('/api/apps', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(form) });
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  const { app, secret } = (await answer.json()) as Json;
  return { id: app.id, ...(secret === undefined ? {} : { secret }) };
}

export interface Asked {
  readonly verifier: string;
  readonly state: string;
  readonly url: string;
}

/** The address to which the app sends the person. A parameter set to undefined is left out. */
export function authorization(server: TestServer, app: string, over: Json = {}): Asked {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(8).toString('hex');
  const params = {
    response_type: 'code', client_id: app, redirect_uri: redirectUri, scope: 'openid fhirUser launch/patient patient/*.rs', state, aud: `${server.base}/fhir/R4`,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256', ...over,
  };
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== undefined) as [string, string][]);
  return { verifier, state, url: `/oidc/authorize?${query}` };
}

/** The person answers the question of the app; gives the address the app gets back. */
export async function answer(browser: TestBrowser, asked: Asked, decision: Json): Promise<URL> {
  const question = await browser.go(asked.url);
  const page = question.headers.get('location') ?? '';
  const id = /\/authorize\/([\w-]+)$/.exec(page)?.[1];
  if (id === undefined) return new URL(page, browser.base);
  const decided = await browser.go(`/api/app-requests/${id}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(decision) });
  if (decided.status !== 200) throw new Error(`${decided.status} ${await decided.text()}`);
  const { url } = (await decided.json()) as Json;
  const back = await browser.go(url);
  return new URL(back.headers.get('location') ?? 'about:blank', browser.base);
}

/** Posts a form to the OpenID endpoint as an app's own code does. */
export async function post(server: TestServer, path: string, form: Json, app?: Registered): Promise<{ status: number; body: Json }> {
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
  if (app?.secret !== undefined) headers['authorization'] = `Basic ${Buffer.from(`${app.id}:${app.secret}`).toString('base64')}`;
  const answered = await fetch(`${server.base}/oidc/${path}`, { method: 'POST', headers, body: new URLSearchParams({ ...form, ...(app !== undefined && app.secret === undefined ? { client_id: app.id } : {}) }) });
  const text = await answered.text();
  return { status: answered.status, body: text === '' ? {} : (JSON.parse(text) as Json) };
}

export async function exchange(server: TestServer, app: Registered, asked: Asked, back: URL, over: Json = {}) {
  return post(server, 'token', { grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '', redirect_uri: redirectUri, code_verifier: asked.verifier, ...over }, app);
}

/** Calls the FHIR API with a token of an app. */
export async function fhir(server: TestServer, token: string, path: string): Promise<{ status: number; body: Json }> {
  const answered = await fetch(`${server.base}/fhir/R4/${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: answered.status, body: (await answered.json()) as Json };
}
