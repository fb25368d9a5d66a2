// Location?near=latitude|longitude|distance|unit (R4 location.html §8.7.4): by the great circle, radius of the earth 6,371.0088 km.
import { placeOf } from '@sen/fhir';
import { badModifier, badValue } from '../refusals.ts';
import { anyOf } from '../sql.ts';
import type { ParameterFilter, Scope } from './scope.ts';

const KM_PER_UNIT: Readonly<Record<string, number>> = { km: 1, m: 0.001, '[mi_us]': 1.609347, '[mi_i]': 1.609344 };

export function nearCondition(scope: Scope, filter: ParameterFilter): string {
  if (filter.modifier !== undefined) throw badModifier(filter.name, filter.modifier);
  const place = placeOf(filter.owner, filter.parameter.paths[0] as string, 'range');
  return anyOf(filter.values.map((value) => within(scope, filter.name, place, value)));
}

function within(scope: Scope, name: string, place: bigint, value: string): string {
  const [latitude, longitude, distance, unit] = value.split('|');
  const lat = Number(latitude);
  const lon = Number(longitude);
  const km = Number(distance || '10') * (KM_PER_UNIT[unit || 'km'] ?? NaN);
  if (!latitude || !longitude || [lat, lon, km].some(Number.isNaN)) throw badValue(name, 'latitude|longitude|distance|unit, unit km or m');
  const p = scope.parameters;
  const degrees = km / 111; // a box a little larger than the circle, for the index
  const at = { lat: `${p.add(lat)}::float8`, lon: `${p.add(lon)}::float8` };
  return `${scope.alias}.key in (
    select a.key from record.range_value a join record.range_value o on o.key = a.key and o.place = ${p.bigint(place ^ 1n)}
    where a.place = ${p.bigint(place)} and a.low between ${p.add(lat - degrees)}::float8 and ${p.add(lat + degrees)}::float8
      and 2 * 6371.0088 * asin(sqrt(least(1, power(sin(radians(a.low - ${at.lat}) / 2), 2)
        + cos(radians(${at.lat})) * cos(radians(a.low)) * power(sin(radians(o.low - ${at.lon}) / 2), 2)))) <= ${p.add(km)}::float8)`;
}
