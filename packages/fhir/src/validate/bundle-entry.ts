// Addresses of the entries of a Bundle (R4 bundle.html §2.36.4).
import { report, type Findings } from './findings.ts';

const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;
const restful = /^https?:\/\/\S+\/([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/;

/** fullUrl is absolute and, where it is the address of a resource, it is that of the resource in the entry. */
export function checkFullUrl(entry: Readonly<Record<string, unknown>>, findings: Findings): void {
  const { fullUrl, resource } = entry as { readonly fullUrl?: unknown; readonly resource?: { readonly resourceType: string; readonly id?: string } };
  if (typeof fullUrl !== 'string') return;
  if (!absolute.test(fullUrl)) return report(findings, 'value', 'must be an absolute URL, urn:uuid:… or urn:oid:…', 'fullUrl');
  const [, type, id] = restful.exec(fullUrl) ?? [];
  if (resource === undefined || type !== resource.resourceType || resource.id === undefined || id === resource.id) return;
  report(findings, 'value', 'must be the address of the resource in the entry: it ends with another id', 'fullUrl');
}
