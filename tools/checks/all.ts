// Everything `npm test` checks beside the tests themselves, in the order in which it is shown.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { noticesFindings } from '../notices.ts';
import { programFindings, root, type Check } from './check.ts';
import { fenceFindings } from './fence.ts';
import { supplyFindings } from './licences.ts';
import { settingsDocFindings } from './settings-doc.ts';

const bin = (path: string) => join(root, 'node_modules', path);
const typescript = bin('typescript/bin/tsc');

export const checks: readonly Check[] = [
  { name: 'types', findings: () => programFindings(typescript, ['-p', 'tsconfig.json', '--pretty', 'false']) },
  { name: 'types of the web', findings: webTypes },
  { name: 'lint', findings: () => programFindings(bin('oxlint/bin/oxlint'), ['--deny-warnings', '-f', 'unix']) },
  { name: 'fence', findings: fenceFindings },
  { name: 'unused', findings: () => programFindings(bin('knip/bin/knip.js'), ['--no-progress']) },
  { name: 'licences', findings: async () => supplyFindings() },
  { name: 'notices', findings: async () => noticesFindings() },
  { name: 'settings document', findings: settingsDocFindings },
];

function webTypes(): Promise<string[]> {
  if (!existsSync(join(root, 'web/tsconfig.json'))) return Promise.resolve(['web/tsconfig.json is missing']);
  return programFindings(typescript, ['-p', 'web/tsconfig.json', '--pretty', 'false']);
}
