import type { JsonDataset, JsonElement } from './dicom-json.ts';

/**
 * The text of a data set in the DICOM JSON model, attributes in the order of their tags as PS3.18 F.2.2 asks. `JSON.stringify` would put
 * `30060010` before `00080005`: JavaScript takes such a name for a number and keeps numbers in front.
 */
export function jsonText(dataset: JsonDataset): string {
  return `{${Object.keys(dataset).sort().map((name) => `"${name}":${elementText(dataset[name]!)}`).join(',')}}`;
}

function elementText(element: JsonElement): string {
  if (element.vr !== 'SQ' || element.Value === undefined) return JSON.stringify(element);
  return `{"vr":"SQ","Value":[${element.Value.map((item) => jsonText(item as JsonDataset)).join(',')}]}`;
}
