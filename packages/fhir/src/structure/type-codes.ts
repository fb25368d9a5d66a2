// The number of each resource type in the store. Frozen: R4 has these types and no others, so their alphabetical place is their number for ever.
import { resourceTypes } from './structure.ts';

const codes = new Map(resourceTypes.map((type, index) => [type, index + 1]));

/** The store's number of a resource type (1 Account … 146 VisionPrescription); throws for what is no R4 type. */
export function typeCode(type: string): number {
  const code = codes.get(type);
  if (code === undefined) throw new Error(`no R4 resource type: ${type}`);
  return code;
}

/** The resource type of a number. */
export function typeOfCode(code: number): string {
  const type = resourceTypes[code - 1];
  if (type === undefined) throw new Error(`no R4 resource type has number ${code}`);
  return type;
}
