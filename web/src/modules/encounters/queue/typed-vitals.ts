// What a nurse types, as numbers: a comma or a point, blood pressure as `120/80`.
import type { Consciousness, Vitals } from '@sen/contracts';

const plain = ['pulse', 'temperature', 'saturation', 'breaths', 'weight', 'height'] as const;
export type TypedSign = (typeof plain)[number] | 'pressure';
export type TypedVitals = Readonly<Record<TypedSign, string>> & { readonly consciousness: Consciousness | ''; readonly onOxygen: boolean };

export const nothingTyped: TypedVitals = { pressure: '', pulse: '', temperature: '', saturation: '', breaths: '', weight: '', height: '', consciousness: '', onOxygen: false };

/** The vital signs so far, and the fields that hold something else than a number. */
export function vitalsOf(typed: TypedVitals): { readonly vitals: Vitals; readonly wrong: readonly TypedSign[] } {
  const vitals: Vitals = {};
  const wrong: TypedSign[] = [];
  for (const sign of plain) {
    const value = numberIn(typed[sign]);
    if (Number.isNaN(value)) wrong.push(sign);
    else if (value !== undefined) vitals[sign] = value;
  }
  const pressure = /^\s*(\d{1,3})\s*[/\s.-]\s*(\d{1,3})\s*$/.exec(typed.pressure);
  if (pressure !== null) Object.assign(vitals, { systolic: Number(pressure[1]), diastolic: Number(pressure[2]) });
  else if (typed.pressure.trim() !== '') wrong.push('pressure');
  if (typed.consciousness !== '') vitals.consciousness = typed.consciousness;
  if (typed.onOxygen) vitals.onOxygen = true;
  return { vitals, wrong };
}

/** Undefined: nothing typed; NaN: not a number. */
function numberIn(text: string): number | undefined {
  const bare = text.trim();
  if (bare === '') return undefined;
  return /^\d+(?:[.,]\d+)?$/.test(bare) ? Number(bare.replace(',', '.')) : Number.NaN;
}
