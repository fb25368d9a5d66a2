// `npm run sen -- import <files or folders>`: FHIR files into the record.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { recordAudit } from '../modules/security/index.ts';
import { readSettings } from '../platform/config.ts';
import { untilStopped } from '../start/until-stopped.ts';
import { withHouse } from '../start/with-house.ts';
import { findFiles, type SourceFile } from './import/find-files.ts';
import { importFiles, type ImportPlan } from './import/import-files.ts';
import { progressFolder } from './import/progress-log.ts';
import { showProgress } from './import/show-progress.ts';
import { summaryOf, writeReport } from './import/tell-report.ts';

const usage = `npm run sen -- import [tùy chọn / options] <tệp hoặc thư mục / files or folders>
  --report FILE            báo cáo JSON / JSON report (SEN_DATA/imports/report-<time>.json)
  --batch-size N           số tài nguyên một lô / resources a batch (300)
  --batches-in-flight N    số lô cùng lúc / batches at once (4)
  --max-document-mb N      JSON lớn nhất đọc một lần / largest JSON document read whole, at most 511 (256)
  --anew                   quên lần nhập dở dang / forget an interrupted import
`;

/** Imports files. Ends with 0 when all went in, 2 when something was refused, 1 for a wrong command, 130 when stopped by a person. */
export async function run(args: string[]): Promise<number> {
  const command = readCommand(args);
  const files = command && (await listed(command.names));
  if (command === undefined || files === undefined || files.length === 0) {
    process.stderr.write(usage);
    return 1;
  }
  const settings = readSettings(process.env);
  const stopping = new AbortController();
  void untilStopped().then(() => stopping.abort());
  const plan: ImportPlan = { ...command.plan, files, dataFolder: settings.data, stopped: stopping.signal };
  const shown = showProgress(process.stderr);
  const report = await withHouse(settings, async (house) => {
    await recordAudit(house.systemWork(), { kind: 'import', action: 'C', door: 'sen import', detail: { files: files.length } });
    return importFiles(house, plan, shown).finally(() => shown.stop());
  });
  const reportPath = command.report ?? join(progressFolder(settings.data), `report-${report.beganAt.replaceAll(/[:.]/g, '-')}.json`);
  writeReport(reportPath, report);
  process.stdout.write(`${summaryOf(report, reportPath).join('\n')}\n`);
  if (report.stopped) return 130;
  return report.refused + report.unreadable > 0 ? 2 : 0;
}

interface Command {
  readonly names: readonly string[];
  readonly report: string | undefined;
  readonly plan: Omit<ImportPlan, 'files' | 'dataFolder' | 'stopped'>;
}

function readCommand(args: string[]): Command | undefined {
  const text = { type: 'string' as const };
  const options = { report: text, 'batch-size': text, 'batches-in-flight': text, 'max-document-mb': text, anew: { type: 'boolean' as const } };
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const plan = {
      batchSize: wholeNumber(values['batch-size'], 300, 10_000),
      batchesInFlight: wholeNumber(values['batches-in-flight'], 4, 64),
      maxDocumentMb: wholeNumber(values['max-document-mb'], 256, 511),
      anew: values.anew === true,
    };
    return positionals.length === 0 ? undefined : { names: positionals, report: values.report, plan };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return undefined;
  }
}

function wholeNumber(text: string | undefined, fallback: number, most: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) throw new Error(`"${text}": 1 … ${most}`);
  return value;
}

async function listed(names: readonly string[]): Promise<SourceFile[] | undefined> {
  try {
    const files = await findFiles(names);
    if (files.length === 0) process.stderr.write('Không có tệp nào. / There is no file.\n');
    return files;
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    process.stderr.write(`${code === 'ENOENT' ? `Không tìm thấy / Not found: ${path}` : (error as Error).message}\n`);
    return undefined;
  }
}
