import { parseLossless, type Resource } from '@sen/fhir';
import { describe, expect, it } from 'vitest';
import { nextInstant, sameContent, stamp } from './content.ts';

const at = Date.parse('2026-03-02T01:00:00Z');
const meta = '"meta":{"versionId":"3","lastUpdated":"2026-03-02T01:00:00.000Z"';
const stamped = (json: string) => stamp(parseLossless(json) as Resource, 'a', 3, at).json;

describe('the stored JSON of a resource', () => {
  it('sets id and meta after resourceType when the client sent none, and leaves all else as it was', () => {
    expect(stamped('{"active":true,"resourceType":"Patient","x":[1.0,{"b":1,"a":2}]}')).toBe(`{"active":true,"resourceType":"Patient","id":"a",${meta}},"x":[1.0,{"b":1,"a":2}]}`);
  });

  it('leaves id and meta where the client had them', () => {
    expect(stamped('{"resourceType":"Patient","active":true,"meta":{"source":"#x","versionId":"9"},"id":"b"}')).toBe(`{"resourceType":"Patient","active":true,${meta},"source":"#x"},"id":"a"}`);
    expect(stamped('{"id":"b","active":true,"resourceType":"Patient"}')).toBe(`{"id":"a",${meta}},"active":true,"resourceType":"Patient"}`);
  });

  it('does not change what it was given', () => {
    const resource: Resource = { resourceType: 'Patient', meta: { profile: ['p'] } };
    stamp(resource, 'a', 1, at);
    expect(resource).toEqual({ resourceType: 'Patient', meta: { profile: ['p'] } });
  });

  it('is the same only when every digit is', () => {
    const json = Buffer.from(stamped('{"resourceType":"Observation","valueQuantity":{"value":1.0}}'));
    const current = { id: 'a', version: 3, updated: at, json };
    expect(sameContent(parseLossless('{"resourceType":"Observation","valueQuantity":{"value":1.0}}') as Resource, current)).toBe(true);
    expect(sameContent(parseLossless('{"resourceType":"Observation","valueQuantity":{"value":1.00}}') as Resource, current)).toBe(false);
    expect(sameContent(parseLossless(json.toString()) as Resource, current)).toBe(true);
    expect(sameContent(parseLossless(json.toString()) as Resource, { ...current, json: undefined })).toBe(false);
  });

  it('never goes back in time, whatever the clock does', () => {
    expect(nextInstant(100, undefined)).toBe(100);
    expect(nextInstant(100, 50)).toBe(100);
    expect(nextInstant(100, 100)).toBe(101);
    expect(nextInstant(100, 5000)).toBe(5001);
  });
});
