// `npm run new-module -- <name>`: a module of the house's shape, empty but alive, and its line in hospital.ts.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { order, type ModuleName } from '../server/src/order.ts';
import { root } from './checks/check.ts';
import { moduleFiles, variableOf } from './new-module/module-files.ts';

/** Makes the module below `folder` and returns the paths it wrote. Throws when it cannot. */
export function makeModule(name: string, folder = root): string[] {
  if (!isModuleName(name)) throw new Error(`"${name}" is not in server/src/order.ts. The names there: ${order.join(', ')}.`);
  const home = `server/src/modules/${name}`;
  if (existsSync(join(folder, home))) throw new Error(`${home} is there already.`);
  const files = Object.entries(moduleFiles(name)).map(([path, text]) => [`${home}/${path}`, text] as const);
  const hospital = 'server/src/hospital.ts';
  const written = [...files, [hospital, withModule(readFileSync(join(folder, hospital), 'utf8'), name)] as const];
  for (const [path, text] of written) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return written.map(([path]) => path);
}

function isModuleName(name: string): name is ModuleName {
  return (order as readonly string[]).includes(name);
}

/** hospital.ts with one module more: its import in alphabetical order, its place in the list by order.ts. */
export function withModule(hospital: string, name: ModuleName): string {
  const list = /(export const hospital[^=]*= \[)([^\]]*)(\])/.exec(hospital);
  if (list === null) throw new Error('server/src/hospital.ts has no list `export const hospital … = […]`.');
  const present = (list[2] ?? '').split(',').map((word) => word.trim()).filter((word) => word !== '');
  const place = (word: string) => order.findIndex((known) => variableOf(known) === word);
  const names = [...present, variableOf(name)].sort((a, b) => place(a) - place(b));
  const body = names.join(', ').length > 90 ? `\n  ${names.join(',\n  ')},\n` : names.join(', ');
  return withImport(hospital.replace(list[0], `${list[1] ?? ''}${body}${list[3] ?? ''}`), name);
}

function withImport(hospital: string, name: ModuleName): string {
  const lines = hospital.split('\n');
  const line = `import { ${variableOf(name)} } from './modules/${name}/module.ts';`;
  const imports = lines.flatMap((text, index) => (text.includes("from './modules/") ? [index] : []));
  const after = imports.find((index) => (lines[index] ?? '') > line);
  const place = after ?? (imports.at(-1) ?? lines.findLastIndex((text) => text.startsWith('import '))) + 1;
  return [...lines.slice(0, place), line, ...lines.slice(place)].join('\n');
}

if (import.meta.main) {
  try {
    const name = process.argv[2];
    if (name === undefined) throw new Error(`npm run new-module -- <name>, one of: ${order.join(', ')}.`);
    for (const path of makeModule(name)) console.log(path);
    console.log('Now say in its README.md and module.ts what it owns, and replace the first table by its own.');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
