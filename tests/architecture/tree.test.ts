import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../tools/checks/check.ts';
import { filesBelow } from '../../tools/checks/source-files.ts';

const isText = (path: string) => /\.(ts|tsx|mjs|js|json|jsonc|md|sql|css|html|yml|yaml|sh|txt)$/.test(path) || path === '.ci/run';
const made = /(\.gen\.ts|^package-lock\.json|^THIRD-PARTY-NOTICES\.md)$/;
const files = filesBelow(root, (path) => isText(path) && !made.test(path) && !path.startsWith('bench/results/'));
const code = files.filter((path) => /\.(tsx?|mjs|sql|css)$/.test(path));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** `path:line` of every line in which a pattern is found. */
function linesWith(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) => {
    const lines = read(path).split('\n');
    return lines.flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : []));
  });
}

// Put together here, so that this file does not find itself.
const anyOf = (...words: string[]) => new RegExp(words.join('|'));

describe('the tree', () => {
  it('has no file a person cannot read at a sitting: 400 lines at most', () => {
    // a migration keeps its name for ever, so one that a tool made says so at its top
    const long = code.filter((path) => !read(path).startsWith('-- Made by tools/') && read(path).split('\n').length > 401);
    expect(long.map((path) => `${path}: ${read(path).split('\n').length - 1} lines`)).toEqual([]);
  });

  const tests = files.filter((path) => /\.test\.tsx?$/.test(path));
  const call = String.raw`\b(it|test|describe|suite)(\.\w+)*\.`;

  it('leaves no test out and runs none alone', () => {
    expect(linesWith(tests, new RegExp(`${call}(skip|only|todo|fails)\\b`))).toEqual([]);
  });

  it('lets a test depend on nothing but the system, the user, data kept elsewhere that a SEN_TEST_ variable names, or a program of others to compare with', () => {
    const without = tests.filter((path) => !read(path).includes('SEN_TEST_'));
    expect(linesWith(without, new RegExp(`${call}(skipIf|runIf)\\((?!!?(root|process\\.platform|isInstalled)\\b)`))).toEqual([]);
  });

  it('promises nothing for later', () => {
    expect(linesWith(code, anyOf(String.raw`\bTO` + String.raw`DO\b`, String.raw`\bFIX` + String.raw`ME\b`, String.raw`\bX` + String.raw`XX\b`))).toEqual([]);
  });

  it('names no folder of the machine it was written on', () => {
    const homes = anyOf('wo' + 'rk', 'ho' + String.raw`me/[\w.-]+`, 'Us' + String.raw`ers/[\w.-]+`, 'ro' + 'ot').source;
    expect(linesWith(files, new RegExp(String.raw`(^|[\s'"\`(=])/(${homes})/`))).toEqual([]);
  });

  it('carries no name that says nothing', () => {
    const empty = /(^|\/)(utils?|helpers?|commons?|misc|managers?|base|stuff)(\/|\.[a-z]+$)/;
    expect(files.filter((path) => empty.test(path))).toEqual([]);
  });

  it('names its files in kebab case, a file of one component like the component', () => {
    const named = /^([a-z0-9]+(-[a-z0-9]+)*(\.(test|db\.test|screen\.test|gen|config|d))?\.(tsx?|mjs|sql|css)|([A-Z][a-z0-9]*)+(\.test)?\.tsx)$/;
    const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
    expect(code.filter((path) => !named.test(nameOf(path).replace('.module.css', '.css')))).toEqual([]);
  });

  it('asks nobody for a build: no syntax that Node cannot erase', () => {
    const server = code.filter((path) => /^(server|packages|tools|bench)\/.*\.ts$/.test(path));
    expect(linesWith(server, /^\s*(export\s+)?(declare\s+)?(const\s+)?(enum|namespace)\s+\w+\s*\{/)).toEqual([]);
  });
});
