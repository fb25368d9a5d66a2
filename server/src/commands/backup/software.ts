// Which version of the software wrote a backup.
import { readFileSync } from 'node:fs';

export const { version } = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as { version: string };
