import { isResourceType, type Resource, validateResource } from '@sen/fhir';
import { describe, expect, it } from 'vitest';
import { parseLocal } from './calendar.ts';
import { generateHospital, type DemoOptions } from './generate-hospital.ts';
import { storyPatients } from './stories/stories.ts';

const now = parseLocal('2026-11-23T08:52');
const options: DemoOptions = { seed: 7, now, patients: 60 };
const all = [...generateHospital(options)].flat();
const chartOf = (id: string): Resource[] => all.filter((one) => JSON.stringify(one).includes(`"Patient/${id}"`));

function referencesIn(value: unknown, found: string[] = []): string[] {
  if (Array.isArray(value)) value.forEach((one) => referencesIn(one, found));
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return found;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'reference' && typeof inner === 'string') found.push(inner);
    referencesIn(inner, found);
  }
  return found;
}

describe('the demo hospital', () => {
  it('has the size of a first demo', () => {
    expect(all.length).toBeGreaterThan(8_000);
    expect(all.length).toBeLessThan(12_000);
    expect(all.filter((one) => one.resourceType === 'Patient')).toHaveLength(60);
  });

  it('gives the same resources for the same options, others for another seed', () => {
    expect([...generateHospital({ ...options, patients: 20 })]).toEqual([...generateHospital({ ...options, patients: 20 })]);
    expect([...generateHospital({ ...options, patients: 20, seed: 8 })]).not.toEqual([...generateHospital({ ...options, patients: 20 })]);
  });

  it.each([['full', 60], ['light', 300]] as const)('holds only valid R4 resources (%s)', (depth, patients) => {
    const broken: string[] = [];
    for (const one of [...generateHospital({ ...options, depth, patients, seed: 11 })].flat()) {
      for (const issue of validateResource(one)) broken.push(`${one.resourceType}/${one.id} ${issue.severity} ${issue.expression}: ${issue.diagnostics}`);
    }
    expect(broken.slice(0, 20)).toEqual([]);
  });

  it('refers only to resources of the same or an earlier batch, under ids used once', () => {
    const known = new Set<string>();
    for (const batch of generateHospital(options)) {
      for (const one of batch) {
        const self = `${one.resourceType}/${one.id}`;
        expect(isResourceType(one.resourceType) && !known.has(self), self).toBe(true);
        known.add(self);
      }
      const dangling = batch.flatMap((one) => referencesIn(one)).filter((reference) => !known.has(reference));
      expect(dangling).toEqual([]);
    }
  });

  it('has nothing done before birth, and nothing recorded after now', () => {
    const at = parseLocal('2027-01-01T00:05');
    const stamp = new Date(at + 7 * 3_600_000).toISOString().slice(0, 19);
    const some = [...generateHospital({ seed: 3, now: at, patients: 150 })].flat();
    const births = new Map(some.filter((one) => one.resourceType === 'Patient').map((one) => [`Patient/${one.id}`, String(one['birthDate'])]));
    for (const one of some) {
      const owner = births.get(((one['subject'] ?? one['patient']) as { reference: string } | undefined)?.reference ?? '');
      const period = one['period'] as { start?: string } | undefined;
      for (const time of [one['effectiveDateTime'], one['issued'], one['authoredOn'], one['date'], period?.start, one['onsetDateTime'], one['recordedDate'], one['occurrenceDateTime']]) {
        if (typeof time !== 'string' || one.resourceType === 'Coverage') continue;
        expect(time.slice(0, 19) <= stamp, `${one.resourceType}/${one.id} ${time} is ahead`).toBe(true);
        expect(owner === undefined || time.slice(0, 10) >= owner, `${one.resourceType}/${one.id} ${time} before birth`).toBe(true);
      }
    }
  });
});

describe('the people with stories', () => {
  it('are there under their ids and names', () => {
    for (const story of Object.values(storyPatients)) {
      const patient = all.find((one) => one.resourceType === 'Patient' && one.id === story.id);
      expect(patient).toMatchObject({ name: [{ text: story.name }] });
    }
  });

  it('gives Nguyễn Thị Hạnh her allergy, her problems and a visit under way', () => {
    const chart = chartOf(storyPatients.hanh.id);
    expect(JSON.stringify(chart.filter((one) => one.resourceType === 'AllergyIntolerance'))).toContain('Phản vệ độ II');
    expect(chart.filter((one) => one.resourceType === 'Encounter' && one['status'] === 'in-progress')).toHaveLength(1);
    expect(chart.some((one) => one.resourceType === 'Appointment')).toBe(true);
    const active = chart.filter((one) => one.resourceType === 'MedicationRequest' && one['status'] === 'active');
    expect(active).toHaveLength(6);
    const penicillins = chart.filter((one) => one.resourceType === 'MedicationRequest' && JSON.stringify(one).includes('J01C'));
    expect(penicillins).toEqual([]);
  });

  it('gives Trần Văn Phúc a chart of more than 3,000 resources', () => {
    expect(chartOf(storyPatients.phuc.id).length).toBeGreaterThan(3_000);
  });

  it('writes documents that can be read', () => {
    const text = chartOf(storyPatients.hanh.id).filter((one) => one.resourceType === 'DocumentReference').map((one) => {
      const content = one['content'] as { attachment: { data: string } }[];
      return Buffer.from(content[0]!.attachment.data, 'base64').toString('utf8');
    });
    expect(text.some((one) => one.includes('PHIẾU KHÁM BỆNH') && one.includes('Nguyễn Thị Hạnh'))).toBe(true);
  });
});
