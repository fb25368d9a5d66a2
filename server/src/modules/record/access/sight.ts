import { resourceTypes } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { accessOf } from '../../security/index.ts';
import { everythingSeen, Parameters, type Sight } from '../search/sql.ts';
import { readsHidden, refuseHidden } from './hidden-elements.ts';
import { rowCondition, type Viewer } from './row-condition.ts';

/** Whoever a work is done for, with what the policy in force lets them see. */
export function viewerOf({ actor, now }: Pick<Work, 'actor' | 'now'>): Viewer {
  return { actor, access: accessOf(actor), now };
}

/** What a work may see, for the statements that read. */
export function sightOf(work: Pick<Work, 'actor' | 'now'>): Sight {
  const viewer = viewerOf(work);
  if (viewer.access.unlimited) return everythingSeen;
  return {
    unlimited: false,
    sees: (type, alias, parameters, few = false) => rowCondition({ ...viewer, looksUp: !few }, 'search', type, alias, parameters),
    reads: (type, alias, parameters) => rowCondition(viewer, 'read', type, alias, parameters),
    hides: (type, name) => readsHidden(type, name, viewer.access.hidden(type)),
    checkParameter: (type, name) => {
      if (type !== 'Resource') refuseHidden(type, name, viewer.access.hidden(type));
      else if (name === '_text' || name === '_content') for (const one of resourceTypes) refuseHidden(one, name, viewer.access.hidden(one));
    },
  };
}

/** Tells whether a work sees every row of every type, so that what the database knows of all rows may be told too. */
export function seesEverything(work: Pick<Work, 'actor' | 'now'>): boolean {
  return rowCondition(viewerOf(work), 'search', 'Resource', 'r', new Parameters(everythingSeen)) === 'true';
}
