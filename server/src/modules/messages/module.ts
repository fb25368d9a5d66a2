import type { ModuleManifest } from '../../platform/module.ts';

export const messages: ModuleManifest = {
  name: 'messages',
  owns: 'to be said in one sentence, as in README.md',
  migrations: new URL('./migrations/', import.meta.url),
};
