// Value sets of our profiles: each all codes of one official list, whose CodeSystem is loaded apart (the lists change by decision and date).
import { packageDate, packageVersion } from './build-definition.ts';
import { canonical, codeSystems } from './canonical.ts';

export interface ValueSet {
  readonly resourceType: 'ValueSet';
  readonly id: string;
  readonly url: string;
  readonly [element: string]: unknown;
}

const lists: readonly (readonly [system: string, title: string, description: string])[] = [
  [codeSystems.ethnicities, 'Dân tộc', 'Ethnic groups (MA_DANTOC; decision 121-TCTK/PPCĐ).'],
  [codeSystems.occupations, 'Nghề nghiệp', 'Occupations, level 2 (MA_NGHE_NGHIEP; decision 34/2020/QĐ-TTg, as used since decision 3176/QĐ-BYT).'],
  [codeSystems.provinces, 'Tỉnh, thành phố', 'Provinces and cities (34 since 2025-07-01; the 63 before).'],
  [codeSystems.communes, 'Xã, phường, đặc khu', 'Communes, wards and special zones (3,321 since 2025-07-01).'],
  [codeSystems.visitTypes, 'Loại hình khám bệnh, chữa bệnh', 'Types of visit (MA_LOAI_KCB; decision 1804/QĐ-BYT of 2026).'],
  [codeSystems.entitlements, 'Đối tượng đến khám bệnh, chữa bệnh', 'Entitlement of a visit (MA_DOITUONG_KCB; decision 3276/QĐ-BYT of 2025).'],
  [codeSystems.departments, 'Khoa', 'Departments (MA_KHOA; decision 1804/QĐ-BYT of 2026).'],
  [codeSystems.accidents, 'Tai nạn, thương tích', 'Causes of injury (MA_TAI_NAN; decision 5937/QĐ-BYT of 2021).'],
  [codeSystems.icd10, 'ICD-10', 'Diagnoses (decision 4469/QĐ-BYT of 2020, and what follows it).'],
  [codeSystems.technicalServices, 'Dịch vụ kỹ thuật', 'Technical services.'],
];

export const valueSets: readonly ValueSet[] = lists.map(([system, title, description]) => {
  const id = system.slice(system.lastIndexOf('/') + 1);
  return {
    resourceType: 'ValueSet', id, url: canonical('ValueSet', id), version: packageVersion,
    name: id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
    title, status: 'active', date: packageDate, publisher: 'Sen', description, compose: { include: [{ system }] },
  };
});
