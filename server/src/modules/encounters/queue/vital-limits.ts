// Which numbers can be vital signs at all, and which are rare at an age. Data: a hospital changes this table.
import type { VitalFinding, VitalSign, Vitals } from '@sen/contracts';

type Range = readonly [low: number, high: number];

/**
 * Outside of these nobody was alive or no bedside device shows it: a slip of the key. Chosen by us and wide on purpose (accidental hypothermia was survived
 * at 13 °C, but clinical thermometers end at 25 to 45 °C); no legal text sets them.
 */
const possible: Readonly<Record<VitalSign, Range>> = {
  pulse: [15, 320], systolic: [30, 320], diastolic: [10, 220], temperature: [25, 45], saturation: [20, 100], breaths: [2, 150], weight: [0.3, 400], height: [20, 260],
};

/** Weight and height that are rare from an age on (years): 55 kg typed for 5.5. Around the 0.1 and 99.9 percentiles of the WHO growth standards (2006) and reference (2007), wider; adults by us. */
const usual: readonly { readonly from: number; readonly weight: Range; readonly height: Range }[] = [
  { from: 18, weight: [28, 180], height: [120, 205] }, { from: 10, weight: [18, 120], height: [110, 200] }, { from: 5, weight: [10, 60], height: [85, 160] },
  { from: 1, weight: [5, 30], height: [60, 125] }, { from: 0, weight: [1.5, 15], height: [38, 88] },
];

const signs = Object.keys(possible) as VitalSign[];

/** What is wrong with measured numbers for an age in years (undefined: unknown). Diastolic is below systolic. */
export function vitalFindings(vitals: Vitals, ageYears: number | undefined): VitalFinding[] {
  const known = ageYears === undefined ? undefined : usual.find(({ from }) => ageYears >= from);
  return signs.flatMap((sign): VitalFinding[] => {
    const value = vitals[sign];
    if (value === undefined) return [];
    const [low, high] = sign === 'diastolic' ? [possible.diastolic[0], Math.min(possible.diastolic[1], (vitals.systolic ?? Infinity) - 1)] : possible[sign];
    if (value < low || value > high) return [{ sign, kind: 'impossible', low, high }];
    const range = sign === 'weight' || sign === 'height' ? known?.[sign] : undefined;
    return range !== undefined && (value < range[0] || value > range[1]) ? [{ sign, kind: 'unusual', low: range[0], high: range[1] }] : [];
  });
}
