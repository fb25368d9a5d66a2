import { describe, expect, it } from 'vitest';
import { networkOf } from './limits.ts';

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
