// A practitioner with the licence that Law 15/2023/QH15 (in force 2024-01-01) asks of everyone who examines or treats.
import { bySystem, constraint, identifierSlice, profileOf } from '../build-definition.ts';
import { identifierSystems as systems } from '../identifier-systems.ts';

export const practitioner = profileOf(
  'Practitioner', 'resource',
  { id: 'vn-practitioner', title: 'Người hành nghề', description: 'A practitioner with the number of the practice certificate or licence.' },
  [
    ['', {
      constraint: [constraint('vn-prac-1', 'error', 'Người hành nghề phải có số chứng chỉ hoặc giấy phép hành nghề. / A practitioner has the number of a practice certificate or licence.',
        `(identifier | qualification.identifier).where(system = '${systems.practiceLicence}').exists()`)],
    }],
    ['identifier', { slicing: bySystem }],
    ...identifierSlice('practiceLicence', systems.practiceLicence, { short: 'Số chứng chỉ, giấy phép hành nghề' }, { maxLength: 255 }),
    ...identifierSlice('citizen', systems.citizen, { max: '1' }, {
      constraint: [constraint('vn-cccd-1', 'error', 'Số định danh cá nhân gồm 12 chữ số. / A citizen number has 12 digits.', "matches('^[0-9]{12}$')")],
    }),
    ['name', { min: 1 }],
  ],
);
