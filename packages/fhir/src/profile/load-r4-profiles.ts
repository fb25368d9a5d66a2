import type { StructureDefinition } from './definition.ts';

let loaded: Promise<readonly StructureDefinition[]> | undefined;

/** Loads the profiles and extensions that R4 itself publishes (vital signs, SimpleQuantity …), on first use: they are half a megabyte. */
export function loadR4Profiles(): Promise<readonly StructureDefinition[]> {
  loaded ??= import('./r4-profiles.gen.ts').then(({ r4Profiles }) => r4Profiles.map((text) => JSON.parse(text) as StructureDefinition));
  return loaded;
}
