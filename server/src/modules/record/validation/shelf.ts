// The profiles that a house knows: found by canonical, with or without a version, and compiled on first use.
import { profileBook, type ProfileBook, type StructureDefinition } from '@sen/fhir';

export interface Shelf {
  readonly book: ProfileBook;
  /** Tells whether a profile is known, without compiling it. */
  knows(canonical: string): boolean;
  /** The type that a profile is for; undefined when it is not known. */
  typeOf(canonical: string): string | undefined;
}

/** Sets up a shelf. Of several definitions with one canonical and version the later in the list counts. */
export function shelfOf(definitions: readonly StructureDefinition[]): Shelf {
  const byCanonical = new Map<string, StructureDefinition>();
  for (const definition of definitions) {
    const { url, version } = definition;
    if (version !== undefined) byCanonical.set(`${url}|${version}`, definition);
    const other = byCanonical.get(url);
    if (other === undefined || compareVersions(version, other.version) >= 0) byCanonical.set(url, definition);
  }
  const source = (canonical: string): StructureDefinition | undefined => byCanonical.get(canonical);
  return { book: profileBook(source), knows: (canonical) => byCanonical.has(canonical), typeOf: (canonical) => source(canonical)?.type };
}

// A canonical without a version means the latest that is there (R4 references.html §2.3.0.2): 10.0.0 is later than 9.1.0.
const numeric = new Intl.Collator('en', { numeric: true });

function compareVersions(one: string | undefined, other: string | undefined): number {
  return numeric.compare(one ?? '', other ?? '');
}
