// What published rules suggest from vital signs. They only ever suggest: the nurse decides, and says why when it is for later than they ask.
import type { PriorityClass, TriageSuggestion, Vitals } from '@sen/contracts';

type Reason = TriageSuggestion['reasons'][number];
/** Upper ends of bands with their points, last band without end. */
type Bands = readonly (readonly [upTo: number, points: number])[];

/** Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017, chart 1; SpO₂ scale 1. From 16 years on, not in pregnancy. */
const news2Bands = {
  breaths: [[8, 3], [11, 1], [20, 0], [24, 2], [Infinity, 3]], saturation: [[91, 3], [93, 2], [95, 1], [Infinity, 0]], systolic: [[90, 3], [100, 2], [110, 1], [219, 0], [Infinity, 3]],
  pulse: [[40, 3], [50, 1], [90, 0], [110, 1], [130, 2], [Infinity, 3]], temperature: [[35, 3], [36, 1], [38, 0], [39, 1], [Infinity, 2]],
} as const satisfies Partial<Record<keyof Vitals, Bands>>;
const oxygenPoints = 2;
const notAlertPoints = 3;
/** Chart 3: 7 and more is an emergency response, 5 and 6, or 3 in one sign, an urgent one. */
const emergencyScore = 7;
const urgentScore = 5;
const urgentSign = 3;

const rules = {
  news2: { rule: { vi: 'Thang điểm cảnh báo sớm NEWS2', en: 'Early warning score NEWS2' }, source: 'Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017' },
  child: { rule: { vi: 'Dấu hiệu nguy hiểm ở trẻ (WHO)', en: 'Danger signs in children (WHO)' }, source: 'WHO, Integrated Management of Childhood Illness: Chart booklet, 2014; WHO, Managing possible serious bacterial infection in young infants, 2015' },
  pregnancy: { rule: { vi: 'Tăng huyết áp nặng trong thai kỳ (WHO)', en: 'Severe hypertension in pregnancy (WHO)' }, source: 'WHO recommendations: Drug treatment for severe hypertension in pregnancy, 2018' },
  unknown: { rule: { vi: 'Không có thang điểm cho tuổi này', en: 'No score for this age' }, source: '' },
} as const;

export interface Measured {
  readonly vitals: Vitals;
  /** Undefined: unknown, then nothing is suggested. */
  readonly ageYears: number | undefined;
  readonly pregnant: boolean;
}

/** Judges what was measured; undefined when nothing was that a rule looks at. */
export function suggestionOf({ vitals, ageYears, pregnant }: Measured): TriageSuggestion | undefined {
  const hasSigns = Object.entries(vitals).some(([sign, value]) => sign !== 'weight' && sign !== 'height' && value !== undefined && value !== false);
  if (!hasSigns) return undefined;
  if (pregnant) return byPregnancy(vitals);
  if (ageYears === undefined) return { ...rules.unknown, complete: false, reasons: [] };
  return ageYears >= 16 ? byNews2(vitals) : byChild(vitals, ageYears);
}

/** Whether one class is later than another. */
export function isLater(one: PriorityClass, than: PriorityClass): boolean {
  const order: readonly PriorityClass[] = ['emergency', 'urgent', 'priority', 'normal'];
  return order.indexOf(one) > order.indexOf(than);
}

function byNews2(vitals: Vitals): TriageSuggestion {
  const scored = (Object.keys(news2Bands) as (keyof typeof news2Bands)[]).flatMap((sign): Reason[] => {
    const value = vitals[sign];
    return value === undefined ? [] : [{ sign, value: String(value), points: pointsOf(news2Bands[sign], value) }];
  });
  if (vitals.consciousness !== undefined) scored.push({ sign: 'consciousness', value: vitals.consciousness, points: vitals.consciousness === 'alert' ? 0 : notAlertPoints });
  if (vitals.onOxygen === true) scored.push({ sign: 'onOxygen', value: 'true', points: oxygenPoints });
  const score = scored.reduce((sum, { points = 0 }) => sum + points, 0);
  const isUrgent = score >= urgentScore || scored.some(({ points = 0 }) => points >= urgentSign);
  const asked = score >= emergencyScore ? 'emergency' : isUrgent ? 'urgent' : undefined;
  const complete = scored.filter(({ sign }) => sign !== 'onOxygen').length === Object.keys(news2Bands).length + 1;
  return { ...rules.news2, score, complete, reasons: scored.filter(({ points = 0 }) => points > 0), ...(asked !== undefined && { class: asked }) };
}

/** The points of the first band that a value, as exact as it is shown, does not exceed. */
function pointsOf(bands: Bands, value: number): number {
  return bands.find(([upTo]) => Math.round(value * 10) / 10 <= upTo)?.[1] ?? 0;
}

/** Fast breathing by age: 60 below 2 months, 50 below 12 months, 40 below 5 years. */
const fastBreaths: readonly (readonly [belowYears: number, from: number])[] = [[2 / 12, 60], [1, 50], [5, 40]];
const youngInfantYears = 2 / 12;

function byChild(vitals: Vitals, age: number): TriageSuggestion {
  const { breaths, saturation, temperature, consciousness } = vitals;
  const fast = fastBreaths.find(([below]) => age < below)?.[1];
  const reasons: Reason[] = [];
  if (saturation !== undefined && saturation < 90) reasons.push({ sign: 'saturation', value: String(saturation) });
  if (consciousness !== undefined && consciousness !== 'alert') reasons.push({ sign: 'consciousness', value: consciousness });
  const isEmergency = reasons.length > 0;
  if (fast !== undefined && breaths !== undefined && breaths >= fast) reasons.push({ sign: 'breaths', value: String(breaths) });
  if (age < youngInfantYears && temperature !== undefined && (temperature >= 38 || temperature < 35.5)) reasons.push({ sign: 'temperature', value: String(temperature) });
  const complete = saturation !== undefined && consciousness !== undefined && (fast === undefined || breaths !== undefined) && (age >= youngInfantYears || temperature !== undefined);
  return { ...rules.child, complete, reasons, ...(reasons.length > 0 && { class: isEmergency ? 'emergency' : 'urgent' }) };
}

function byPregnancy({ systolic, diastolic, consciousness }: Vitals): TriageSuggestion {
  const reasons: Reason[] = [];
  if (systolic !== undefined && systolic >= 160) reasons.push({ sign: 'systolic', value: String(systolic) });
  if (diastolic !== undefined && diastolic >= 110) reasons.push({ sign: 'diastolic', value: String(diastolic) });
  if (consciousness !== undefined && consciousness !== 'alert') reasons.push({ sign: 'consciousness', value: consciousness });
  return { ...rules.pregnancy, complete: systolic !== undefined && diastolic !== undefined, reasons, ...(reasons.length > 0 && { class: reasons.some(({ sign }) => sign === 'consciousness') ? 'emergency' : 'urgent' }) };
}
