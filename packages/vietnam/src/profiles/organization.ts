// A facility of examination and treatment, by its code MA_CSKCB: the old code of the province and three more characters.
import { bySystem, constraint, identifierSlice, profileOf } from '../build-definition.ts';
import { canonical } from '../canonical.ts';
import { identifierSystems as systems } from '../identifier-systems.ts';

export const organization = profileOf(
  'Organization', 'resource',
  { id: 'vn-organization', title: 'Cơ sở khám bệnh, chữa bệnh', description: 'A hospital, clinic or health station with its facility code.' },
  [
    ['identifier', { min: 1, slicing: bySystem }],
    ...identifierSlice('facility', systems.facility, { min: 1, max: '1', short: 'MA_CSKCB' }, {
      constraint: [
        constraint('vn-cskcb-1', 'error', 'Mã cơ sở KCB gồm 5 ký tự. / A facility code has 5 characters.', "matches('^[0-9A-Z]{5}$')"),
        constraint('vn-cskcb-2', 'warning', 'Mã cơ sở KCB thường gồm 5 chữ số. / A facility code is usually 5 digits.', "matches('^[0-9]{5}$')"),
      ],
    }),
    ['name', { min: 1 }],
    ['address', { type: [{ code: 'Address', profile: [canonical('StructureDefinition', 'vn-address')] }] }],
  ],
);
