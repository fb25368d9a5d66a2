// A proposal to correct the record, for the records office: a Task (R4), so that the record itself keeps what was asked and what became of it.
import type { DataRequest } from './request.ts';

/** The Task of a request for correction. What is written stays: an amendment stands beside it (Luật Khám bệnh, chữa bệnh 15/2023/QH15, hồ sơ bệnh án). */
export function correctionTask({ number, patient, details, receivedAt }: DataRequest): Readonly<Record<string, unknown>> {
  return {
    resourceType: 'Task',
    identifier: [{ system: 'https://sen.vn/fhir/NamingSystem/data-request', value: number }],
    status: 'requested',
    intent: 'proposal',
    code: { coding: [{ system: 'http://hl7.org/fhir/CodeSystem/task-code', code: 'change' }], text: 'Đề nghị đính chính hồ sơ' },
    description: details,
    for: { reference: `Patient/${patient}` },
    authoredOn: new Date(receivedAt).toISOString(),
    requester: { reference: `Patient/${patient}` },
    performerType: [{ text: 'records' }],
  };
}
