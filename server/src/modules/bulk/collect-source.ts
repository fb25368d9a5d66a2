import { bulkHouse } from './bulk-house.ts';
import { sourceUnreadable } from './refusals.ts';
import { sourceAddress } from './source-address.ts';
import { Refusal } from '../../platform/refusal.ts';
import { writeSource } from './write-source.ts';

/** Fetches a source of an import into a file. Follows no redirect: it could lead to a host that is not allowed. */
export async function collectSource(url: string, path: string): Promise<void> {
  const { importHosts, importSourceMaxMb } = bulkHouse().settings;
  const address = sourceAddress(url, importHosts);
  const response = await ask(address, url);
  if (response.status >= 300 && response.status < 400) throw sourceUnreadable(url, 'the host redirects elsewhere, which is not followed.');
  if (response.status !== 200 || response.body === null) throw sourceUnreadable(url, `the host answers ${response.status}.`);
  try {
    await writeSource(path, response.body, importSourceMaxMb * 2 ** 20);
  } catch (error) {
    throw error instanceof TypeError || isTimeout(error) ? silent(url, error) : error; // TypeError: what fetch throws when the connection breaks
  }
}

/** A host that sends a byte a minute would hold its job for ever. */
const longestMs = 3_600_000;

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}

async function ask(address: URL, url: string): Promise<Response> {
  try {
    return await fetch(address, { redirect: 'manual', headers: { accept: 'application/fhir+ndjson' }, signal: AbortSignal.timeout(longestMs) });
  } catch (error) {
    throw silent(url, error);
  }
}

/** Worth another try, unlike a plain no. */
function silent(url: string, cause: unknown): Refusal {
  const refusal = new Refusal('unavailable', 'bulk.source-silent', { vi: 'Máy chủ nguồn không trả lời.', en: 'The source host does not answer.' }, [
    { severity: 'error', code: 'transient', diagnostics: `${url.slice(0, 300)}: the connection failed.` },
  ]);
  return Object.assign(refusal, { cause });
}
