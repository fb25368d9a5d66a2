import { describe, expect, it } from 'vitest';
import { isPrivateAddress, judgeHost } from './hook-host.ts';

const judge = (endpoint: string, setting: string) => judgeHost(new URL(endpoint), setting);

describe('hosts that may be sent notifications (SEN_HOOK_HOSTS)', () => {
  it('are none when nothing is set', () => {
    expect(judge('https://hooks.example.vn/x', '')).toEqual({ allowed: false, named: false });
  });

  it('are those named, at their port when one is named', () => {
    expect(judge('https://hooks.example.vn/x', 'a.vn, hooks.example.vn')).toEqual({ allowed: true, named: true });
    expect(judge('https://HOOKS.example.vn./x', 'hooks.Example.vn:443').allowed).toBe(true);
    expect(judge('http://hooks.example.vn/x', 'hooks.example.vn:443').allowed).toBe(false);
    expect(judge('http://127.0.0.1:9000/', '127.0.0.1:9000')).toEqual({ allowed: true, named: true });
    expect(judge('http://[::1]:9000/', '[::1]:9000')).toEqual({ allowed: true, named: true });
    expect(judge('https://evil.vn/hooks.example.vn', 'hooks.example.vn').allowed).toBe(false);
  });

  it('are all below a domain with *., and not those whose name only ends alike', () => {
    expect(judge('https://a.bv.vn/', '*.bv.vn').allowed).toBe(true);
    expect(judge('https://bv.vn/', '*.bv.vn').allowed).toBe(false);
    expect(judge('https://evilbv.vn/', '*.bv.vn').allowed).toBe(false);
  });

  it('are every public one with *, and no private address however it is written', () => {
    expect(judge('https://hooks.example.vn/', '*')).toEqual({ allowed: true, named: false });
    for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '10.1.2.3', '169.254.169.254', '[::1]', '[::ffff:10.0.0.1]', '[fd00::1]', '192.168.1.1', '0.0.0.0']) {
      expect([host, judge(`http://${host}/`, '*').allowed]).toEqual([host, false]);
    }
  });
});

describe('private addresses', () => {
  it('are those of the special-purpose registries, also in IPv6 clothes', () => {
    for (const address of ['127.0.0.1', '10.0.0.1', '172.31.0.1', '100.64.0.1', '::1', '::ffff:192.168.0.1', 'fe80::1', '64:ff9b::a00:1', '::7f00:1', '2001:0:1::1', 'fec0::1', 'nonsense']) expect([address, isPrivateAddress(address)]).toEqual([address, true]);
    for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8']) expect([address, isPrivateAddress(address)]).toEqual([address, false]);
  });
});
