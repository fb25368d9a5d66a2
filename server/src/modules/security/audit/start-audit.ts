// The audit of a running house: its journal, and the loop that moves it into the chain and anchors the chain outside.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { faultFields, openLog, type Log } from '../../../platform/log.ts';
import type { House } from '../../../platform/module.ts';
import { moveJournal, moveLeftJournals, removeJournal } from './move-journal.ts';
import { auditOf, keepAudit } from './open-audits.ts';
import { openJournal, type Journal } from './open-journal.ts';
import { sendAnchors, writeAnchor } from './write-anchor.ts';

const everyMs = 1_000;
/** How often journals are looked for that others have left behind. */
const leftEveryMs = 60_000;

/** Opens the journal, moves what an earlier process left, and goes on moving until stopped. */
export async function startAudit(house: House): Promise<() => Promise<void>> {
  const log = openLog(house.settings.logLevel);
  const folder = join(house.settings.data, 'audit', 'journal');
  const journal = await openJournal(folder);
  let moving: Promise<unknown> = Promise.resolve();
  // One after the other: two at once would read the same lines for nothing.
  const settle = async () => {
    const mine = moving.then(() => moveJournal(house.systemWork(), journal));
    moving = mine.catch(() => undefined);
    await mine;
  };
  keepAudit(house.database, { journal, settle });
  await moveLeftJournals(house.systemWork(), folder, unreadTo(log));
  const stop = new AbortController();
  const running = run({ house, journal, log, settle, stopped: stop.signal });
  return async () => {
    stop.abort();
    await running;
    await end(house, journal, settle).catch((error: unknown) => log.warn('the journal of the audit stays for the next start', { module: 'security', ...faultFields(error) }));
    if (auditOf(house.database)?.journal === journal) keepAudit(house.database, undefined);
    log.flush();
  };
}

interface Running {
  readonly house: House;
  readonly journal: Journal;
  readonly log: Log;
  readonly settle: () => Promise<void>;
  readonly stopped: AbortSignal;
}

async function run({ house, journal, log, settle, stopped }: Running): Promise<void> {
  const anchorEveryMs = house.settings.auditAnchorMinutes * 60_000;
  let anchoredAt = 0;
  let lookedAt = performance.now();
  while (!stopped.aborted) {
    try {
      await pause(everyMs, undefined, { signal: stopped, ref: false }).catch(() => undefined);
      if (stopped.aborted) return;
      await settle();
      const now = performance.now();
      if (now - lookedAt > leftEveryMs) {
        lookedAt = now;
        await moveLeftJournals(house.systemWork(), journal.folder, unreadTo(log));
      }
      if (anchoredAt === 0 || now - anchoredAt > anchorEveryMs) {
        anchoredAt = now;
        await anchor(house);
      }
    } catch (error) {
      log.warn('the audit waits in its journal', { module: 'security', ...faultFields(error) });
      await pause(1_000, undefined, { signal: stopped, ref: false }).catch(() => undefined);
    }
  }
}

function unreadTo(log: Log): (error: unknown) => void {
  return (error) => log.warn('a journal that another process left waits', { module: 'security', ...faultFields(error) });
}

async function anchor(house: House): Promise<void> {
  await writeAnchor(house.systemWork(), house.settings);
  await sendAnchors(house.systemWork(), house.settings);
}

async function end(house: House, journal: Journal, settle: () => Promise<void>): Promise<void> {
  await journal.close();
  await settle();
  await removeJournal(house.systemWork(), journal.folder, journal.name);
  await writeAnchor(house.systemWork(), house.settings);
}
