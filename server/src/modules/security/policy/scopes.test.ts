import { describe, expect, it } from 'vitest';
import { isResourceScope, readScope } from './scopes.ts';

const read = (text: string) => {
  const scope = readScope(text);
  return scope && { ...scope, letters: [...scope.letters].join('') };
};

describe('SMART App Launch 2.2, scopes of resources', () => {
  it('reads context, type, letters and a search', () => {
    expect(read('patient/Observation.rs?category=laboratory')).toEqual({ context: 'patient', type: 'Observation', letters: 'rs', criteria: 'category=laboratory' });
    expect(read('user/*.cruds')).toEqual({ context: 'user', type: '*', letters: 'cruds' });
    expect(read('system/Patient.r')).toEqual({ context: 'system', type: 'Patient', letters: 'r' });
  });

  it('reads the form of SMART 1.0 as what 2.2 says it means', () => {
    expect(read('patient/*.read')?.letters).toBe('rs');
    expect(read('user/Observation.write')?.letters).toBe('cud');
    expect(read('user/Observation.*')?.letters).toBe('cruds');
  });

  it.each([
    'patient/Observation.', 'patient/Observation.sr', 'patient/Observation.rr', 'patient/Observation.x', 'patient/observation.r', 'patient/Observation', 'patient/.r', 'clinic/Observation.r',
    'patient/Observation.rs?', 'patient/Observation.rs?category', 'patient/Observation.rs?category=', 'patient/Observation.rs?_has:Group:member:_id=1',
    'patient/Observation.rs?subject.name=x', 'patient/Observation.rs?_include=*', 'patient/Observation.rs?_filter=x', 'patient/*.rs?category=x', 'patient/Observation.read?category=x',
    'patient/Observation.rs category', ' patient/Observation.rs',
  ])('refuses %j', (text) => {
    expect(readScope(text)).toBeUndefined();
  });

  it('knows scopes of resources, good or bad, from the others', () => {
    expect(['patient/Observation.zz', 'user/*.rs'].every(isResourceScope)).toBe(true);
    expect(['openid', 'launch/patient', 'offline_access', 'fhirUser'].some(isResourceScope)).toBe(false);
  });
});
