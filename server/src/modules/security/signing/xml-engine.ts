// What the XML signature library needs of its surroundings: a DOM, XPath and a WebCrypto that lets a signer of ours sign.
import { webcrypto } from 'node:crypto';
import { DOMImplementation, DOMParser, XMLSerializer } from '@xmldom/xmldom';
import { setNodeDependencies } from 'xml-core';
import xpath from 'xpath';
import { Application } from 'xadesjs';
import type { Signer } from './signer.ts';

const signers = new WeakMap<object, Signer>();

// A key that lies at a provider is no CryptoKey: what the library would sign with it goes to its signer instead.
const subtle = new Proxy(webcrypto.subtle, {
  get: (target, name) => {
    if (name === 'sign') return async (algorithm: never, key: object, data: ArrayBuffer) => signWith(algorithm, key, data);
    const value = Reflect.get(target, name) as unknown;
    return typeof value === 'function' ? value.bind(target) : value;
  },
});

async function signWith(algorithm: never, key: object, data: ArrayBuffer): Promise<ArrayBuffer> {
  const signer = signers.get(key);
  if (signer === undefined) return webcrypto.subtle.sign(algorithm, key as webcrypto.CryptoKey, data);
  const signature = await signer.sign(new Uint8Array(data));
  return signature.buffer.slice(signature.byteOffset, signature.byteOffset + signature.byteLength) as ArrayBuffer;
}

/** What is not well-formed is refused, not repaired, and nothing is written to the terminal. */
class StrictParser extends DOMParser {
  constructor() {
    super({
      onError: (level, message) => {
        if (level !== 'warning') throw new Error(message);
      },
    });
  }
}

setNodeDependencies({ DOMParser: StrictParser, XMLSerializer, DOMImplementation, xpath });
Application.setEngine('sen', { subtle, getRandomValues: webcrypto.getRandomValues.bind(webcrypto) } as never);

/** The algorithm of a signer as WebCrypto says it, and a key that stands for the signer. */
export function keyOf(signer: Signer): { algorithm: { name: string; hash: { name: string } }; key: CryptoKey } {
  const algorithm = { name: signer.algorithm === 'ES256' ? 'ECDSA' : 'RSASSA-PKCS1-v1_5', hash: { name: 'SHA-256' } };
  const key = { type: 'private', extractable: false, usages: ['sign'], algorithm };
  signers.set(key, signer);
  return { algorithm, key: key as unknown as CryptoKey };
}
