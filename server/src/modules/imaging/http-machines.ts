// Routes of the list of machines.
import { echoMachine as echoContract, listMachines as listContract, removeMachine as removeContract, saveMachine as saveContract } from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { bind } from '../../platform/route.ts';
import { echoMachine, listMachines, removeMachine, saveMachine } from './machines/save-machine.ts';

export function machineRoutes(app: FastifyInstance): void {
  bind(app, listContract, (work) => listMachines(work));
  bind(app, saveContract, (work, input) => saveMachine(work, input));
  bind(app, removeContract, (work, { aeTitle }) => removeMachine(work, aeTitle));
  bind(app, echoContract, (work, { aeTitle }) => echoMachine(work, aeTitle));
}
