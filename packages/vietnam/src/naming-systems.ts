// What each identifier system numbers, for readers of the record (R4 namingsystem.html).
import { packageDate } from './build-definition.ts';
import { identifierSystems } from './identifier-systems.ts';

export interface NamingSystem {
  readonly resourceType: 'NamingSystem';
  readonly id: string;
  readonly [element: string]: unknown;
}

const words: Readonly<Record<keyof typeof identifierSystems, readonly [name: string, description: string]>> = {
  citizen: ['Số định danh cá nhân', 'Citizen identification number: 12 digits.'],
  oldIdentityCard: ['Số chứng minh nhân dân', 'Old identity card: 9 digits.'],
  insuranceCard: ['Mã thẻ bảo hiểm y tế', 'Health insurance card: 15 characters, or the social insurance number of 10 digits.'],
  socialInsurance: ['Mã số bảo hiểm xã hội', 'Social insurance number: 10 digits.'],
  facility: ['Mã cơ sở khám bệnh, chữa bệnh', 'Facility of examination and treatment: 5 characters.'],
  practiceLicence: ['Số chứng chỉ, giấy phép hành nghề', 'Practice certificate or licence.'],
};

export const namingSystems: readonly NamingSystem[] = Object.entries(identifierSystems).map(([key, system]) => {
  const [name, description] = words[key as keyof typeof identifierSystems];
  return {
    resourceType: 'NamingSystem', id: system.slice(system.lastIndexOf('/') + 1), name, status: 'active', kind: 'identifier', date: packageDate, publisher: 'Sen',
    description, uniqueId: [{ type: 'uri', value: system, preferred: true }],
  };
});
