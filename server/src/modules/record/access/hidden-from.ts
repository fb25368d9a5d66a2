import type { Work } from '../../../platform/work.ts';
import { accessOf } from '../../security/index.ts';
import { withoutElements } from './hidden-elements.ts';

/** What a work gives out of a resource: the bytes as stored, without what its actor never sees. */
export function shownTo(work: Pick<Work, 'actor'>): (type: string, json: Buffer) => Buffer {
  const access = accessOf(work.actor);
  return access.unlimited ? (_type, json) => json : (type, json) => withoutElements(json, access.hidden(type));
}
