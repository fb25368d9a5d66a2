// How the content of a document lies encrypted in a row (decision record 0014; NIST SP 800-38D, SP 800-38F).
//
//   0   1  form: 0xC1
//   1   8  id of the content key
//   9  40  the key of this content, wrapped by the content key (AES-256-KW, RFC 3394)
//  49      AES-256-GCM of the packed JSON; its tag (16) at the end
//
// The additional data say type, key and version of the resource: content laid in another row, or in another version of its own, does not open.
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { keyOf, typeCode } from '@sen/fhir';
import { sealBroken } from '../../../platform/keyring.ts';
import { contentKey, currentContentKey } from './content-keys.ts';

/** Which version of which resource a content is of. */
export type Place = { readonly type: number | string; readonly version: number } & ({ readonly key: bigint | string } | { readonly id: string });

export const SEALED = 0xc1;
const WRAPPED_AT = 9;
const BODY_AT = 49;
const TAG_BYTES = 16;
const tag = { authTagLength: TAG_BYTES };
const wrapStart = Buffer.alloc(8, 0xa6); // RFC 3394 §2.2.3.1
const nonce = Buffer.alloc(12); // each key seals one content, so one nonce is enough

const documents = new Set(['Binary', 'Bundle', 'Composition', 'DocumentReference', 'Media']);
/** Of Attachment.data, Signature.data, SampledData.data; and of extensions. JSON.stringify writes them so, and a quote within a text otherwise. */
const dataHeads = ['"data":"', '"valueBase64Binary":"'] as const;

/** Tells whether the JSON of a resource is a document, or carries one within. */
export function isDocument(type: string, json: string): boolean {
  return documents.has(type) || dataHeads.some((head) => json.includes(head));
}

/** Seals packed content for its row. */
export function sealContent(packed: Buffer, place: Place): Buffer {
  const { id, key } = currentContentKey();
  const own = randomBytes(32);
  const wrapping = createCipheriv('id-aes256-wrap', key, wrapStart);
  const wrapped = [wrapping.update(own), wrapping.final()];
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(own), nonce, tag).setAAD(placeText(place));
  return Buffer.concat([Buffer.of(SEALED), Buffer.from(id, 'hex'), ...wrapped, cipher.update(packed), cipher.final(), cipher.getAuthTag()]);
}

/** Opens sealed content. Refuses what was changed or is of another row (`platform.seal-broken`), and that whose key is missing (`record.content-key`). */
export function openContent(content: Buffer, place: Place): Buffer {
  if (content.length < BODY_AT + TAG_BYTES) throw sealBroken();
  const key = contentKey(content.toString('hex', 1, WRAPPED_AT));
  try {
    const decipher = createDecipheriv('aes-256-gcm', ownKey(content, key), nonce, tag).setAAD(placeText(place)).setAuthTag(content.subarray(-TAG_BYTES));
    const packed = decipher.update(content.subarray(BODY_AT, -TAG_BYTES));
    decipher.final(); // throws when the tag does not fit
    return packed;
  } catch {
    throw sealBroken();
  }
}

function ownKey(content: Buffer, key: KeyObject): KeyObject {
  const unwrapping = createDecipheriv('id-aes256-wrap', key, wrapStart);
  return createSecretKey(Buffer.concat([unwrapping.update(content.subarray(WRAPPED_AT, BODY_AT)), unwrapping.final()]));
}

function placeText(place: Place): Buffer {
  const text = Buffer.allocUnsafe(15);
  text[0] = SEALED;
  text.writeInt16BE(typeof place.type === 'number' ? place.type : typeCode(place.type), 1);
  text.writeBigInt64BE('key' in place ? BigInt(place.key) : keyOf(place.id), 3);
  text.writeInt32BE(place.version, 11);
  return text;
}
