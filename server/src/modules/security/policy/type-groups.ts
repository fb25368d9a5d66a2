// The FHIR types, in the groups of which the starter policy speaks. Each R4 type stands in one group (check-policy.ts).
import type { PolicyDocument } from './document.ts';

export const typeGroups: PolicyDocument['groups'] = {
  person: { name: { vi: 'Hành chính người bệnh', en: 'Identification' }, types: ['Patient', 'RelatedPerson'] },
  links: { name: { vi: 'Liên kết hồ sơ', en: 'Links between records' }, types: ['Person', 'Linkage', 'Group', 'VerificationResult'] },
  visit: { name: { vi: 'Lượt khám, lịch hẹn', en: 'Visits and appointments' }, types: ['Encounter', 'EpisodeOfCare', 'Appointment', 'AppointmentResponse'] },
  clinical: {
    name: { vi: 'Bệnh án', en: 'Clinical record' },
    types: [
      'AdverseEvent', 'AllergyIntolerance', 'Basic', 'Binary', 'BodyStructure', 'CarePlan', 'CareTeam', 'ClinicalImpression', 'Communication', 'CommunicationRequest',
      'Composition', 'Condition', 'DetectedIssue', 'Device', 'DeviceRequest', 'DeviceUseStatement', 'DocumentManifest', 'DocumentReference', 'FamilyMemberHistory',
      'Flag', 'Goal', 'GuidanceResponse', 'List', 'MolecularSequence', 'NutritionOrder', 'Procedure', 'Provenance', 'QuestionnaireResponse', 'RequestGroup',
      'RiskAssessment', 'SupplyDelivery', 'SupplyRequest', 'Task', 'VisionPrescription',
    ],
  },
  medicine: {
    name: { vi: 'Thuốc, tiêm chủng của người bệnh', en: 'Medicines and immunisations of a patient' },
    types: ['Immunization', 'ImmunizationEvaluation', 'ImmunizationRecommendation', 'MedicationAdministration', 'MedicationDispense', 'MedicationRequest', 'MedicationStatement'],
  },
  result: { name: { vi: 'Chỉ định và kết quả', en: 'Orders and results' }, types: ['DiagnosticReport', 'ImagingStudy', 'Media', 'Observation', 'ServiceRequest', 'Specimen'] },
  consent: { name: { vi: 'Sự đồng ý của người bệnh', en: 'Consents' }, types: ['Consent'] },
  finance: { name: { vi: 'Viện phí', en: 'Charges and payments' }, types: ['Account', 'ChargeItem', 'Invoice', 'PaymentNotice', 'PaymentReconciliation'] },
  insurance: {
    name: { vi: 'Bảo hiểm y tế', en: 'Insurance' },
    types: [
      'Claim', 'ClaimResponse', 'Contract', 'Coverage', 'CoverageEligibilityRequest', 'CoverageEligibilityResponse', 'EnrollmentRequest', 'EnrollmentResponse',
      'ExplanationOfBenefit',
    ],
  },
  place: {
    name: { vi: 'Cơ sở, nhân viên, lịch làm việc', en: 'Places, staff and schedules' },
    types: ['Endpoint', 'HealthcareService', 'Location', 'Organization', 'OrganizationAffiliation', 'Practitioner', 'PractitionerRole', 'Schedule', 'Slot'],
  },
  catalogue: {
    name: { vi: 'Danh mục thuốc, vật tư, dịch vụ', en: 'Catalogues' },
    types: [
      'BiologicallyDerivedProduct', 'CatalogEntry', 'ChargeItemDefinition', 'DeviceDefinition', 'InsurancePlan', 'Medication', 'MedicationKnowledge', 'MedicinalProduct',
      'MedicinalProductAuthorization', 'MedicinalProductContraindication', 'MedicinalProductIndication', 'MedicinalProductIngredient', 'MedicinalProductInteraction',
      'MedicinalProductManufactured', 'MedicinalProductPackaged', 'MedicinalProductPharmaceutical', 'MedicinalProductUndesirableEffect', 'Substance',
      'SubstanceNucleicAcid', 'SubstancePolymer', 'SubstanceProtein', 'SubstanceReferenceInformation', 'SubstanceSourceMaterial', 'SubstanceSpecification',
    ],
  },
  definition: {
    name: { vi: 'Hệ mã, biểu mẫu, định nghĩa', en: 'Code systems, forms and definitions' },
    types: [
      'ActivityDefinition', 'CapabilityStatement', 'CodeSystem', 'CompartmentDefinition', 'ConceptMap', 'EffectEvidenceSynthesis', 'EventDefinition', 'Evidence',
      'EvidenceVariable', 'ExampleScenario', 'GraphDefinition', 'ImplementationGuide', 'Library', 'Measure', 'MessageDefinition', 'NamingSystem',
      'ObservationDefinition', 'OperationDefinition', 'PlanDefinition', 'Questionnaire', 'ResearchDefinition', 'ResearchElementDefinition',
      'RiskEvidenceSynthesis', 'SearchParameter', 'SpecimenDefinition', 'StructureDefinition', 'StructureMap', 'TerminologyCapabilities', 'TestReport', 'TestScript', 'ValueSet',
    ],
  },
  statistics: { name: { vi: 'Báo cáo thống kê', en: 'Statistics' }, types: ['MeasureReport'] },
  subscription: { name: { vi: 'Đăng ký nhận thông báo', en: 'Subscriptions' }, types: ['Subscription'] },
  audit: { name: { vi: 'Nhật ký truy cập', en: 'Audit' }, types: ['AuditEvent'] },
  other: {
    name: { vi: 'Khác', en: 'Others' },
    types: ['Bundle', 'DeviceMetric', 'MessageHeader', 'OperationOutcome', 'Parameters', 'ResearchStudy', 'ResearchSubject'],
  },
};
