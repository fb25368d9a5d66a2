// Network addresses: lists of them in settings (`10.0.0.5, 10.1.0.0/16, 2001:db8::/32`), and what one subscriber holds.
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Tells whether an address is in the list. */
type AddressTest = (address: string) => boolean;

/** Reads a list of addresses and networks (RFC 4632, RFC 4291 §2.3), separated by commas; undefined when it is none. */
export function addressTest(list: string): AddressTest | undefined {
  const known = new BlockList();
  for (const entry of list.split(',').map((part) => part.trim()).filter((part) => part !== '')) if (!add(known, entry)) return undefined;
  return (address) => {
    const family = isIP(address);
    return family !== 0 && known.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
}

/** For settings: may be empty. */
export function isAddressList(list: string): boolean {
  return addressTest(list) !== undefined;
}

function add(known: BlockList, entry: string): boolean {
  const [, address = '', bits] = /^([\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(entry) ?? [];
  const family = isIP(address);
  const most = family === 4 ? 32 : 128;
  if (family === 0 || Number(bits ?? most) > most) return false;
  known.addSubnet(address, Number(bits ?? most), family === 4 ? 'ipv4' : 'ipv6');
  return true;
}

/** Whether a text is an address of the web, or empty. */
export function isWebUrl(value: string): boolean {
  return value === '' || (/^https?:\/\//.test(value) && URL.canParse(value));
}

/** What one subscriber holds: an IPv4 address, or the /64 of an IPv6 one (RFC 6177), of which a stranger has 2^64. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return `${[...before, ...zeros, ...after].slice(0, 4).map((part) => part.toLowerCase().replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
