// What a right answer looks like: every reply is looked at, a sample is parsed and compared with what was stored.
import type { Reply } from '../measure/connection.ts';

interface Coded {
  resourceType?: string;
  id?: string;
  [element: string]: unknown;
}

export interface BundleReply {
  readonly resourceType?: string;
  readonly total?: number;
  readonly entry?: readonly { readonly resource?: Coded; readonly response?: { readonly status?: string } }[];
}

/** Checks status and kind on every reply, and the content by `judge` on the sample. */
export function expectBundle(judge: (bundle: BundleReply) => string | undefined, status = 200) {
  return (reply: Reply, thorough: boolean): string | undefined => {
    if (reply.status !== status) return wrongStatus(reply);
    if (reply.body.indexOf('"Bundle"') < 0 || reply.body.indexOf('"entry"') < 0) return 'no bundle with entries';
    if (!thorough) return undefined;
    const bundle = parse<BundleReply>(reply.body);
    return bundle === undefined ? 'not JSON' : judge(bundle);
  };
}

/** Checks status and, on the sample, that the reply is a resource of the type (and id). */
export function expectResource(status: number, type: string, id?: string) {
  const mark = `"${id ?? type}"`;
  return (reply: Reply, thorough: boolean): string | undefined => {
    if (reply.status !== status) return wrongStatus(reply);
    if (reply.body.indexOf(mark) < 0) return `no ${id === undefined ? type : 'resource with this id'} in the reply`;
    if (!thorough) return undefined;
    const resource = parse<Coded>(reply.body);
    if (resource?.resourceType !== type) return `not a ${type}`;
    if (typeof resource.id !== 'string' || (id !== undefined && resource.id !== id)) return 'wrong id';
    return resource['name'] === undefined ? 'content is missing' : undefined;
  };
}

/** Resources of a type among the entries. */
export function resourcesOf(bundle: BundleReply, type: string): Coded[] {
  return (bundle.entry ?? []).flatMap((entry) => (entry.resource?.resourceType === type ? [entry.resource] : []));
}

/** Says so when a count is not as expected. */
export function expectCount(what: string, found: number | undefined, expected: number): string | undefined {
  return found === expected ? undefined : `${what}: ${found} instead of ${expected}`;
}

/** A text without marks, in lower case, for comparing names. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();
}

function wrongStatus(reply: Reply): string {
  const outcome = parse<{ issue?: { diagnostics?: string; details?: { text?: string } }[] }>(reply.body)?.issue?.[0];
  const why = (outcome?.diagnostics ?? outcome?.details?.text ?? '').slice(0, 120);
  return `status ${reply.status}${why === '' ? '' : `: ${why}`}`;
}

function parse<T>(body: Buffer): T | undefined {
  try {
    return JSON.parse(body.toString()) as T;
  } catch {
    return undefined;
  }
}
