import type { ModuleManifest } from '../../platform/module.ts';

export const catalogue: ModuleManifest = {
  name: 'catalogue',
  owns: 'the official code lists, each edition with the days on which it holds',
};
