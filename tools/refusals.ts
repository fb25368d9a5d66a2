// Writes docs/refusals.md: every refusal the server can give, from the source. Run: node tools/refusals.ts
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './checks/check.ts';
import { scanRefusals, type FoundRefusal } from './checks/refusal-codes.ts';

const page = join(root, 'docs/refusals.md');

const head = `# Từ chối / Refusals

A refusal is an expected no. Its code is stable: clients and translations may lean on it. \`/api\` answers it as
\`{ code, category, message: { vi, en }, issues, requestId }\`, \`/fhir\` as an OperationOutcome. An ellipsis stands for what is filled in.
Made from the source by \`node tools/refusals.ts\`; a test compares them.

| code | category | tiếng Việt | English |
|---|---|---|---|
`;

/** The text of docs/refusals.md for the source as it is. */
export function refusalsText(refusals: readonly FoundRefusal[] = scanRefusals().refusals): string {
  const rows = new Set(refusals.map(({ code, category, vi, en }) => `| \`${code}\` | ${category} | ${cell(vi, '(nói theo từng trường hợp)')} | ${cell(en, '(says the case)')} |`));
  return `${head}${[...rows].sort().join('\n')}\n`;
}

function cell(text: string, whenPutTogether: string): string {
  if (text === '…') return whenPutTogether;
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** What is wrong with docs/refusals.md and with refusals that cannot be read. */
export function refusalFindings(): string[] {
  const { refusals, unreadable } = scanRefusals();
  const current = existsSync(page) && readFileSync(page, 'utf8') === refusalsText(refusals);
  return [
    ...unreadable.map((place) => `${place}: write category, code and both texts as literals, so that docs/refusals.md can list them`),
    ...(current ? [] : ['docs/refusals.md is not what the source says: run node tools/refusals.ts']),
  ];
}

if (import.meta.main) writeFileSync(page, refusalsText());
