// Reads every import of the tree and holds it to the borders of the house.
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { order } from '../../server/src/order.ts';
import { root } from './check.ts';
import { fenceRules } from './fence-rules.ts';
import { filesBelow, isProductSource } from './source-files.ts';

export interface Breach {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

/** Every import of the tree at `folder` that crosses a border, and every file the reader could not read. */
export async function breachesOf(folder = root, parts = ['server/src', 'packages', 'web/src', 'tools', 'bench']): Promise<Breach[]> {
  const result = await readImports(folder, parts);
  return [...unread(folder, result), ...crossings(result).filter((breach) => !takesOnlyPlainTypes(folder, breach))];
}

/** The fence as findings, one line each. */
export async function fenceFindings(): Promise<string[]> {
  return (await breachesOf()).map(({ rule, from, to, why }) => `${rule}: ${from} → ${to}\n    ${why}`);
}

async function readImports(folder: string, parts: readonly string[]): Promise<ICruiseResult> {
  const present = parts.filter((part) => existsSync(join(folder, part)));
  const { output } = await cruise(present, {
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: fenceRules(order) },
    tsPreCompilationDeps: true, // `import type` crosses a border as much as a value does
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(bench/results|web/dist)/' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts', '.css'],
    },
  });
  return output as ICruiseResult;
}

// With a TypeScript it does not know (7), dependency-cruiser reads no .ts file and still reports success.
function unread(folder: string, result: ICruiseResult): Breach[] {
  const read = new Set(result.modules.map((module) => module.source));
  const missed = filesBelow(folder, isProductSource).filter((path) => !read.has(path));
  const imports = result.modules.reduce((sum, module) => sum + module.dependencies.length, 0);
  const blind = imports < read.size / 4 ? [`only ${imports} imports in ${read.size} files`] : [];
  return [...missed, ...blind].map((from) => ({ rule: 'every-file-is-read', from, to: '', why: 'The fence saw nothing here.' }));
}

function crossings(result: ICruiseResult): Breach[] {
  const comments = new Map(fenceRules(order).map((rule) => [rule.name, rule.comment ?? '']));
  return result.summary.violations.map((violation) => ({
    rule: violation.rule.name,
    from: violation.from,
    to: violation.cycle === undefined ? violation.to : violation.cycle.map((step) => step.name).join(' → '),
    why: comments.get(violation.rule.name) ?? '',
  }));
}

// Who acts is a fact that rules may judge; a whole Work brings the transaction with it.
function takesOnlyPlainTypes(folder: string, { rule, from, to }: Breach): boolean {
  if (rule !== 'a-noun-is-pure' || !to.endsWith('/platform/work.ts')) return false;
  const names = [...readFileSync(join(folder, from), 'utf8').matchAll(/import type \{([^}]*)\} from '[^']*\/work\.ts'/g)];
  return names.length > 0 && names.every(([, list]) => !/\b(Work|WorkInput|beginWork)\b/.test(list ?? ''));
}
