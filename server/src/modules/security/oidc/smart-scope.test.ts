import { describe, expect, it } from 'vitest';
import { isCovered, isKnownScope, narrowScopes, needsPatient, splitScopes } from './smart-scope.ts';

describe('SMART App Launch 2.2.0, scopes an app may have', () => {
  it.each([
    ['patient/Observation.rs', ['patient/*.rs'], true], ['patient/Observation.rs', ['patient/Observation.r', 'patient/*.s'], true], ['patient/Observation.cruds', ['patient/*.rs'], false],
    ['patient/*.rs', ['patient/Observation.rs'], false], ['user/Observation.rs', ['patient/*.cruds'], false], ['patient/Observation.rs?category=laboratory', ['patient/Observation.rs'], true],
    ['patient/Observation.rs', ['patient/Observation.rs?category=laboratory'], false], ['patient/Observation.rs?category=laboratory', ['patient/Observation.rs?category=vital-signs'], false],
    ['patient/Observation.read', ['patient/*.rs'], true], ['patient/*.*', ['patient/*.cruds'], true], ['openid', ['openid'], true], ['openid', ['patient/*.rs'], false], ['launch/patient', ['launch'], false],
  ])('%s within %j: %s', (scope, allowed, covered) => {
    expect(isCovered(scope, allowed)).toBe(covered);
  });

  it('narrow what is asked, never widen it', () => {
    expect(narrowScopes(['openid', 'patient/*.cruds', 'user/*.rs', 'nonsense'], ['openid', 'patient/Patient.r', 'patient/Observation.rs', 'system/*.rs'])).toEqual(['openid', 'patient/Patient.r', 'patient/Observation.rs']);
    expect(narrowScopes(['patient/Observation.rs?category=laboratory'], ['patient/*.rs'])).toEqual(['patient/Observation.rs?category=laboratory']);
    expect(narrowScopes([], ['patient/*.rs'])).toEqual([]);
  });

  it('are known by their grammar alone', () => {
    expect(['openid', 'patient/*.rs', 'user/Patient.read', 'system/Observation.c'].every(isKnownScope)).toBe(true);
    expect(['patient/*.sr', 'patient/patient.rs', 'launch/x', 'admin', 'patient/*.', '*/*.cruds'].some(isKnownScope)).toBe(false);
  });

  it('say whether a patient must be chosen', () => {
    expect([needsPatient(['patient/*.rs']), needsPatient(['launch/patient']), needsPatient(['user/*.rs', 'openid', 'launch'])]).toEqual([true, true, false]);
    expect(splitScopes(' a  b a ')).toEqual(['a', 'b']);
  });
});
