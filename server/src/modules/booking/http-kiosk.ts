import * as contracts from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { bind } from '../../platform/route.ts';
import { checkInAtKiosk } from './kiosk/check-in-at-kiosk.ts';
import { checkInByNumber } from './kiosk/check-in-by-number.ts';
import { listDeskNumbers } from './kiosk/list-desk-numbers.ts';
import { readKiosk } from './kiosk/read-kiosk.ts';
import { serveDeskNumber } from './kiosk/serve-desk-number.ts';
import { takeDeskNumber } from './kiosk/take-desk-number.ts';

export function kioskRoutes(app: FastifyInstance): void {
  bind(app, contracts.readKiosk, (work) => readKiosk(work));
  bind(app, contracts.checkInByNumber, (work, typed) => checkInByNumber(work, typed));
  bind(app, contracts.checkInAtKiosk, (work, { scanned }) => checkInAtKiosk(work, scanned));
  bind(app, contracts.takeDeskNumber, (work, { help }) => takeDeskNumber(work, help));
  bind(app, contracts.listDeskNumbers, (work) => listDeskNumbers(work));
  bind(app, contracts.serveDeskNumber, (work, { id }) => serveDeskNumber(work, id));
}
