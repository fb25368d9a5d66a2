// The outcome of an import: a summary for the screen, everything in a JSON file.
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { ImportReport } from './import-files.ts';
import type { FileReport } from './import-file.ts';

const refusalsShown = 5;

/** Writes the whole report as JSON. */
export function writeReport(path: string, report: ImportReport): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(report, undefined, 2)}\n`);
}

/** The summary, line by line: totals, then each file with refusals, its first ones in words. */
export function summaryOf(report: ImportReport, reportPath: string): string[] {
  const { resources, created, updated, unchanged, skipped, resumed, refused, seconds } = report;
  const rate = Math.round((resources - resumed) / Math.max(0.001, seconds));
  const troubled = report.files.filter((file) => file.refused.length > 0 || file.unreadable !== undefined);
  return [
    `${report.files.length} tệp, ${resources} tài nguyên, ${seconds.toFixed(1)} s (${rate}/s): ${created} mới, ${updated} cập nhật, ${unchanged} không đổi, ${refused} bị từ chối.`,
    `${report.files.length} files, ${resources} resources, ${seconds.toFixed(1)} s (${rate}/s): ${created} created, ${updated} updated, ${unchanged} unchanged, ${refused} refused.`,
    ...(report.stopped ? ['Đã dừng giữa chừng; chạy lại lệnh này để tiếp tục. / Stopped before the end; run the same command again to go on.'] : []),
    ...(resumed > 0 ? [`Tiếp tục lần nhập dở dang: ${resumed} đã có. / Went on with an interrupted import: ${resumed} were there already.`] : []),
    ...(skipped > 0 ? [`Bỏ qua ${skipped} mục không cần ghi. / Skipped ${skipped} entries with nothing to store.`] : []),
    ...troubled.flatMap(troubleOf),
    `Báo cáo đầy đủ / Full report: ${reportPath}`,
  ];
}

function troubleOf(file: FileReport): string[] {
  const name = basename(file.path);
  const refusals = file.refused.slice(0, refusalsShown).map(({ position, type, id, issues }) => {
    const what = type === undefined ? '' : ` ${type}${id === undefined ? '' : `/${id}`}`;
    const why = issues.map((issue) => `${issue.expression === undefined ? '' : `${issue.expression}: `}${issue.diagnostics}`).join(' ');
    return `    ${position}${what}: ${why.slice(0, 300)}`;
  });
  const more = file.refused.length - refusals.length;
  return [
    `  ${name}: ${file.refused.length} bị từ chối / refused${file.unreadable === undefined ? '' : `; không đọc hết được / not read to its end: ${file.unreadable}`}`,
    ...refusals,
    ...(more > 0 ? [`    … ${more}`] : []),
  ];
}
