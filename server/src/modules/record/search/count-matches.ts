import type { Queryable } from '../../../platform/database.ts';
import type { Plan } from './plan.ts';
import { searchStatement } from './statement.ts';

/** Below this the planner's guess is not worth its error: counting so few costs less than a page. */
const GUESS_MIN = 200;

/** How many resources match, exactly. */
export async function countMatches(db: Queryable, plan: Plan): Promise<number> {
  const { rows } = await db.query<{ count: string }>(searchStatement(`select count(*) from ${plan.from} where ${plan.where}`, valuesOf(plan), plan.fewRows));
  return Number(rows[0]?.count ?? 0);
}

/** `_total=estimate` (R4 search.html, _total): what the planner expects; exact where it expects few. */
export async function estimateMatches(db: Queryable, plan: Plan): Promise<number> {
  // what the planner expects it knows of all rows, also of those that are not to be seen
  if (!plan.parameters.sight.unlimited) return countMatches(db, plan);
  const text = `explain (format json) select 1 from ${plan.from} where ${plan.where}`;
  const { rows } = await db.query<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }>({ text, values: valuesOf(plan), plan: 'custom' });
  const guess = rows[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
  return guess < GUESS_MIN ? countMatches(db, plan) : guess;
}

function valuesOf({ parameters, whereValues }: Plan): unknown[] {
  return parameters.values.slice(0, whereValues);
}
