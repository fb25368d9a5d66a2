// The hospital as it stands: its modules, from the ground up, in the order of order.ts.
import type { ModuleManifest } from './platform/module.ts';
import { encounters } from './modules/encounters/module.ts';
import { identity } from './modules/identity/module.ts';
import { record } from './modules/record/module.ts';
import { security } from './modules/security/module.ts';

export const hospital: readonly ModuleManifest[] = [security, record, identity, encounters];
