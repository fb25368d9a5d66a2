export { packageName, packageVersion } from './build-definition.ts';
export { canonical, canonicalBase, codeSystems } from './canonical.ts';
export { packageResources, structureDefinitions } from './definitions.ts';
export { identifierSystems } from './identifier-systems.ts';
export type { Definition as CodeListResource, Edition } from './code-lists/code-system.ts';
export { readCodeLists, readEdition, starterCodeLists, tableNames, type ReadList } from './code-lists/read-code-lists.ts';
export { TableError } from './code-lists/table.ts';
