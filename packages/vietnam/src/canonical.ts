// Canonical addresses of everything that Sen publishes. They name things for ever and need not answer: one base, no setting.

/** The base of all our canonical URLs. */
export const canonicalBase = 'https://sen.vn/fhir';

export type CanonicalType = 'CodeSystem' | 'ConceptMap' | 'NamingSystem' | 'SearchParameter' | 'StructureDefinition' | 'ValueSet';

/** The canonical URL of one of our definitions: `canonical('CodeSystem', 'icd10-vn')`. */
export function canonical(type: CanonicalType, name: string): string {
  return `${canonicalBase}/${type}/${name}`;
}

/** The official code lists of Vietnam, by the name that ends their canonical URL. */
export const codeSystems = {
  icd10: canonical('CodeSystem', 'icd10-vn'),
  technicalServices: canonical('CodeSystem', 'dvkt'),
  departments: canonical('CodeSystem', 'ma-khoa'),
  ethnicities: canonical('CodeSystem', 'ma-dantoc'),
  occupations: canonical('CodeSystem', 'ma-nghe-nghiep'),
  visitTypes: canonical('CodeSystem', 'ma-loai-kcb'),
  entitlements: canonical('CodeSystem', 'ma-doituong-kcb'),
  costGroups: canonical('CodeSystem', 'ma-nhom'),
  accidents: canonical('CodeSystem', 'ma-tai-nan'),
  provinces: canonical('CodeSystem', 'tinh'),
  communes: canonical('CodeSystem', 'xa'),
} as const;
