import type { ModuleManifest } from '../../platform/module.ts';
import { telephoneRoutes } from './telephone/http-telephone.ts';

export const booking: ModuleManifest = {
  name: 'booking',
  owns: 'to be said in one sentence, as in README.md',
  routes: (app, house) => {
    telephoneRoutes(app, house);
  },
  migrations: new URL('./migrations/', import.meta.url),
};
