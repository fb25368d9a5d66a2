import type { ModuleManifest } from '../../platform/module.ts';
import { identityRoutes } from './http.ts';

export const identity: ModuleManifest = {
  name: 'identity',
  owns: 'who a patient is: finding people, and the facts that tell two people apart',
  routes: identityRoutes,
};
