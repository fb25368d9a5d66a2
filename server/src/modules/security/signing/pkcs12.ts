// Reads a PKCS #12 file (RFC 7292), the form in which authorities hand out a key with its certificate.
import * as asn1 from 'asn1js';
import * as pkijs from 'pkijs';
import { exact } from './cms.ts';

export interface KeyFile {
  /** PKCS #8, DER. */
  readonly key: Uint8Array;
  /** DER, in the order of the file. */
  readonly certificates: readonly Uint8Array[];
}

const bag = { shroudedKey: '1.2.840.113549.1.12.10.1.2', key: '1.2.840.113549.1.12.10.1.1', certificate: '1.2.840.113549.1.12.10.1.3' } as const;

/** Opens the file with its password; undefined when it is damaged, of an outdated encryption, or the password is another. */
export async function openKeyFile(file: Uint8Array, passwordText: string): Promise<KeyFile | undefined> {
  const password = exact(Buffer.from(passwordText, 'utf8'));
  try {
    const pfx = new pkijs.PFX({ schema: asn1.fromBER(exact(file)).result });
    await pfx.parseInternalValues({ password, checkIntegrity: true });
    const safe = pfx.parsedValue?.authenticatedSafe;
    if (safe === undefined) return undefined;
    await safe.parseInternalValues({ safeContents: safe.safeContents.map(({ contentType }) => (contentType === '1.2.840.113549.1.7.1' ? {} : { password })) });
    const bags = (safe.parsedValue.safeContents as { value: pkijs.SafeContents }[]).flatMap(({ value }) => value.safeBags);
    const certificates = bags.filter(({ bagId }) => bagId === bag.certificate).map(({ bagValue }) => derOfBag(bagValue as pkijs.CertBag));
    const key = await keyOf(bags, password);
    return key === undefined || certificates.length === 0 ? undefined : { key, certificates };
  } catch {
    return undefined;
  }
}

async function keyOf(bags: readonly pkijs.SafeBag[], password: ArrayBuffer): Promise<Uint8Array | undefined> {
  for (const { bagId, bagValue } of bags) {
    if (bagId === bag.key) return new Uint8Array((bagValue as pkijs.PrivateKeyInfo).toSchema().toBER());
    if (bagId !== bag.shroudedKey) continue;
    const shrouded = bagValue as pkijs.PKCS8ShroudedKeyBag;
    await (shrouded as unknown as { parseInternalValues(parameters: { password: ArrayBuffer }): Promise<void> }).parseInternalValues({ password });
    return shrouded.parsedValue && new Uint8Array(shrouded.parsedValue.toSchema().toBER());
  }
  return undefined;
}

function derOfBag(one: pkijs.CertBag): Uint8Array {
  return new Uint8Array((one.parsedValue as pkijs.Certificate).toSchema().toBER());
}
