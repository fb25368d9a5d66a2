// What encryption costs the object store: MB/s of writing and reading, beside the same work without it.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { openBlobs } from '../../server/src/platform/blobs.ts';
import { openKeyring } from '../../server/src/platform/keyring.ts';
import { gatherFacts } from '../measure/facts.ts';

export const objectsUsage = `npm run bench -- objects [--label L]: 1 KiB, 64 KiB, 1 MiB and 64 MiB objects, written and read, encrypted and plain, in a temporary folder`;

const sizes = [1024, 65_536, 1_048_576, 67_108_864] as const;
const wholeBytes = 134_217_728;
const most = 200;

interface Row {
  readonly bytes: number;
  readonly write: number;
  readonly writePlain: number;
  readonly read: number;
  readonly readPlain: number;
}

/** Measures, writes the results and prints them. */
export async function objects(args: readonly string[], resultsFolder: string): Promise<number> {
  const label = args[0] === '--label' ? (args[1] ?? 'sen') : 'sen';
  const folder = mkdtempSync(join(tmpdir(), 'sen-bench-objects-'));
  try {
    const rows: Row[] = [];
    for (const bytes of sizes) rows.push(await measure(join(folder, String(bytes)), bytes));
    const facts = gatherFacts();
    const table = ['| object | write MB/s | plain | read MB/s | plain |', '|---|---|---|---|---|', ...rows.map((row) => `| ${row.bytes.toLocaleString('en')} B | ${row.write} | ${row.writePlain} | ${row.read} | ${row.readPlain} |`)].join('\n');
    mkdirSync(resultsFolder, { recursive: true });
    writeFileSync(join(resultsFolder, `objects-${label}.json`), `${JSON.stringify({ facts, rows }, null, 2)}\n`);
    writeFileSync(join(resultsFolder, `objects-${label}.md`), `# Objects, encrypted and plain\n\nOne process, one object at a time, each write made durable (fsync of file and folder). Plain: hash, write, fsync, rename; read as a stream.\n\n${table}\n\n${JSON.stringify(facts)}\n`);
    process.stdout.write(`${table}\n`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, bytes: number): Promise<Row> {
  const count = Math.max(2, Math.min(most, Math.floor(wholeBytes / bytes)));
  mkdirSync(join(folder, 'plain'), { recursive: true });
  const store = await openBlobs(join(folder, 'objects'), openKeyring({ data: folder, masterKeyFile: '', masterKeyCommand: '' }));
  const contents = Array.from({ length: count }, (_, index) => Buffer.concat([Buffer.from(`${index}`.padStart(8)), randomBytes(bytes - 8)]));
  const hashes: string[] = [];
  const write = await rate(bytes * count, async () => {
    for (const content of contents) hashes.push((await store.put(content)).hash);
  });
  const writePlain = await rate(bytes * count, async () => {
    for (const content of contents) await putPlain(join(folder, 'plain'), content);
  });
  const read = await rate(bytes * count, async () => {
    for (const hash of hashes) await drain((await store.get(hash))!.stream);
  });
  const readPlain = await rate(bytes * count, async () => {
    for (const content of contents) await drain(createReadStream(join(folder, 'plain', nameOf(content))));
  });
  return { bytes, write, writePlain, read, readPlain };
}

async function putPlain(folder: string, content: Buffer): Promise<void> {
  const temporary = join(folder, 'incoming');
  const file = await open(temporary, 'w');
  await file.writeFile(content);
  await file.sync();
  await file.close();
  await rename(temporary, join(folder, nameOf(content)));
  const shelf = await open(folder, 'r');
  await shelf.sync().finally(() => shelf.close());
}

function nameOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

async function drain(stream: Readable): Promise<void> {
  for await (const _ of stream);
}

async function rate(bytes: number, work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return Math.round((bytes / 1_048_576 / ((performance.now() - from) / 1000)) * 10) / 10;
}
