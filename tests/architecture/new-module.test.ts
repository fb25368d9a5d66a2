import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMigrations } from '../../server/src/platform/migrate.ts';
import { order } from '../../server/src/order.ts';
import { root, runProgram } from '../../tools/checks/check.ts';
import { breachesOf } from '../../tools/checks/fence.ts';
import { makeModule, withModule } from '../../tools/new-module.ts';
import { copyTree, type TreeCopy } from '../support/tree-copy.ts';

// A name with a hyphen, of a module that no issue has asked for yet.
const fresh = order.findLast((name) => name.includes('-') && !existsSync(join(root, 'server/src/modules', name))) ?? order[order.length - 1] ?? 'portal';
const home = `server/src/modules/${fresh}`;

describe('npm run new-module', { timeout: 120_000 }, () => {
  let tree: TreeCopy;
  beforeAll(() => {
    tree = copyTree();
    makeModule(fresh, tree.folder);
  });
  afterAll(() => tree.remove());

  it('makes every file a module begins with', () => {
    const files = ['README.md', 'index.ts', 'module.ts', 'read-foundation.ts', 'store.ts', `migrations/0001-create-${fresh}.sql`, `${fresh}.db.test.ts`];
    expect(files.filter((file) => !existsSync(join(tree.folder, home, file)))).toEqual([]);
  });

  it('is accepted by the compiler', async () => {
    const config = { extends: join(root, 'tsconfig.json'), compilerOptions: { types: ['node'], typeRoots: [join(root, 'node_modules/@types')] }, include: [], files: [`${home}/index.ts`, `${home}/module.ts`] };
    tree.plant('tsconfig.module.json', JSON.stringify(config));
    const result = await runProgram(join(root, 'node_modules/typescript/bin/tsc'), ['-p', 'tsconfig.module.json'], tree.folder);
    expect(result.output.split('\n').filter((line) => line.startsWith(home))).toEqual([]);
  });

  it('is accepted by the fence', async () => {
    const breaches = await breachesOf(tree.folder);
    expect(breaches.filter(({ from, to }) => `${from} ${to}`.includes(home))).toEqual([]);
  });

  it('has a migration that the house can read', () => {
    const migrations = readMigrations({ name: fresh, migrations: new URL(`file://${join(tree.folder, home)}/migrations/`) });
    expect(migrations.map(({ number, name }) => ({ number, name }))).toEqual([{ number: 1, name: `create-${fresh}` }]);
  });

  it('stands in hospital.ts at its place', () => {
    const hospital = readFileSync(join(tree.folder, 'server/src/hospital.ts'), 'utf8');
    const variable = fresh.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    expect(hospital).toContain(`import { ${variable} } from './modules/${fresh}/module.ts';`);
    expect(hospital).toMatch(new RegExp(`= \\[[^\\]]*\\b${variable}\\b[^\\]]*\\]`));
  });

  it('refuses a second time', () => {
    expect(() => makeModule(fresh, tree.folder)).toThrow(`${home} is there already.`);
  });

  it('refuses a name that is not in the order', () => {
    expect(() => makeModule('canteen', tree.folder)).toThrow(/"canteen" is not in server\/src\/order.ts/);
  });
});

describe('the list of modules', () => {
  it('stays in the order of order.ts whatever is added when', () => {
    const empty = `import type { ModuleManifest } from './platform/module.ts';\n\nexport const hospital: readonly ModuleManifest[] = [];\n`;
    const text = (['booking', 'record', 'portal', 'security'] as const).reduce(withModule, empty);
    expect(text).toContain('= [security, record, booking, portal];');
    expect(text.match(/^import \{ .*$/gm)).toEqual([
      "import { booking } from './modules/booking/module.ts';",
      "import { portal } from './modules/portal/module.ts';",
      "import { record } from './modules/record/module.ts';",
      "import { security } from './modules/security/module.ts';",
    ]);
  });
});
