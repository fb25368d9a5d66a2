// Lists of withdrawn certificates where their authorities publish them (RFC 5280 §4.2.1.13), kept until they end.
import * as pkijs from 'pkijs';
import * as asn1 from 'asn1js';
import { exact } from './cms.ts';

const TIMEOUT_MS = 5_000;
const MOST_BYTES = 20 * 1024 * 1024;
const AGAIN_AFTER_MS = 3_600_000;
const kept = new Map<string, { readonly list: pkijs.CertificateRevocationList | undefined; readonly until: number }>();

/** Gives the lists named by a chain of certificates, those that could be had. */
export async function fetchLists(chain: readonly pkijs.Certificate[]): Promise<pkijs.CertificateRevocationList[]> {
  const lists = await Promise.all(chain.flatMap(addressesOf).slice(0, 8).map(fetchList));
  return lists.filter((list) => list !== undefined);
}

async function fetchList(url: string): Promise<pkijs.CertificateRevocationList | undefined> {
  const now = Date.now();
  const known = kept.get(url);
  if (known !== undefined && now < known.until) return known.list;
  const list = await ask(url).catch(() => undefined);
  if (kept.size > 200) kept.clear();
  kept.set(url, { list, until: Math.min(now + AGAIN_AFTER_MS, list?.nextUpdate?.value.getTime() ?? Infinity) });
  return list;
}

async function ask(url: string): Promise<pkijs.CertificateRevocationList | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
  if (!response.ok || response.body === null) return undefined;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new pkijs.CertificateRevocationList({ schema: asn1.fromBER(exact(Buffer.concat(chunks))).result });
}

function addressesOf(certificate: pkijs.Certificate): string[] {
  const points = certificate.extensions?.find(({ extnID }) => extnID === '2.5.29.31')?.parsedValue as pkijs.CRLDistributionPoints | undefined;
  const names = (points?.distributionPoints ?? []).flatMap(({ distributionPoint }) => (Array.isArray(distributionPoint) ? distributionPoint : []));
  return names.flatMap(({ type, value }) => (type === 6 && typeof value === 'string' && /^https?:\/\//.test(value) ? [value] : []));
}
