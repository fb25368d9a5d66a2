import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocuments, UnreadableFile, type Document } from '../../server/src/commands/import/read-documents.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sen-import-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(name: string, content: string | Buffer, maxDocumentMb = 16): Promise<Document[]> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const documents: Document[] = [];
  for await (const document of readDocuments(path, maxDocumentMb)) documents.push(document);
  return documents;
}

const lan = '{"resourceType":"Patient","id":"lan"}';
const nam = '{"resourceType":"Patient","id":"nam"}';

describe('reading the files of an import: the content decides, not only the name', () => {
  it('reads a JSON file over several lines as one document', async () => {
    const text = JSON.stringify(JSON.parse(lan), undefined, 2);
    expect(await read('one.json', text)).toEqual([{ text }]);
  });

  it('reads lines as documents with their numbers, whatever the name, and passes over empty lines', async () => {
    expect(await read('many.txt', `${lan}\n\r\n${nam}\n`)).toEqual([{ text: lan, line: 1 }, { text: nam, line: 3 }]);
  });

  it('still sees lines when the first one is broken', async () => {
    expect((await read('broken-first.json', `{"resourceType":\n${nam}\n`)).map((one) => one.line)).toEqual([1, 2]);
  });

  it('opens gzip by its first bytes, also of several members', async () => {
    const bytes = Buffer.concat([gzipSync(`${lan}\n`), gzipSync(`${nam}\n`)]);
    expect((await read('packed.json', bytes)).map((one) => one.text)).toEqual([lan, nam]);
  });

  it('keeps letters whole that stand across two pieces of the file', async () => {
    const name = 'Nguyễn Thị Hương '.repeat(40_000);
    const text = `{"resourceType":"Patient","id":"x","name":[{"text":"${name}"}]}`;
    expect(await read('long.ndjson', `${text}\n${lan}`)).toEqual([{ text, line: 1 }, { text: lan, line: 2 }]);
  });

  it('passes over a byte order mark', async () => {
    expect(await read('bom.json', `\uFEFF${lan}`)).toEqual([{ text: lan }]);
  });

  it('finds nothing in an empty file', async () => {
    expect(await read('empty.json', '')).toEqual([]);
  });

  it('refuses text that is not UTF-8', async () => {
    const latin = Buffer.concat([Buffer.from('{"resourceType":"Patient","name":[{"text":"'), Buffer.from([0xe9]), Buffer.from('"}]}')]);
    await expect(read('latin.json', latin)).rejects.toThrow(new UnreadableFile('the file is not UTF-8'));
  });

  it('refuses a broken archive', async () => {
    const bytes = gzipSync(`${lan}\n`.repeat(1000));
    await expect(read('torn.ndjson.gz', bytes.subarray(0, bytes.length - 20))).rejects.toThrow(UnreadableFile);
  });

  it('refuses one document above the limit, but not many small ones', async () => {
    const padding = ' '.repeat(1000);
    await expect(read('huge.json', `{\n${`"note": "${padding}",\n`.repeat(1100)}}`, 1)).rejects.toThrow('larger than 1 MiB');
    expect(await read('huge.ndjson', `${lan}${padding}\n`.repeat(1100), 1)).toHaveLength(1100);
  });
});
