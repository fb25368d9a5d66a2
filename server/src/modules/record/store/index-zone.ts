// The zone of partial dates, one for index and search; set once at start, since rows of another zone would not be found.
import { makeExtractor, zoneOf, type IndexEntry, type Resource, type Zone } from '@sen/fhir';

let zone: Zone = zoneOf('Asia/Ho_Chi_Minh');
let extract = makeExtractor(zone);

/** Sets the zone in which partial dates are read, by IANA name. Call before the first write or search. */
export function setIndexZone(name: string): void {
  zone = zoneOf(name);
  extract = makeExtractor(zone);
}

/** The zone in which partial dates are read. */
export function indexZone(): Zone {
  return zone;
}

/** What the index knows of a resource. */
export function indexOf(resource: Resource): IndexEntry {
  return extract(resource);
}
