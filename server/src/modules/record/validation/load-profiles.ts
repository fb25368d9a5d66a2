import { loadConstraints, loadR4Profiles, type ConstraintEvaluator, type StructureDefinition } from '@sen/fhir';
import { structureDefinitions } from '@sen/vietnam';
import type { Queryable } from '../../../platform/database.ts';
import type { Work } from '../../../platform/work.ts';
import { shelfOf, type Shelf } from './shelf.ts';

export interface Profiles {
  readonly shelf: Shelf;
  readonly holds: ConstraintEvaluator;
}

let loading: Promise<Profiles> | undefined;

/**
 * Gives the profiles that are known now: R4's own, ours, and those that the record holds, which come before ours.
 * A transaction may see definitions that it has not committed, so what it loads is for it alone.
 */
export function loadProfiles({ db, transactional }: Pick<Work, 'db' | 'transactional'>): Promise<Profiles> {
  if (loading !== undefined) return loading;
  const next = load(db);
  if (transactional) return next;
  loading = next;
  next.catch(() => {
    if (loading === next) loading = undefined;
  });
  return next;
}

/** Has the profiles read again before they are next used. */
export function forgetProfiles(): void {
  loading = undefined;
}

async function load(db: Queryable): Promise<Profiles> {
  const { rows } = await db.query<{ definition: StructureDefinition }>({ name: 'load-profiles', text: 'select definition from record.profile order by url, version, id' });
  const [r4, holds] = await Promise.all([loadR4Profiles(), loadConstraints()]);
  return { shelf: shelfOf([...r4, ...structureDefinitions, ...rows.map(({ definition }) => definition)]), holds };
}
