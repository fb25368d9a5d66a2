// The front door: the command line exports by the same steps.
export { exportToFolder, type ExportProgress } from './export-to-folder.ts';
