import { operationAt, type OperationAnswer, type OperationCall, type OperationTable } from '../../platform/operation.ts';
import type { Work } from '../../platform/work.ts';
import { accessOf } from '../security/index.ts';
import { checkAddress } from './identity.ts';
import { nothingHere, operationNeedsPost, operationNotPermitted, unknownOperation } from './refusals.ts';

export type OperationRequest = Omit<OperationCall, 'type' | 'id'>;

/**
 * Runs the operation that an address names (`$code`, `[type]/$code`, `[type]/[id]/$code`; R4 §3.2.0). Refuses one that is not offered there (404)
 * and a GET of one that changes something (405).
 */
export async function runOperation(work: Work, table: OperationTable, path: readonly string[], request: OperationRequest): Promise<OperationAnswer> {
  const name = path.at(-1) ?? '';
  const [type, id] = path.slice(0, -1);
  if (path.length > 3 || path.slice(0, -1).includes('')) throw nothingHere(path.join('/'));
  if (type !== undefined) checkAddress(type, id);
  const operation = operationAt(table, name.slice(1), type, id);
  if (operation === undefined) throw unknownOperation([type, id].filter(Boolean).join('/') || 'the system', name);
  if (operation.affectsState === true && request.method === 'GET') throw operationNeedsPost(name);
  if (!accessOf(work.actor).permits(operation.needs)) throw operationNotPermitted(name);
  return operation.run(work, { ...request, type, id });
}

/** The JSON of an answer that is a resource; undefined when it is none. */
export function jsonOfAnswer({ resource, json }: OperationAnswer): Buffer | undefined {
  if (json !== undefined) return typeof json === 'string' ? Buffer.from(json) : json;
  return resource === undefined ? undefined : Buffer.from(JSON.stringify(resource));
}
