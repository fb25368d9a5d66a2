// Places as one types: provinces of today and before; communes where the official list is loaded (`npm run sen -- import-codes`).
import type { FoundPlace } from '@sen/contracts';
import { codeSystems } from '@sen/vietnam';
import { provincesNow } from '@sen/vietnam/cards';
import type { Work } from '../../../platform/work.ts';
import { findConcepts } from '../../terminology/index.ts';
import { provincesLike } from './address-text.ts';

const shown = 20;

/** Gives at most 20, provinces first. */
export async function findAddresses(work: Work, typed: string): Promise<{ places: FoundPlace[] }> {
  const communes = await findConcepts(work.db, codeSystems.communes, typed, shown);
  const places = communes.flatMap(({ code, display, properties }): FoundPlace[] => {
    const provinceCode = String(properties['tinh'] ?? '');
    const province = provincesNow.get(provinceCode);
    return province === undefined ? [] : [{ province, provinceCode, commune: display, communeCode: code }];
  });
  return { places: [...provincesLike(typed), ...places].slice(0, shown) };
}
