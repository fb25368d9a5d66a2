// Makes packages/dicom/src/dictionary/{tags,uids}.gen.ts: the facts of DICOM PS3.6 (and of PS3.7 for command elements).
// node tools/dicom/make-dictionary.ts <folder of an unpacked pydicom 3.0.2 (MIT), whose tables are the machine-readable ones of PS3.6>
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = process.argv[2];
if (source === undefined) throw new Error('Usage: node tools/dicom/make-dictionary.ts <folder pydicom>');
const target = fileURLToPath(new URL('../../packages/dicom/src/dictionary/', import.meta.url));
const head = '// Made by tools/dicom/make-dictionary.ts from the tables of DICOM PS3.6 and PS3.7. Do not edit.\n';

/** What the standard added after the tables of the source were made (PS3.6 2025a: JPEG XL, Sup 232; deflated frames, Sup 244). */
const laterUids = [
  '1.2.840.10008.1.2.4.110\tT\tJPEG XL Lossless',
  '1.2.840.10008.1.2.4.111\tT\tJPEG XL JPEG Recompression',
  '1.2.840.10008.1.2.4.112\tT\tJPEG XL',
  '1.2.840.10008.1.2.8.1\tT\tDeflated Image Frame Compression',
];

const quoted = String.raw`(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")`;
const row = (key: string) => new RegExp(`^    ${key}: \\(${Array(5).fill(quoted).join(', ')}\\)`, 'gm');
const cells = (match: RegExpMatchArray, first: number) =>
  Array.from({ length: 5 }, (_, at) => match[first + at * 2] ?? match[first + at * 2 + 1] ?? '');

function readTags(): { tags: string[]; repeating: string[] } {
  const text = readFileSync(join(source!, '_dicom_dict.py'), 'utf8');
  const line = (tag: string, [vr, vm, , retired, keyword]: string[]) =>
    `${tag} ${vr!.replaceAll(' or ', '/')} ${vm} ${keyword}${retired === '' ? '' : ' -'}`;
  const tags = [...text.matchAll(row('0x([0-9A-F]{8})'))].map((match) => ({ tag: match[1]!, of: cells(match, 2) }));
  const repeating = [...text.matchAll(row("'([0-9A-Fx]{8})'"))].map((match) => line(match[1]!, cells(match, 2)));
  // Items and delimiters (VR NONE) are structure, not elements; a blank retired row says nothing.
  const kept = tags.filter(({ of }) => of[0] !== 'NONE' && of[4] !== '');
  return { tags: kept.map(({ tag, of }) => line(tag, of)), repeating };
}

function readUids(): string[] {
  const text = readFileSync(join(source!, '_uid_dict.py'), 'utf8');
  return [...text.matchAll(row("'([0-9.]+)'"))].flatMap((match) => {
    const [name, type, , retired] = cells(match, 2);
    if (type === 'Transfer Syntax') return [`${match[1]}\tT\t${name}`];
    if (type !== 'SOP Class' || !isStorage(name!)) return [];
    return [`${match[1]}\tS\t${name!.replace(/ \(Retired\)$/, '')}${retired === '' ? '' : '\t-'}`];
  });
}

/** A class whose instances are kept (PS3.4 B.5 and what was retired from it); commitment and the directory of a disc are not. */
function isStorage(name: string): boolean {
  return /Storage( - .*)?( \(.*\))?$/.test(name) && !/Commitment|Media Storage Directory/.test(name);
}

const { tags, repeating } = readTags();
const uids = [...readUids(), ...laterUids].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
writeFileSync(join(target, 'tags.gen.ts'), `${head}// tag, VR, VM, keyword, "-" when retired\n\nexport const tagTable = \`${tags.join('\n')}\`;\n\nexport const repeatingTable = \`${repeating.join('\n')}\`;\n`);
writeFileSync(join(target, 'uids.gen.ts'), `${head}// UID, T transfer syntax or S storage SOP class, name, "-" when retired\n\nexport const uidTable = \`${uids.join('\n')}\`;\n`);
console.log(`${tags.length} elements, ${repeating.length} repeating, ${uids.length} UIDs`);
