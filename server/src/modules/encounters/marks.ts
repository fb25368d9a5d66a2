// Is a result out of range? Pure. What the laboratory said (interpretation) comes before what the numbers say.
import type { Band, Mark } from '@sen/contracts';

// HL7 v3 ObservationInterpretation, as bound by R4 Observation.interpretation.
const said: Readonly<Record<string, Mark>> = {
  LL: 'critical-low', HH: 'critical-high', AA: 'abnormal', A: 'abnormal',
  L: 'low', LU: 'low', '<': 'low', H: 'high', HU: 'high', '>': 'high', N: 'normal',
};

/** Tells the mark of a value from the laboratory's word, else from its reference range; undefined when neither speaks. */
export function markOf(interpretations: readonly string[], value: number | undefined, band: Band | undefined): Mark | undefined {
  const word = interpretations.map((code) => said[code]).find((mark) => mark !== undefined);
  if (word !== undefined) return word;
  if (value === undefined || band === undefined || (band.low === undefined && band.high === undefined)) return undefined;
  if (band.low !== undefined && value < band.low) return 'low';
  if (band.high !== undefined && value > band.high) return 'high';
  return 'normal';
}

export function isOutOfRange(mark: Mark | undefined): boolean {
  return mark !== undefined && mark !== 'normal';
}

export function isCritical(mark: Mark | undefined): boolean {
  return mark === 'critical-low' || mark === 'critical-high';
}

const severity: Readonly<Record<Mark, number>> = { normal: 0, abnormal: 1, low: 1, high: 1, 'critical-low': 2, 'critical-high': 2 };

/** The worse of two marks. */
export function worse(a: Mark | undefined, b: Mark | undefined): Mark | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return severity[b] > severity[a] ? b : a;
}
