import { judgeByProfiles, questionKey, type Membership, type MembershipQuestion, type ProfileFinding, type ProfileQuestion, type Resource } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { isCodeIn } from '../../terminology/index.ts';
import { loadProfiles } from './load-profiles.ts';

/** Answers of the terminology may open slices, and with them new questions; profiles nest no deeper than this in practice. */
const maxRounds = 8;

/** Judges a resource by profiles, with the terminology of the house. */
export async function evaluateProfiles(work: Pick<Work, 'db' | 'transactional'>, resource: Resource, asked: Pick<ProfileQuestion, 'profiles' | 'unknownClaims' | 'thorough'>): Promise<ProfileFinding[]> {
  const { shelf, holds } = await loadProfiles(work);
  const answers = new Map<string, Membership>();
  for (let round = 1; ; round++) {
    const { findings, open } = judgeByProfiles(resource, { ...asked, book: shelf.book, answers, holds });
    if (open.size === 0 || round === maxRounds) return findings;
    for (const question of open.values()) answers.set(questionKey(question), await ask(work.db, question));
  }
}

async function ask(db: Queryable, { valueSet, system, code, display }: MembershipQuestion): Promise<Membership> {
  try {
    const { result, wrong } = await isCodeIn(db, valueSet, { system, code, display });
    return wrong === 'display' ? 'wrong-display' : result;
  } catch (error) {
    // a value set that is broken or too large is no fault of the resource
    if (error instanceof Refusal) return 'unknown';
    throw error;
  }
}
