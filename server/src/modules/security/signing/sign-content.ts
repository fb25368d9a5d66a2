// Signs content in the form that suits it: PDF as PAdES, XML as XAdES, everything else as a detached JAdES.
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { openSigner } from './open-signer.ts';
import type { SignatureFormat } from './signer.ts';
import { signingSettings } from './signing-settings.ts';

export interface ContentToSign {
  /** Names the content, such as `DocumentReference/1`. */
  readonly name: string;
  /** Media type without parameters. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface SignedContent {
  readonly format: SignatureFormat;
  /** The content with the signature in it, which takes the place of what was signed. */
  readonly content?: Uint8Array;
  /** The signature where it stays beside the content, with its media type. */
  readonly detached?: { readonly contentType: string; readonly text: string };
}

/** Signs as whoever is at work, with a timestamp where an authority is set. Refuses as openSigner does, and what cannot be signed (`security.pdf`, `security.xml`). */
export async function signContent(work: Work, { name, contentType, bytes }: ContentToSign, pin: string): Promise<SignedContent> {
  const signer = await openSigner(work, pin);
  const timestamp = (await import('./timestamp.ts')).timestampAuthority(signingSettings().tsaUrl); // loaded when needed: see verify-content.ts
  tellAudit(work, { kind: 'sign', detail: { what: name } });
  if (contentType === 'application/pdf') {
    const { signPades } = await import('./pades.ts');
    return { format: 'PAdES', content: await signPades(bytes, signer, timestamp, { name: work.actor.name, now: work.now }) };
  }
  if (/^(?:application|text)\/(?:[\w.-]+\+)?xml$/.test(contentType)) {
    const { signXades } = await import('./xades.ts');
    return { format: 'XAdES', content: Buffer.from(await signXades(Buffer.from(bytes).toString('utf8'), signer, timestamp, work.now)) };
  }
  const { signJades } = await import('./jades.ts');
  return { format: 'JAdES', detached: { contentType: 'application/jose+json', text: await signJades({ name, contentType, bytes }, signer, timestamp, work.now) } };
}
