// The metadata of an instance, ready to be sent: compressed once when it is stored, put together with others as they stand. Pure.
import { constants, crc32, deflateRawSync } from 'node:zlib';
import { jsonText, toJson, type Header } from '@sen/dicom';

export interface MetadataEntry {
  /** Deflate blocks that end at a byte and refer to nothing before them (a full flush), none of them the last. */
  readonly deflated: Buffer;
  /** CRC-32 and length of the text. */
  readonly crc: number;
  readonly bytes: number;
}

/** Values longer than this are not in the metadata but can be had from their address (DICOM PS3.18 2024e, 8.7.3.5). */
const inlineAtMost = 1_024;

/** DICOM JSON of an instance. Addresses of bulk data have no host: they hold behind every name of the server (RFC 3986, 4.2). */
export function metadataEntry({ dataset, pixels }: Header, place: { readonly study: string; readonly series: string; readonly instance: string }): MetadataEntry {
  const base = `/dicomweb/studies/${place.study}/series/${place.series}/instances/${place.instance}/bulkdata/`;
  const header = toJson(dataset, { bulkData: ({ bytes }, path) => (bytes === undefined || bytes.length > inlineAtMost ? base + path : undefined) });
  const json = pixels === undefined ? header : { ...header, [nameOf(pixels.tag)]: { vr: pixels.vr, BulkDataURI: base + nameOf(pixels.tag) } };
  const text = Buffer.from(jsonText(json));
  return { deflated: deflateRawSync(text, { finishFlush: constants.Z_FULL_FLUSH }), crc: crc32(text), bytes: text.length };
}

function nameOf(tag: number): string {
  return tag.toString(16).toUpperCase().padStart(8, '0');
}
