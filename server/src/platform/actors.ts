// The actor that is no person: the house acting by itself, in jobs, at start and in commands.
import type { Actor } from './work.ts';

export const systemActor: Actor = { id: 'sen', kind: 'system', name: 'Sen', roles: ['system'] };
