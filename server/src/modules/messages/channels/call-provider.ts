// One HTTP call of a provider that the hospital has named in its settings, and what its end proves.
import type { Outcome } from '../outcome.ts';

export type Called = { readonly status: number; readonly body: unknown } | { readonly failed: Outcome };

const timeoutMs = 15_000;
/** With these nothing has left this machine, or nobody was there to take it. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT']);

/** Calls, and reads the JSON of the answer. A connection that breaks after the request went out leaves it `unsure`. */
export async function callProvider(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Called> {
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    return { status: response.status, body: parsed(text.slice(0, 65_536)) };
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string };
    if (code !== undefined && neverSent.has(code)) return { failed: { kind: 'not-sent', why: code.toLowerCase() } };
    return { failed: { kind: 'unsure', why: (error as Error).name === 'TimeoutError' ? 'timeout' : 'cut-off' } };
  }
}

/** What a status means where the provider says nothing better: 429 and 503 were not taken, other 5xx may have been. */
export function outcomeOfStatus(status: number): Outcome | undefined {
  if (status < 300) return undefined;
  if (status === 429 || status === 503) return { kind: 'not-sent', why: `http-${status}`, waitMs: 30_000 };
  if (status === 401 || status === 403) return { kind: 'not-sent', why: `http-${status}`, waitMs: 60_000 };
  return status >= 500 ? { kind: 'unsure', why: `http-${status}` } : { kind: 'refused', why: `http-${status}` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
