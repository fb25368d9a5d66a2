import type { ModuleManifest } from '../../platform/module.ts';
import { studyChanged } from './archive/file-instances.ts';

export const imaging: ModuleManifest = {
  name: 'imaging',
  owns: 'the images of every machine, byte for byte, and what is asked, said and shared of them',
  migrations: new URL('./migrations/', import.meta.url),
  tells: [studyChanged],
};
