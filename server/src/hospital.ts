// The hospital as it stands: its modules, from the ground up, in the order of order.ts.
import type { ModuleManifest } from './platform/module.ts';
import { booking } from './modules/booking/module.ts';
import { bulk } from './modules/bulk/module.ts';
import { catalogue } from './modules/catalogue/module.ts';
import { encounters } from './modules/encounters/module.ts';
import { identity } from './modules/identity/module.ts';
import { imaging } from './modules/imaging/module.ts';
import { messages } from './modules/messages/module.ts';
import { record } from './modules/record/module.ts';
import { security } from './modules/security/module.ts';
import { subscriptions } from './modules/subscriptions/module.ts';
import { terminology } from './modules/terminology/module.ts';

export const hospital: readonly ModuleManifest[] = [
  security,
  terminology,
  record,
  bulk,
  subscriptions,
  catalogue,
  identity,
  messages,
  encounters,
  booking,
  imaging,
];
