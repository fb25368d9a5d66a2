import { describe, expect, it } from 'vitest';
import { hostJudge } from './host.ts';

describe('The host names of a server (DNS rebinding)', () => {
  it('are addresses and names that no stranger can own', () => {
    const ours = hostJudge({ publicUrl: '', hosts: '' });
    for (const host of ['localhost', 'localhost:8080', '127.0.0.1:8080', '[::1]:8080', '10.0.0.5', 'sen', 'SEN:8080', 'sen.local', 'sen.bv.internal', 'sen.home.arpa', 'sen.test', 'localhost.']) {
      expect(ours(host), host).toBe(true);
    }
  });

  it('are no others, unless the settings name them', () => {
    const hosts = ['evil.example', 'sen.benhvien.vn', 'localhost.evil.example', '127.0.0.1.evil.example', 'xn--localhost.com', '', 'a b', 'sen.test@evil.example', 'sen.test/evil', 'évil.test\r\n', '[::1', 'a:b'];
    const ours = hostJudge({ publicUrl: '', hosts: '' });
    for (const host of hosts) expect(ours(host), host).toBe(false);
    const named = hostJudge({ publicUrl: 'https://sen.benhvien.vn:8443/x', hosts: ' his.bv.vn , *.bvsen.vn' });
    expect(['sen.benhvien.vn', 'Sen.BenhVien.vn:8443', 'his.bv.vn', 'a.bvsen.vn', 'bvsen.vn', 'evilbvsen.vn', 'evil.example'].map(named)).toEqual([true, true, true, true, false, false, false]);
  });

  it('are judged anew however many are invented', () => {
    const ours = hostJudge({ publicUrl: '', hosts: '' });
    for (let one = 0; one < 1000; one++) expect(ours(`x${one}.example`)).toBe(false);
    expect(ours('localhost')).toBe(true);
  });
});
