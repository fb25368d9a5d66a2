import type { Chart } from '../chart.ts';
import type { People, Sex } from '../names.ts';
import type { InsuranceCode } from '../numbers.ts';
import type { Home, Province } from '../places.ts';

/** A person made by hand, so that screens and tests have someone to speak of. */
export interface Story {
  readonly id: string;
  readonly name: string;
  readonly sex: Sex;
  /** YYYY-MM-DD, or days before now for someone whose age is the story. */
  readonly born: string | number;
  readonly people?: People;
  readonly hospitalNumber?: string;
  readonly insurance: InsuranceCode;
  readonly province: Province;
  readonly home?: Home;
  readonly build?: { readonly height: number; readonly weight: number };
  readonly pressure?: { readonly systolic: number; readonly diastolic: number };
  readonly write: (chart: Chart) => void;
}
