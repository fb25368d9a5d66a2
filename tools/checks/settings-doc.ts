// docs/settings.md says what the table of settings says.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsMarkdown } from '../../server/src/platform/config.ts';
import { root } from './check.ts';

export async function settingsDocFindings(): Promise<string[]> {
  const path = join(root, 'docs/settings.md');
  if (existsSync(path) && readFileSync(path, 'utf8') === settingsMarkdown()) return [];
  return ['docs/settings.md is not what server/src/platform/config.ts says: run npm run sen -- settings --markdown > docs/settings.md'];
}
