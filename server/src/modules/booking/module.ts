import type { ModuleManifest } from '../../platform/module.ts';

export const booking: ModuleManifest = {
  name: 'booking',
  owns: 'to be said in one sentence, as in README.md',
  migrations: new URL('./migrations/', import.meta.url),
};
