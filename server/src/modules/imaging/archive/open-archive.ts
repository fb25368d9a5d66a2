import { randomUUID } from 'node:crypto';
import { objectsFolder, openBlobs } from '../../../platform/blobs.ts';
import type { House } from '../../../platform/module.ts';
import { heldKeyring } from '../../../platform/seal.ts';
import { insertQuarantined } from './archive-store.ts';
import { instanceFiler } from './file-instances.ts';
import type { Archive } from './receive-instance.ts';

/** Opens the archive of a house: its objects and whoever files them. */
export async function openArchive(house: House): Promise<Archive> {
  const blobs = await openBlobs(objectsFolder(house.settings), heldKeyring());
  return {
    blobs, maxBytes: mostBytes,
    file: instanceFiler(() => house.systemWork()),
    quarantine: async (what) => {
      const { db, now } = house.systemWork();
      await insertQuarantined(db, randomUUID(), what, now);
    },
  };
}

/** A whole-slide image or a long cine is some gigabytes; what is larger is no image. */
const mostBytes = 16 * 1024 ** 3;
