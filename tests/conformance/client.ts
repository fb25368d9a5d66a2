// A FHIR client for the wire tests: says what was answered, and nothing more.
import type { TestServer } from '../support/server.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as parsed JSON; undefined when there is none. */
  readonly body: Json;
}

// eslint-disable-next-line -- wire tests look into any JSON
export type Json = any;

export interface Client {
  (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>;
}

/** Sends requests below /fhir/R4; a body that is no string is sent as FHIR JSON. */
export function clientOf(server: TestServer): Client {
  return async (method, path, body, headers = {}) => {
    const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const response = await server.call(`/fhir/R4${path}`, {
      method,
      headers: { ...(sent === undefined ? {} : { 'content-type': 'application/fhir+json' }), ...headers },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: text === '' ? undefined : JSON.parse(text) };
  };
}

/** The first issue of an OperationOutcome. */
export function issueOf({ body }: Answered): { severity: string; code: string; diagnostics: string; expression?: string[]; details: { coding: { code: string }[] } } {
  return body.issue[0];
}

/** Chị Lan, 38, of Huế: the patient of most tests. */
export function lan(more: object = {}): Json {
  return { resourceType: 'Patient', name: [{ family: 'Trần', given: ['Thị', 'Lan'] }], gender: 'female', birthDate: '1988-02-14', ...more };
}

/** A number of a hospital for a patient. */
export function numbered(value: string): object {
  return { identifier: [{ system: 'http://bvsen.vn/ma-benh-nhan', value }] };
}

/** A measured blood glucose. */
export function glucose(subject: string, value: number, day: string): Json {
  return {
    resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '2345-7' }] },
    subject: { reference: subject }, effectiveDateTime: day, valueQuantity: { value, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
  };
}
