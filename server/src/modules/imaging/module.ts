import type { ModuleManifest } from '../../platform/module.ts';
import { studyChanged } from './archive/file-instances.ts';
import { holdArchive } from './archive/held-archive.ts';
import { openArchive } from './archive/open-archive.ts';
import { reportCommitments } from './dimse/report-commitments.ts';
import { addDicomwebRoutes } from './http-dicomweb.ts';
import { machineRoutes } from './http-machines.ts';

export const imaging: ModuleManifest = {
  name: 'imaging',
  owns: 'the images of every machine, byte for byte, and what is asked, said and shared of them',
  migrations: new URL('./migrations/', import.meta.url),
  routes: (app) => {
    machineRoutes(app);
    addDicomwebRoutes(app);
  },
  tells: [studyChanged],
  jobs: { 'report-commitments': { cron: '* * * * *', run: (work) => reportCommitments(work) } },
  start: async (house) => holdArchive(await openArchive(house)),
};
