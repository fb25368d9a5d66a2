// `_explain=true`: how a search is done, told as Parameters instead of its results. No value of the search is told, nor any that PostgreSQL wrote into
// the plan: both may be a patient's.
import { seesEverything } from '../access/sight.ts';
import { accessOf } from '../../security/index.ts';
import type { Queryable, Statement } from '../../../platform/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';

interface Explained {
  readonly sql: string;
  readonly plan: Readonly<Record<string, unknown>>;
}

/** Runs a search and tells its statements, their plans and times. Refuses (forbidden) everyone but administrators. */
export async function explained(work: Work, run: (work: Work) => Promise<unknown>): Promise<object> {
  if (!accessOf(work.actor).permits('record.maintain')) throw onlyAdministrators();
  const statements: Explained[] = [];
  await run(watched(work, statements));
  // numbers of a plan are those of all rows, of hidden ones too: whoever does not see everything is told the shape alone
  const whole = seesEverything(work);
  return { resourceType: 'Parameters', parameter: statements.map((statement) => parameterOf(statement, whole)) };
}

function onlyAdministrators(): Refusal {
  const text = { vi: 'Chỉ quản trị viên được xem cách thực hiện tìm kiếm (_explain).', en: 'Only administrators may see how a search is done (_explain).' };
  return new Refusal('forbidden', 'record.explain-forbidden', text, [{ severity: 'error', code: 'forbidden', diagnostics: text.en }]);
}

function watched(work: Work, statements: Explained[]): Work {
  return {
    ...work,
    db: explaining(work.db, statements),
    transact: (steps) => work.transact((inner) => steps(watched(inner, statements))),
  };
}

function explaining(db: Queryable, statements: Explained[]): Queryable {
  return {
    query: async (statement) => {
      const sql = statement.text.replace(/^declare \w+ no scroll cursor for /, '');
      if (/^(select|with)\b/i.test(sql)) statements.push({ sql, plan: await planOf(db, { ...statement, text: sql }) });
      return db.query(statement);
    },
  };
}

async function planOf(db: Queryable, { text, values, plan }: Statement): Promise<Readonly<Record<string, unknown>>> {
  const { rows } = await db.query<{ 'QUERY PLAN': Record<string, unknown>[] }>({
    text: `explain (analyze, buffers, format json) ${text}`,
    ...(values === undefined ? {} : { values }),
    ...(plan === undefined ? {} : { plan }),
  });
  return rows[0]?.['QUERY PLAN'][0] ?? {};
}

function parameterOf({ sql, plan }: Explained, whole: boolean): object {
  const types = new Map([...sql.matchAll(/\$(\d+)(?:::([a-z0-9]+(?:\[\])?))?/g)].map(([, place, cast]) => [Number(place), cast ?? 'text']));
  const ms = (name: string): number => Number(plan[name] ?? 0);
  return {
    name: 'statement',
    part: [
      { name: 'sql', valueString: sql },
      ...[...types].sort(([a], [b]) => a - b).map(([place, type]) => ({ name: 'parameter', valueString: `$${place} ${type}` })),
      { name: 'plan', valueString: JSON.stringify(withoutValues(whole ? plan : withoutNumbers(plan))) },
      ...(whole ? [{ name: 'planningMs', valueDecimal: ms('Planning Time') }, { name: 'executionMs', valueDecimal: ms('Execution Time') }] : []),
    ],
  };
}

/** What of a plan is told as it stands: names of ours and words of PostgreSQL. Any other text loses its literals. */
const plainTexts = new Set([
  'Node Type', 'Parent Relationship', 'Join Type', 'Strategy', 'Partial Mode', 'Index Name', 'Relation Name', 'Schema', 'Alias', 'Scan Direction',
  'Subplan Name', 'CTE Name', 'Sort Method', 'Sort Space Type', 'Command', 'Operation', 'Function Name', 'Cache Mode', 'Storage',
]);

function withoutNumbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => typeof inner !== 'number').map(([name, inner]) => [name, withoutNumbers(inner)]));
}

function withoutValues(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return plainTexts.has(name) ? value : value.replace(/'(?:[^']|'')*'/g, '?').replace(/(?<![\w$.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?\b/gi, '?');
  if (Array.isArray(value)) return value.map((item) => withoutValues(item, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutValues(inner, key)]));
}
