import { describe, expect, it } from 'vitest';
import { addressTest, networkOf } from './addresses.ts';

describe('A list of addresses', () => {
  it('holds single addresses and networks of both families, IPv4 written as IPv6 too', () => {
    const known = addressTest(' 10.0.0.5,10.1.0.0/16 , 2001:db8::/32')!;
    expect(['10.0.0.5', '::ffff:10.0.0.5', '10.1.200.3', '2001:db8:7::1'].map(known)).toEqual([true, true, true, true]);
    expect(['10.0.0.6', '10.2.0.1', '2001:db9::1', '', 'localhost', '10.0.0.5, 1.1.1.1'].map(known)).toEqual([false, false, false, false, false, false]);
  });

  it('may be empty, and is refused when it is none', () => {
    expect(addressTest('')!('127.0.0.1')).toBe(false);
    for (const wrong of ['localhost', '10.0.0.0/33', '10.0.0', '::1/129', '10.0.0.1/', '1.1.1.1;2.2.2.2']) expect(addressTest(wrong), wrong).toBeUndefined();
  });
});

describe('The network of an address', () => {
  it('is an IPv4 address itself, however it is written', () => {
    expect(['10.0.0.7', '::ffff:10.0.0.7', '::FFFF:10.0.0.7'].map(networkOf)).toEqual(['10.0.0.7', '10.0.0.7', '10.0.0.7']);
  });

  it('is the /64 of an IPv6 address: all that one subscriber holds is one', () => {
    const inside = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::', '2001:0db8:0001:0002:aaaa:bbbb:cccc:dddd', '2001:DB8:1:2::1%eth0'];
    expect(new Set(inside.map(networkOf))).toEqual(new Set(['2001:db8:1:2::/64']));
    expect([networkOf('2001:db8::1'), networkOf('::1')]).toEqual(['2001:db8:0:0::/64', '0:0:0:0::/64']);
  });
});
