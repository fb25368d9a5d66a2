// A client that keeps writing whatever happens, and remembers exactly what it was promised.

export interface Promised {
  /** Per resource: the last value whose write was acknowledged, its version, and the last value that was sent at all. */
  readonly updates: Map<string, { acknowledged: number; version: number; sent: number }>;
  /** Per transaction bundle: the ids it writes, and whether it was acknowledged. */
  readonly bundles: Map<string, { ids: readonly string[]; acknowledged: boolean }>;
}

export interface Target {
  readonly base: string;
  readonly token: string;
}

const UPDATES_PER_RESOURCE = 20;
const ENTRIES_PER_BUNDLE = 6;
const VALUE_URL = 'urn:sen:kill-test:value';

/** Writes until told to stop: updates of one resource in a row, then a transaction bundle, and again. Errors are expected. */
export async function keepWriting(target: Target, name: string, promised: Promised, stopped: () => boolean): Promise<void> {
  for (let round = 0; !stopped(); round++) {
    const id = `${name}-u${round}`;
    for (let value = 1; value <= UPDATES_PER_RESOURCE && !stopped(); value++) await sendUpdate(target, id, value, promised);
    if (!stopped()) await sendBundle(target, `${name}-b${round}`, promised);
  }
}

export function emptyPromises(): Promised {
  return { updates: new Map(), bundles: new Map() };
}

/** The value that a resource of ours carries. */
export function valueOf(resource: { extension?: { valueInteger?: number }[] }): number {
  return resource.extension?.[0]?.valueInteger ?? Number.NaN;
}

/** One request with the token; undefined when no whole answer came. */
export async function ask(target: Target, path: string, init: RequestInit = {}): Promise<Response | undefined> {
  try {
    const headers = { authorization: `Bearer ${target.token}`, 'content-type': 'application/fhir+json', prefer: 'return=minimal' };
    return await fetch(`${target.base}/fhir/R4${path}`, { ...init, headers, signal: AbortSignal.timeout(20_000) });
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 30));
    return undefined;
  }
}

async function sendUpdate(target: Target, id: string, value: number, promised: Promised): Promise<void> {
  const known = promised.updates.get(id) ?? { acknowledged: 0, version: 0, sent: 0 };
  promised.updates.set(id, { ...known, sent: value });
  const answer = await ask(target, `/Basic/${id}`, { method: 'PUT', body: JSON.stringify(basic(id, value)) });
  if (answer?.ok !== true) return refuseUnexpected(answer);
  const version = Number(/^W\/"(\d+)"$/.exec(answer.headers.get('etag') ?? '')?.[1]);
  promised.updates.set(id, { acknowledged: value, version, sent: value });
}

async function sendBundle(target: Target, name: string, promised: Promised): Promise<void> {
  const ids = Array.from({ length: ENTRIES_PER_BUNDLE }, (_, index) => `${name}-${index}`);
  promised.bundles.set(name, { ids, acknowledged: false });
  const entry = ids.map((id, index) => ({ resource: basic(id, index), request: { method: 'PUT', url: `Basic/${id}` } }));
  const answer = await ask(target, '', { method: 'POST', body: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }) });
  if (answer?.ok !== true) return refuseUnexpected(answer);
  promised.bundles.set(name, { ids, acknowledged: true });
}

/** While things fall only "not now" is a fair answer; anything else is a fault of the server. */
async function refuseUnexpected(answer: Response | undefined): Promise<void> {
  if (answer !== undefined && answer.status !== 503) throw new Error(`answered ${answer.status}: ${await answer.text()}`);
  await answer?.arrayBuffer().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 30));
}

function basic(id: string, value: number): object {
  return { resourceType: 'Basic', id, extension: [{ url: VALUE_URL, valueInteger: value }], code: { text: 'kill test' } };
}
