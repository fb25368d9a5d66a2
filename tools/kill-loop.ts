// node tools/kill-loop.ts [rounds] [writers]: many kills under write load; ends with 1 when a promise was broken.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killInRounds } from './kill/kill-rounds.ts';

const [rounds = '100', writers = '4'] = process.argv.slice(2);
const dataFolder = mkdtempSync(join(tmpdir(), 'sen-kill-'));
const report = await killInRounds({ dataFolder, rounds: Number(rounds), writers: Number(writers), pauseMs: 2_000, say: (line) => console.log(line) });
console.log(JSON.stringify(report, null, 2));
if (report.broken.length === 0) rmSync(dataFolder, { recursive: true, force: true });
else console.log(`Kept for a look: ${dataFolder}`);
process.exitCode = report.broken.length === 0 ? 0 : 1;
