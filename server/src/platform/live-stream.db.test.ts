// The stream of an open screen: what a slow reader is told, and when it ends.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { tellLive } from './live.ts';
import { countLiveStreams, openLiveStream } from './live-stream.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(async () => db.close());

const topics = Array.from({ length: 40 }, (_, i) => `room/${'x'.repeat(70)}-${i}`);
const all = new Map(topics.map((topic) => [topic, [topic]]));

async function listening(): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await db.database.query<{ count: string }>({ text: `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'` });
    expect(Number(rows[0]!.count)).toBeGreaterThan(0);
  }, 5_000);
}

describe('a screen that follows', () => {
  it('is told each topic once, however often it changed while the reader was slow', async () => {
    const stream = (await openLiveStream({ database: db.database, follow: async () => all }))!;
    await listening();
    await tellLive(db.work(), ...topics); // fills the buffer of 4 KiB, which nobody reads yet
    await vi.waitFor(() => expect(stream.readableLength).toBeGreaterThan(3_500), 5_000);
    for (let i = 0; i < 50; i++) await tellLive(db.work(), ...topics);
    await vi.waitFor(() => expect(stream.readableLength).toBeLessThan(10_000), 5_000);
    let text = '';
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
    await tellLive(db.work(), ...topics);
    await vi.waitFor(() => expect(countOf(text, `data: ${topics[39]}\n`)).toBeGreaterThanOrEqual(2), 5_000);
    for (const topic of topics) expect(countOf(text, `data: ${topic}\n`)).toBeLessThanOrEqual(4);
    stream.destroy();
  });

  it('ends by itself when nobody reads for two heartbeats', async () => {
    const stream = (await openLiveStream({ database: db.database, follow: async () => all, heartbeatMs: 40 }))!;
    await vi.waitFor(async () => {
      await tellLive(db.work(), ...topics);
      expect(stream.destroyed).toBe(true);
    }, 10_000);
    expect(countLiveStreams(db.database)).toBe(0);
  });

  it('says that it ends when the right to it is over, and hears nothing more', async () => {
    let allowed = true;
    const stream = (await openLiveStream({ database: db.database, follow: async () => (allowed ? all : undefined), heartbeatMs: 50 }))!;
    let text = '';
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
    allowed = false;
    await vi.waitFor(() => expect(stream.destroyed).toBe(true), 5_000);
    expect(text.endsWith('event: ended\ndata:\n\n')).toBe(true);
    expect(countLiveStreams(db.database)).toBe(0);
  });

  it('is refused to whom no topic may be told', async () => {
    expect(await openLiveStream({ database: db.database, follow: async () => undefined })).toBeUndefined();
  });
});

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}
