import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { order } from '../../server/src/order.ts';
import { breachesOf, type Breach } from '../../tools/checks/fence.ts';
import { fenceRules } from '../../tools/checks/fence-rules.ts';
import { copyTree, type TreeCopy } from '../support/tree-copy.ts';

interface Plant {
  readonly rule: string;
  readonly path: string;
  readonly text: string;
}

const modules = 'server/src/modules';

// One breach of each rule. `planted-` and the module names of late issues keep the plants apart from real files.
const plants: readonly Plant[] = [
  { rule: 'disclosure-imports-only-lower-modules', path: `${modules}/disclosure/show-planted.ts`, text: `import '../portal/index.ts';` },
  { rule: 'a-module-stands-in-the-order', path: `${modules}/canteen/index.ts`, text: `import '../../order.ts';` },
  { rule: 'a-module-is-entered-by-its-front-door', path: `${modules}/portal/show-planted.ts`, text: `import '../disclosure/store.ts';` },
  {
    rule: 'the-house-enters-a-module-by-its-front-door',
    path: 'server/src/edges/planted/planted.ts',
    text: `import '../../modules/disclosure/store.ts';`,
  },
  { rule: 'only-the-hospital-reads-manifests', path: 'server/src/edges/planted/list.ts', text: `import '../../modules/disclosure/module.ts';` },
  { rule: 'a-module-knows-no-edge', path: `${modules}/portal/list-planted.ts`, text: `import '../../edges/planted/planted.ts';` },
  { rule: 'fhir-does-not-smear', path: `${modules}/portal/read-planted.ts`, text: `import type { Resource } from '@sen/fhir'; export type P = Resource;` },
  { rule: 'a-noun-is-pure', path: `${modules}/portal/planted.ts`, text: `import type { Work } from '../../platform/work.ts'; export type P = Work;` },
  { rule: 'a-noun-is-pure', path: `${modules}/portal/order.ts`, text: `import pg from 'pg'; export const pool = new pg.Pool();` },
  { rule: 'the-platform-knows-no-hospital', path: 'server/src/platform/planted.ts', text: `import '../modules/disclosure/index.ts';` },
  { rule: 'the-server-knows-no-web', path: 'server/src/edges/planted/page.ts', text: `import '../../../../web/src/lib/planted.ts';` },
  { rule: 'a-package-knows-no-application', path: 'packages/fhir/src/planted.ts', text: `import '../../../server/src/order.ts';` },
  { rule: 'a-package-does-no-io', path: 'packages/fhir/src/planted-file.ts', text: `import { readFileSync } from 'node:fs'; readFileSync('x');` },
  { rule: 'a-package-does-no-io', path: 'packages/fhir/src/planted-net.ts', text: `export const open = () => import('net');` },
  { rule: 'a-package-opens-no-door', path: 'packages/fhir/src/planted-pg.ts', text: `import 'pg';` },
  {
    rule: 'a-package-is-entered-by-its-front-door',
    path: 'server/src/edges/planted/deep.ts',
    text: `import '../../../../packages/fhir/src/json/lossless.ts';`,
  },
  {
    rule: 'a-package-meets-another-at-its-front-door',
    path: 'packages/contracts/src/planted.ts',
    text: `import '../../fhir/src/json/lossless.ts';`,
  },
  { rule: 'the-web-knows-no-server', path: 'web/src/modules/portal/planted.tsx', text: `import type { ModuleName } from '../../../../server/src/order.ts'; export type P = ModuleName;` },
  { rule: 'the-web-knows-no-server', path: 'web/src/lib/planted.ts', text: `import '@sen/fhir';` },
  { rule: 'web-modules-meet-only-in-pages', path: 'web/src/modules/disclosure/planted.tsx', text: `import '../portal/planted.tsx';` },
  { rule: 'kit-and-lib-know-no-module', path: 'web/src/kit/planted.tsx', text: `import '../modules/portal/planted.tsx';` },
  { rule: 'no-circle', path: 'server/src/edges/planted/one.ts', text: `import './two.ts';` },
  { rule: 'every-import-exists', path: 'server/src/edges/planted/lost.ts', text: `import './nowhere.ts';` },
  { rule: 'the-product-needs-no-tool', path: 'server/src/edges/planted/tool.ts', text: `import '../../../../tools/checks/verbs.ts';` },
];

const bystanders: readonly Omit<Plant, 'rule'>[] = [
  { path: `${modules}/disclosure/index.ts`, text: `export { showPrices } from './show-prices.ts';` },
  { path: `${modules}/disclosure/store.ts`, text: `import type { Queryable } from '../../platform/database.ts'; export type Db = Queryable;` },
  { path: `${modules}/disclosure/module.ts`, text: `import type { ModuleManifest } from '../../platform/module.ts'; export type M = ModuleManifest;` },
  { path: `${modules}/disclosure/show-prices.ts`, text: `import type { Work } from '../../platform/work.ts'; export const showPrices = (work: Work) => work.now;` },
  { path: `${modules}/disclosure/fhir.ts`, text: `import type { Resource } from '@sen/fhir'; export type P = Resource;` },
  { path: `${modules}/disclosure/events.ts`, text: `export const pricesChanged = 'disclosure.prices-changed';` },
  { path: `${modules}/portal/index.ts`, text: `export { home } from './home.ts';` },
  { path: `${modules}/portal/home.ts`, text: `export const home = 'home';` },
  { path: `${modules}/portal/person.ts`, text: `import type { Actor } from '../../platform/work.ts'; export type P = Actor;` },
  { path: `${modules}/portal/reactions.ts`, text: `import { pricesChanged } from '../disclosure/events.ts'; export const heard = pricesChanged;` },
  { path: `${modules}/portal/show-home.ts`, text: `import { showPrices } from '../disclosure/index.ts'; export const showHome = showPrices;` },
  { path: 'server/src/edges/planted/two.ts', text: `import './one.ts';` },
];

const lawful = ['disclosure/index', 'disclosure/store', 'disclosure/show-prices', 'disclosure/fhir', 'portal/person', 'portal/reactions', 'portal/show-home'];

describe('the fence', { timeout: 60_000 }, () => {
  let tree: TreeCopy;
  let breaches: Breach[];

  beforeAll(async () => {
    tree = copyTree();
    for (const { path, text } of [...plants, ...bystanders]) tree.plant(path, `${text}\n`);
    breaches = await breachesOf(tree.folder);
  }, 60_000);
  afterAll(() => tree.remove());

  it.each(plants)('catches $rule in $path', ({ rule, path }) => {
    expect(breaches.filter((breach) => breach.from === path).map((breach) => breach.rule)).toContain(rule);
  });

  it.each(lawful)('lets %s.ts pass', (file) => {
    expect(breaches.filter((breach) => breach.from === `${modules}/${file}.ts`)).toEqual([]);
  });

  it('has a plant for every kind of rule', () => {
    const planted = new Set(plants.map((plant) => plant.rule));
    const kinds = fenceRules(order).map((rule) => rule.name ?? '');
    expect(kinds.filter((kind) => !kind.endsWith('-imports-only-lower-modules') && !planted.has(kind))).toEqual([]);
  });

  it('has one rule a module, the topmost aside', () => {
    const rules = fenceRules(order).filter((rule) => rule.name?.endsWith('-imports-only-lower-modules'));
    expect(rules.map((rule) => rule.name)).toEqual(order.slice(0, -1).map((name) => `${name}-imports-only-lower-modules`));
  });

  it('finds nothing in the real tree', async () => {
    expect(await breachesOf()).toEqual([]);
  });
});

describe('a reader that sees nothing', () => {
  it('is not taken for a clean tree', async () => {
    const tree = copyTree();
    tree.plant('server/src/unread.ts', 'export const unread = true;\n');
    const breaches = await breachesOf(tree.folder, ['packages']);
    tree.remove();
    expect(breaches).toContainEqual(expect.objectContaining({ rule: 'every-file-is-read', from: 'server/src/unread.ts' }));
  }, 60_000);
});
