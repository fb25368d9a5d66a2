// The files every module begins with. What stands here compiles, passes the fence and its own test as it is.
import { order, type ModuleName } from '../../server/src/order.ts';

/** `decision-support` is `decisionSupport` in code. */
export function variableOf(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Text by path inside the module's folder. */
export function moduleFiles(name: ModuleName): Record<string, string> {
  const variable = variableOf(name);
  const schema = name.replaceAll('-', '_');
  return {
    'README.md': readme(name),
    'index.ts': "export { readFoundation } from './read-foundation.ts';\n",
    'module.ts': manifest(name, variable),
    'read-foundation.ts': verb(name),
    'store.ts': store(name, schema),
    [`migrations/0001-create-${name}.sql`]: migration(name, schema),
    [`${name}.db.test.ts`]: test(name),
  };
}

function readme(name: ModuleName): string {
  const place = order.indexOf(name) + 1;
  return `# ${name}

Module ${place} of ${order.length}; it may call ${order.slice(0, place - 1).join(', ') || 'no other module'}.

## Owns

What this module alone decides, in one sentence; the same sentence is \`owns\` in module.ts.

## Always true

- The rules that hold at every moment, as sentences, and what holds them (a constraint, a rule, a test).

## Standards

- Body, edition, clause; each also has its line in docs/standards.md.

## Events

Told: none. Heard: none.
`;
}

function manifest(name: ModuleName, variable: string): string {
  return `import type { ModuleManifest } from '../../platform/module.ts';

export const ${variable}: ModuleManifest = {
  name: '${name}',
  owns: 'to be said in one sentence, as in README.md',
  migrations: new URL('./migrations/', import.meta.url),
};
`;
}

function verb(name: ModuleName): string {
  return `import type { Work } from '../../platform/work.ts';
import { foundation } from './store.ts';

/** Reads when ${name} was laid, in ms since 1970. */
export function readFoundation(work: Work): Promise<number> {
  return foundation(work.db);
}
`;
}

function store(name: ModuleName, schema: string): string {
  return `import type { Queryable } from '../../platform/database.ts';

/** Instant of the one row of ${schema}.foundation. */
export async function foundation(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ laid: Date }>({ name: '${name}.foundation', text: 'SELECT laid FROM ${schema}.foundation' });
  const [row] = rows;
  if (row === undefined) throw new Error('${schema}.foundation has no row');
  return row.laid.getTime();
}
`;
}

function migration(name: ModuleName, schema: string): string {
  return `-- ${name}: its schema, and one row that says since when it stands.
CREATE SCHEMA IF NOT EXISTS ${schema};

CREATE TABLE ${schema}.foundation (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  laid timestamptz NOT NULL DEFAULT now()
);

INSERT INTO ${schema}.foundation DEFAULT VALUES;
`;
}

function test(name: ModuleName): string {
  return `import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { readFoundation } from './index.ts';

describe('${name}', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  it('stands after its first migration', async () => {
    expect(await readFoundation(db.work())).toBeLessThanOrEqual(Date.now());
  });
});
`;
}
