// A machine, station or archive that may speak with us, and whether it is who calls.
import { BlockList, isIP } from 'node:net';
import type { Admission, DicomPeer } from '@sen/dicom/net';

export interface Machine {
  readonly aeTitle: string;
  readonly facility: string;
  readonly name: string;
  readonly modality: string | null;
  readonly roomId: string | null;
  readonly addresses: readonly string[];
  readonly certificate: string | null;
  readonly host: string | null;
  readonly port: number | null;
  readonly secure: boolean;
  readonly mayStore: boolean;
  readonly mayQuery: boolean;
  readonly active: boolean;
  readonly heardAt: Date | null;
  readonly heardOperation: string | null;
  readonly refusedAt: Date | null;
  readonly refusedBecause: string | null;
}

/** Judges who calls against the machine that has its title; the certificate is looked at last: it is known only over TLS. */
export function admissionOf(machine: Machine | undefined, peer: DicomPeer): Admission {
  if (machine?.active !== true) return 'calling-ae-unknown';
  if (machine.addresses.length > 0 && !isAmong(peer.address, machine.addresses)) return 'address-unknown';
  if (machine.certificate !== null && peer.certificate?.fingerprint !== machine.certificate) return 'certificate-unknown';
  return 'allowed';
}

/** An address, or a network such as `10.20.0.0/16`. */
export function isAddress(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function isAmong(address: string, allowed: readonly string[]): boolean {
  const list = new BlockList();
  for (const one of allowed) {
    const [base = '', bits] = one.split('/');
    const family = isIP(base) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(base, family);
    else list.addSubnet(base, Number(bits), family);
  }
  const plain = plainAddress(address);
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

/** A socket for both families tells an IPv4 address as `::ffff:10.20.0.7`. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
