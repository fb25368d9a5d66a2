import { describe, expect, it } from 'vitest';
import { addressesOf } from './addresses.ts';
import { smartConfiguration } from './smart-configuration.ts';

describe('The public addresses', () => {
  it('are those of the setting, also below a path, whatever host a request names', () => {
    const addresses = addressesOf('https://bv.example.vn/sen/', { protocol: 'http', host: 'evil.example' });
    expect(addresses).toEqual({ base: 'https://bv.example.vn/sen', path: '/sen', fhir: 'https://bv.example.vn/sen/fhir/R4', issuer: 'https://bv.example.vn/sen/oidc' });
    expect(smartConfiguration(addresses)).toMatchObject({ token_endpoint: 'https://bv.example.vn/sen/oidc/token' });
  });

  it('are those of the request where nothing is set, and never what is no host name', () => {
    expect(addressesOf('', { protocol: 'https', host: 'localhost:8443' }).fhir).toBe('https://localhost:8443/fhir/R4');
    expect(addressesOf('', { protocol: 'http', host: 'a"><script>' }).base).toBe('http://localhost');
  });
});
