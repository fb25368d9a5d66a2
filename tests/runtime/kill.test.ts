import { describe, expect, it } from 'vitest';
import { killInRounds } from '../../tools/kill/kill-rounds.ts';
import { temporaryDataFolder } from '../support/program.ts';

describe('kill -9 under write load', () => {
  it('loses nothing that was acknowledged and leaves nothing half written', { timeout: 240_000 }, async () => {
    const data = temporaryDataFolder();
    try {
      const report = await killInRounds({ dataFolder: data.path, rounds: 4, writers: 3, pauseMs: 800, say: () => undefined });
      expect(report.broken).toEqual([]);
      expect(report.kills).toEqual({ server: 1, postgres: 1, both: 1, backend: 1 });
      expect(report.acknowledgedUpdates).toBeGreaterThan(20);
      expect(report.acknowledgedBundles).toBeGreaterThan(0);
    } finally {
      await data.remove();
    }
  });
});
