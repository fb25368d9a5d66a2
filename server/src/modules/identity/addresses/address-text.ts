// Addresses as cards print them, in the two levels of today; provinces of before 2025-07-01 lead to those that took them up (resolution 202/2025/QH15).
import type { FoundPlace, HomeAddress } from '@sen/contracts';
import { birthProvinces, provincesNow } from '@sen/vietnam/cards';
import { fold } from '../fhir-fold.ts';

const kinds = /^(?:thanh pho|tinh|tp\.?|t\.) ?/;
const bare = (name: string): string => fold(name).replace(kinds, '');

interface Province {
  readonly code: string;
  readonly name: string;
  readonly former?: string;
}

const provinces: readonly Province[] = [
  ...[...provincesNow].map(([code, name]) => ({ code, name })),
  ...[...birthProvinces.values()].map(({ name, now }) => ({ code: now, name: provincesNow.get(now) ?? '', former: name })),
];
const byName = new Map([...provinces].reverse().map((one) => [bare(one.former ?? one.name), one]));

/** Provinces whose name of today or of before begins with what is typed. */
export function provincesLike(typed: string): FoundPlace[] {
  const asked = bare(typed.trim());
  const found = provinces.filter(({ name, former }) => bare(former ?? name).startsWith(asked) && former !== name);
  return found.map(({ code, name, former }) => ({ province: name, provinceCode: code, ...(former !== undefined && { foundBy: former }) }));
}

/** Reads a printed address from its end: province, commune; with a district, or a province that is no more, it is kept as the former one. */
export function addressOf(text: string): HomeAddress | undefined {
  const parts = text.split(',').map((part) => part.trim()).filter((part) => part !== '');
  const province = byName.get(bare(parts.at(-1) ?? ''));
  if (province === undefined) return parts.length === 0 ? undefined : { line: text };
  const rest = parts.slice(0, -1);
  const home = { province: province.name, provinceCode: province.code };
  // three levels: the district at the end is of before, and the commune may have been merged: only the province is sure
  const old = province.former !== undefined && province.former !== province.name;
  if (old || /^(?:quan|huyen|thi xa|thanh pho|q\.|h\.|tx\.?|tp\.?) /.test(fold(rest.at(-1) ?? '')) || rest.length >= 4) return { ...home, former: text };
  if (rest.length === 0) return home;
  const commune = rest.at(-1) ?? '';
  const line = rest.slice(0, -1).join(', ');
  return { ...home, commune, ...(line !== '' && { line }) };
}
