// The demo hospital, loaded on the first start: once, whole, and begun again when a kill interrupted it.
import type { Resource } from '@sen/fhir';
import { ensureDemoAppointments, ensureDemoSchedules } from '../modules/booking/index.ts';
import { importResources, searchResources } from '../modules/record/index.ts';
import { ensureDemoAccounts } from '../modules/security/index.ts';
import type { House } from '../platform/module.ts';
import type { RefusalText } from '../platform/refusal.ts';
import { refuseWhenStopped } from './stopped.ts';

const DEMO_SEED = 20_260_302;
// Enough for a list that scrolls and a search that must choose; few enough that the first start stays short.
const DEMO_PATIENTS = 60;
const BATCHES_AT_ONCE = 3;

interface Milestone {
  readonly state: 'begun' | 'done' | 'declined';
  /** Instant the generator took as today: a load begun again must make the same patients. */
  readonly at: string;
}

/** Loads the demo hospital when this is the first start, the settings want it and the record is empty. */
export async function loadDemo(house: House, say: (text: RefusalText) => void, stopped: AbortSignal): Promise<void> {
  const before = await readMilestone(house);
  if (before !== undefined && before.state !== 'begun') return;
  if (before === undefined && (!house.settings.demo || !(await recordIsEmpty(house)))) return writeMilestone(house, 'declined', house.systemWork().now);
  const at = before === undefined ? house.systemWork().now : Number(before.at);
  await writeMilestone(house, 'begun', at);
  say({ vi: 'Lần khởi động đầu tiên: đang nạp bệnh viện mẫu…', en: 'First start: loading the demo hospital…' });
  const began = Date.now();
  const count = await importAll(house, at, say, stopped);
  await ensureDemoAccounts(house.systemWork(), 'sen-hong'); // the main facility of @sen/demo
  await ensureDemoSchedules(house.systemWork());
  await ensureDemoAppointments(house.systemWork());
  await house.database.query({ text: 'ANALYZE' }); // without statistics the first searches would choose wrong plans
  await writeMilestone(house, 'done', at);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  say({ vi: `Đã nạp ${count} tài nguyên trong ${seconds} giây.`, en: `Loaded ${count} resources in ${seconds} seconds.` });
}

/** Generates while earlier batches are stored. A reference may for a moment point to a batch still on its way: nobody reads yet. */
async function importAll(house: House, at: number, say: (text: RefusalText) => void, stopped: AbortSignal): Promise<number> {
  const { generateHospital } = await import('@sen/demo'); // needed once in the life of a house: later starts do not pay for it
  const flying = new Set<Promise<void>>();
  let count = 0;
  let toldAt = Date.now();
  for (const batch of generateHospital({ seed: DEMO_SEED, now: at, patients: DEMO_PATIENTS })) {
    refuseWhenStopped(stopped);
    const flight = storeBatch(house, batch).finally(() => flying.delete(flight));
    flight.catch(() => undefined); // told by the race or the wait below
    flying.add(flight);
    if (flying.size >= BATCHES_AT_ONCE) await Promise.race(flying);
    count += batch.length;
    if (Date.now() - toldAt < 5_000) continue;
    toldAt = Date.now();
    say({ vi: `… ${count} tài nguyên`, en: `… ${count} resources` });
  }
  await Promise.all(flying);
  return count;
}

async function storeBatch(house: House, batch: Resource[]): Promise<void> {
  const refused = (await importResources(house.systemWork(), batch)).find((result) => result.outcome === 'refused');
  if (refused !== undefined) throw new Error(`the demo hospital made a ${refused.type} that the record refuses: ${JSON.stringify(refused.issues)}`);
}

async function recordIsEmpty(house: House): Promise<boolean> {
  const { resources } = await searchResources(house.systemWork(), 'Patient', '_count=1&_elements=id');
  return resources.length === 0;
}

async function readMilestone(house: House): Promise<Milestone | undefined> {
  const { rows } = await house.database.query<Milestone>({ text: "SELECT state, at::text FROM sen.milestone WHERE name = 'demo'" });
  return rows[0];
}

async function writeMilestone(house: House, state: Milestone['state'], at: number): Promise<void> {
  const text = "INSERT INTO sen.milestone (name, state, at) VALUES ('demo', $1, $2) ON CONFLICT (name) DO UPDATE SET state = excluded.state, at = excluded.at";
  await house.database.query({ text, values: [state, at] });
}
