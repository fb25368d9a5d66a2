// Signs of life of machines, written together every few seconds: a machine that sends a thousand images is not a thousand updates.
import type { MachineSign } from '@sen/dicom/net';
import type { House } from '../../../platform/module.ts';
import { plainAddress } from './machine.ts';
import { updateHeard, upsertRefused, type Heard, type Refused } from './machine-store.ts';

export interface SignBook {
  heard(sign: MachineSign): void;
  /** Writes what is not yet written, and no more after it. */
  close(): Promise<void>;
}

const everyMs = 3_000;
/** Callers with made-up titles must not fill the memory. */
const mostRefused = 500;

/** Keeps the book of a house. `fault` is told when the signs cannot be written; they are then lost, images are not. */
export function recordSigns(house: House, fault: (error: unknown) => void): SignBook {
  const lives = new Map<string, Heard>();
  const refusals = new Map<string, Refused>();
  let timer: NodeJS.Timeout | undefined;
  const write = async () => {
    timer = undefined;
    const [heard, refused] = [[...lives.values()], [...refusals.values()]];
    lives.clear();
    refusals.clear();
    const { db } = house.systemWork();
    if (heard.length > 0) await updateHeard(db, heard);
    if (refused.length > 0) await upsertRefused(db, refused);
  };
  return {
    heard: (sign) => {
      note(sign, house.systemWork().now, lives, refusals);
      timer ??= setTimeout(() => void write().catch(fault), everyMs);
    },
    close: async () => {
      clearTimeout(timer);
      await write().catch(fault);
    },
  };
}

function note(sign: MachineSign, at: number, lives: Map<string, Heard>, refusals: Map<string, Refused>): void {
  const { callingAe: aeTitle, address } = sign.peer;
  if (sign.kind === 'request') lives.set(aeTitle, { aeTitle, at, operation: sign.operation });
  if (sign.kind === 'associated') lives.set(aeTitle, { aeTitle, at, operation: lives.get(aeTitle)?.operation ?? 'associated' });
  if (sign.kind !== 'refused') return;
  const key = `${aeTitle} ${address}`;
  const before = refusals.get(key);
  if (before === undefined && refusals.size >= mostRefused) return;
  refusals.set(key, { aeTitle, address: plainAddress(address), because: sign.because, times: (before?.times ?? 0) + 1, at });
}
