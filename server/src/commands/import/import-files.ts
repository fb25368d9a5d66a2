// All files of an import: surveyed, matched, stored, reported.
import type { House } from '../../platform/module.ts';
import type { SourceFile } from './find-files.ts';
import { openFlights } from './flights.ts';
import { importFile, type FileReport, type ImportOptions } from './import-file.ts';
import { matchCriteria } from './match-criteria.ts';
import { forgetProgress, openProgress, progressFolder } from './progress-log.ts';
import { surveyFiles } from './survey-files.ts';

export interface ImportPlan {
  readonly files: readonly SourceFile[];
  readonly batchSize: number;
  readonly batchesInFlight: number;
  readonly maxDocumentMb: number;
  /** Data folder in which an interrupted import is remembered. */
  readonly dataFolder: string;
  /** Starts anew even where an earlier run was interrupted. */
  readonly anew: boolean;
  /** Ends the import after the batches under way; the next run goes on from there. */
  readonly stopped?: AbortSignal;
}

/** Hears how the import goes on. */
export interface Listener {
  surveyed(resources: number): void;
  advance(resources: number): void;
}

export interface ImportReport {
  readonly beganAt: string;
  readonly seconds: number;
  readonly resources: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly resumed: number;
  readonly refused: number;
  readonly unreadable: number;
  /** True when a person stopped it before its end. */
  readonly stopped: boolean;
  /** CPU time of this process, without that of PostgreSQL. */
  readonly cpuMs: number;
  readonly files: readonly FileReport[];
}

/** Imports files into the record. Safe to run twice; after a kill it goes on where it was. Throws when the database is lost. */
export async function importFiles(house: House, plan: ImportPlan, listener: Listener): Promise<ImportReport> {
  const began = Date.now();
  const cpu = process.cpuUsage();
  const folder = progressFolder(plan.dataFolder);
  const target = house.settings.databaseUrl;
  if (plan.anew) forgetProgress(folder, plan.files, target, plan.batchSize);
  const survey = await surveyFiles(plan.files, plan.maxDocumentMb);
  listener.surveyed(survey.resources);
  const matches = await matchCriteria(house.systemWork(), survey.criteria);
  const flights = openFlights(plan.batchesInFlight);
  const options: ImportOptions = {
    batchSize: plan.batchSize,
    maxDocumentMb: plan.maxDocumentMb,
    work: () => house.systemWork(),
    match: (criteria: string) => matches.get(criteria) ?? 'none',
    advance: (resources: number) => listener.advance(resources),
    isStopped: () => plan.stopped?.aborted === true,
  };
  const reports: FileReport[] = [];
  try {
    for (const file of plan.files) {
      if (options.isStopped()) break;
      reports.push(await importFile(file, openProgress(folder, file, target, plan.batchSize), flights, options));
    }
  } finally {
    await flights.landed();
  }
  if (!options.isStopped()) {
    forgetProgress(folder, plan.files, target, plan.batchSize);
    await house.database.query({ text: 'ANALYZE' }); // without statistics the first searches would choose wrong plans
  }
  return sumUp(reports, began, process.cpuUsage(cpu), options.isStopped());
}

function sumUp(files: readonly FileReport[], began: number, cpu: NodeJS.CpuUsage, stopped: boolean): ImportReport {
  const sum = (of: (report: FileReport) => number) => files.reduce((total, report) => total + of(report), 0);
  return {
    beganAt: new Date(began).toISOString(),
    seconds: (Date.now() - began) / 1000,
    resources: sum((report) => report.resources),
    created: sum((report) => report.created),
    updated: sum((report) => report.updated),
    unchanged: sum((report) => report.unchanged),
    skipped: sum((report) => report.skipped),
    resumed: sum((report) => report.resumed),
    refused: sum((report) => report.refused.length),
    unreadable: sum((report) => (report.unreadable === undefined ? 0 : 1)),
    stopped,
    cpuMs: (cpu.user + cpu.system) / 1000,
    files,
  };
}
