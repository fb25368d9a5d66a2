// What index and search must agree on: the zone of partial dates and our own addresses. Set once at start, since rows of another zone would not be found.
import { forgetKnown } from './spellings.ts';
import { makeExtractor, zoneOf, type IndexEntry, type Resource, type Zone } from '@sen/fhir';

let zone: Zone = zoneOf('Asia/Ho_Chi_Minh');
let extract = makeExtractor(zone);

/**
 * Sets the zone in which partial dates are read, by IANA name, and the addresses of our FHIR endpoint, references below which are local.
 * Call before the first write or search.
 */
export function setIndexZone(name: string, bases: readonly string[] = []): void {
  zone = zoneOf(name);
  extract = makeExtractor(zone, bases);
  forgetKnown();
}

/** The zone in which partial dates are read. */
export function indexZone(): Zone {
  return zone;
}

/** What the index knows of a resource. */
export function indexOf(resource: Resource): IndexEntry {
  return extract(resource);
}
