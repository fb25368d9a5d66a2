// Resources that references of one query lead to: each once, and all that are asked for at the same moment in one round trip.
import { parseLossless, type Resource } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { loadShown } from '../access/load-shown.ts';

interface Waiting {
  readonly type: string;
  readonly id: string;
  readonly resolve: (resource: Resource | undefined) => void;
  readonly reject: (error: unknown) => void;
}

export type LoadResource = (type: string, id: string) => Promise<Resource | undefined>;

/** A loader for one query; undefined is a resource that is not there. */
export function resourceLoader(work: Work): LoadResource {
  const known = new Map<string, Promise<Resource | undefined>>();
  let waiting: Waiting[] = [];
  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    loadShown(work, batch).then(
      (found) => batch.forEach((one, i) => one.resolve(found[i] === undefined ? undefined : (parseLossless(found[i].json.toString()) as Resource))),
      (error: unknown) => batch.forEach((one) => one.reject(error)),
    );
  };
  return (type, id) => {
    const name = `${type}/${id}`;
    const found = known.get(name) ?? new Promise<Resource | undefined>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ type, id, resolve, reject });
    });
    known.set(name, found);
    return found;
  };
}
