// Made by tools/fhir/make-invariants.ts from HL7 FHIR R4 (4.0.1) definitions (CC0). Do not edit: run `node tools/fhir/make-invariants.ts`.

/** Path of an element → its constraints as [key, severity, in words, FHIRPath], but for those the structure itself is judged by. */
export const invariantTable: Readonly<Record<string, readonly (readonly [key: string, severity: 'error' | 'warning', human: string, expression: string])[]>> = {
  "ActivityDefinition": [
    ["adf-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "ActivityDefinition.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Age": [
    ["age-1","error","There SHALL be a code if there is a value and it SHALL be an expression of time. If system is present, it SHALL be UCUM. If value is present, it SHALL be positive.","(code.exists() or value.empty()) and (system.empty() or system = %ucum) and (value.empty() or value.hasValue().not() or value > 0)"],
    ["qty-3","error","If a code for the unit is present, the system SHALL also be present","code.empty() or system.exists()"],
  ],
  "AllergyIntolerance": [
    ["ait-1","error","AllergyIntolerance.clinicalStatus SHALL be present if verificationStatus is not entered-in-error.","verificationStatus.coding.where(system = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification' and code = 'entered-in-error').exists() or clinicalStatus.exists()"],
    ["ait-2","error","AllergyIntolerance.clinicalStatus SHALL NOT be present if verification Status is entered-in-error","verificationStatus.coding.where(system = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification' and code = 'entered-in-error').empty() or clinicalStatus.empty()"],
  ],
  "Appointment": [
    ["app-2","error","Either start and end are specified, or neither","start.exists() = end.exists()"],
    ["app-3","error","Only proposed or cancelled appointments can be missing start/end dates","(start.exists() and end.exists()) or (status in ('proposed' | 'cancelled' | 'waitlist'))"],
    ["app-4","error","Cancelation reason is only used for appointments that have been cancelled, or no-show","Appointment.cancelationReason.exists() implies (Appointment.status='no-show' or Appointment.status='cancelled')"],
  ],
  "Appointment.participant": [
    ["app-1","error","Either the type or actor on the participant SHALL be specified","type.exists() or actor.exists()"],
  ],
  "AppointmentResponse": [
    ["apr-1","error","Either the participantType or actor must be specified","participantType.exists() or actor.exists()"],
  ],
  "Attachment": [
    ["att-1","error","If the Attachment has data, it SHALL have a contentType","data.empty() or contentType.exists()"],
  ],
  "AuditEvent.entity": [
    ["sev-1","error","Either a name or a query (NOT both)","name.empty() or query.empty()"],
  ],
  "Bundle": [
    ["bdl-1","error","total only when a search or history","total.empty() or (type = 'searchset') or (type = 'history')"],
    ["bdl-2","error","entry.search only when a search","entry.search.empty() or (type = 'searchset')"],
    ["bdl-3","error","entry.request mandatory for batch/transaction/history, otherwise prohibited","entry.all(request.exists() = (%resource.type = 'batch' or %resource.type = 'transaction' or %resource.type = 'history'))"],
    ["bdl-4","error","entry.response mandatory for batch-response/transaction-response/history, otherwise prohibited","entry.all(response.exists() = (%resource.type = 'batch-response' or %resource.type = 'transaction-response' or %resource.type = 'history'))"],
    ["bdl-7","error","FullUrl must be unique in a bundle, or else entries with the same fullUrl must have different meta.versionId (except in history bundles)","(type = 'history') or entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()"],
    ["bdl-9","error","A document must have an identifier with a system and a value","type = 'document' implies (identifier.system.exists() and identifier.value.exists())"],
    ["bdl-10","error","A document must have a date","type = 'document' implies (timestamp.hasValue())"],
    ["bdl-11","error","A document must have a Composition as the first resource","type = 'document' implies entry.first().resource.is(Composition)"],
    ["bdl-12","error","A message must have a MessageHeader as the first resource","type = 'message' implies entry.first().resource.is(MessageHeader)"],
  ],
  "Bundle.entry": [
    ["bdl-5","error","must be a resource unless there's a request or response","resource.exists() or request.exists() or response.exists()"],
    ["bdl-8","error","fullUrl cannot be a version specific reference","fullUrl.contains('/_history/').not()"],
  ],
  "CapabilityStatement": [
    ["cpb-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
    ["cpb-1","error","A Capability Statement SHALL have at least one of REST, messaging or document element.","rest.exists() or messaging.exists() or document.exists()"],
    ["cpb-2","error","A Capability Statement SHALL have at least one of description, software, or implementation element.","(description.count() + software.count() + implementation.count()) > 0"],
    ["cpb-3","error","Messaging end-point is required (and is only permitted) when a statement is for an implementation.","messaging.endpoint.empty() or kind = 'instance'"],
    ["cpb-7","error","The set of documents must be unique by the combination of profile and mode.","document.select(profile&mode).isDistinct()"],
    ["cpb-14","error","If kind = instance, implementation must be present and software may be present","(kind != 'instance') or implementation.exists()"],
    ["cpb-15","error","If kind = capability, implementation must be absent, software must be present","(kind != 'capability') or (implementation.exists().not() and software.exists())"],
    ["cpb-16","error","If kind = requirements, implementation and software must be absent","(kind!='requirements') or (implementation.exists().not() and software.exists().not())"],
  ],
  "CapabilityStatement.rest": [
    ["cpb-9","error","A given resource can only be described once per RESTful mode.","resource.select(type).isDistinct()"],
  ],
  "CapabilityStatement.rest.resource": [
    ["cpb-12","error","Search parameter names must be unique in the context of a resource.","searchParam.select(name).isDistinct()"],
  ],
  "CarePlan.activity": [
    ["cpl-3","error","Provide a reference or detail, not both","detail.empty() or reference.empty()"],
  ],
  "CarePlan.activity.detail.dailyAmount": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "CarePlan.activity.detail.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "CareTeam.participant": [
    ["ctm-1","error","CareTeam.participant.onBehalfOf can only be populated when CareTeam.participant.member is a Practitioner","onBehalfOf.exists() implies (member.resolve().iif(empty(), true, ofType(Practitioner).exists()))"],
  ],
  "ChargeItemDefinition": [
    ["cid-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "Claim.item.detail.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Claim.item.detail.subDetail.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Claim.item.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "ClaimResponse.addItem.detail.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "ClaimResponse.addItem.detail.subDetail.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "ClaimResponse.addItem.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "CodeSystem": [
    ["csd-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
    ["csd-1","error","Within a code system definition, all the codes SHALL be unique","concept.code.combine($this.descendants().concept.code).isDistinct()"],
  ],
  "CompartmentDefinition": [
    ["cpd-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "Composition.section": [
    ["cmp-1","error","A section must contain at least one of text, entries, or sub-sections","text.exists() or entry.exists() or section.exists()"],
    ["cmp-2","error","A section can only have an emptyReason if it is empty","emptyReason.empty() or entry.empty()"],
  ],
  "ConceptMap": [
    ["cmd-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "ConceptMap.group.element.target": [
    ["cmd-1","error","If the map is narrower or inexact, there SHALL be some comments","comment.exists() or equivalence.empty() or ((equivalence != 'narrower') and (equivalence != 'inexact'))"],
  ],
  "ConceptMap.group.unmapped": [
    ["cmd-2","error","If the mode is 'fixed', a code must be provided","(mode = 'fixed') implies code.exists()"],
    ["cmd-3","error","If the mode is 'other-map', a url must be provided","(mode = 'other-map') implies url.exists()"],
  ],
  "Condition": [
    ["con-3","warning","Condition.clinicalStatus SHALL be present if verificationStatus is not entered-in-error and category is problem-list-item","clinicalStatus.exists() or verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code = 'entered-in-error').exists() or category.select($this='problem-list-item').empty()"],
    ["con-4","error","If condition is abated, then clinicalStatus must be either inactive, resolved, or remission","abatement.empty() or clinicalStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-clinical' and (code='resolved' or code='remission' or code='inactive')).exists()"],
    ["con-5","error","Condition.clinicalStatus SHALL NOT be present if verification Status is entered-in-error","verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code='entered-in-error').empty() or clinicalStatus.empty()"],
  ],
  "Condition.evidence": [
    ["con-2","error","evidence SHALL have code or details","code.exists() or detail.exists()"],
  ],
  "Condition.stage": [
    ["con-1","error","Stage SHALL have summary or assessment","summary.exists() or assessment.exists()"],
  ],
  "Consent": [
    ["ppc-1","error","Either a Policy or PolicyRule","policy.exists() or policyRule.exists()"],
    ["ppc-2","error","IF Scope=privacy, there must be a patient","patient.exists() or scope.coding.where(system='something' and code='patient-privacy').exists().not()"],
    ["ppc-3","error","IF Scope=research, there must be a patient","patient.exists() or scope.coding.where(system='something' and code='research').exists().not()"],
    ["ppc-4","error","IF Scope=adr, there must be a patient","patient.exists() or scope.coding.where(system='something' and code='adr').exists().not()"],
    ["ppc-5","error","IF Scope=treatment, there must be a patient","patient.exists() or scope.coding.where(system='something' and code='treatment').exists().not()"],
  ],
  "ContactPoint": [
    ["cpt-2","error","A system is required if a value is provided.","value.empty() or system.exists()"],
  ],
  "Contract.term.asset.valuedItem.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Count": [
    ["cnt-3","error","There SHALL be a code with a value of \"1\" if there is a value. If system is present, it SHALL be UCUM. If present, the value SHALL be a whole number.","(code.exists() or value.empty()) and (system.empty() or system = %ucum) and (code.empty() or code = '1') and (value.empty() or value.hasValue().not() or value.toString().contains('.').not())"],
    ["qty-3","error","If a code for the unit is present, the system SHALL also be present","code.empty() or system.exists()"],
  ],
  "Coverage.costToBeneficiary.value[x]": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "CoverageEligibilityRequest.item.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "CoverageEligibilityResponse.insurance.item": [
    ["ces-1","error","SHALL contain a category or a billcode but not both.","category.exists() xor productOrService.exists()"],
  ],
  "DataRequirement.codeFilter": [
    ["drq-1","error","Either a path or a searchParam must be provided, but not both","path.exists() xor searchParam.exists()"],
  ],
  "DataRequirement.dateFilter": [
    ["drq-2","error","Either a path or a searchParam must be provided, but not both","path.exists() xor searchParam.exists()"],
  ],
  "Distance": [
    ["dis-1","error","There SHALL be a code if there is a value and it SHALL be an expression of length. If system is present, it SHALL be UCUM.","(code.exists() or value.empty()) and (system.empty() or system = %ucum)"],
    ["qty-3","error","If a code for the unit is present, the system SHALL also be present","code.empty() or system.exists()"],
  ],
  "DomainResource": [
    ["dom-6","warning","A resource should have narrative for robust management","text.`div`.exists()"],
  ],
  "Dosage.doseAndRate.dose[x]": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Dosage.doseAndRate.rate[x]": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Dosage.maxDosePerAdministration": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Dosage.maxDosePerLifetime": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Duration": [
    ["drt-1","error","There SHALL be a code if there is a value and it SHALL be an expression of time. If system is present, it SHALL be UCUM.","code.exists() implies ((system = %ucum) and value.exists())"],
    ["qty-3","error","If a code for the unit is present, the system SHALL also be present","code.empty() or system.exists()"],
  ],
  "EffectEvidenceSynthesis": [
    ["ees-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "ElementDefinition": [
    ["eld-2","error","Min <= Max","min.empty() or max.empty() or (max = '*') or iif(max != '*', min <= max.toInteger())"],
    ["eld-5","error","if the element definition has a contentReference, it cannot have type, defaultValue, fixed, pattern, example, minValue, maxValue, maxLength, or binding","contentReference.empty() or (type.empty() and defaultValue.empty() and fixed.empty() and pattern.empty() and example.empty() and minValue.empty() and maxValue.empty() and maxLength.empty() and binding.empty())"],
    ["eld-6","error","Fixed value may only be specified if there is one type","fixed.empty() or (type.count()  <= 1)"],
    ["eld-7","error","Pattern may only be specified if there is one type","pattern.empty() or (type.count() <= 1)"],
    ["eld-8","error","Pattern and fixed are mutually exclusive","pattern.empty() or fixed.empty()"],
    ["eld-11","error","Binding can only be present for coded elements, string, and uri","binding.empty() or type.code.empty() or type.select((code = 'code') or (code = 'Coding') or (code='CodeableConcept') or (code = 'Quantity') or (code = 'string') or (code = 'uri')).exists()"],
    ["eld-13","error","Types must be unique by code","type.select(code).isDistinct()"],
    ["eld-14","error","Constraints must be unique by key","constraint.select(key).isDistinct()"],
    ["eld-15","error","default value and meaningWhenMissing are mutually exclusive","defaultValue.empty() or meaningWhenMissing.empty()"],
    ["eld-16","error","sliceName must be composed of proper tokens separated by \"/\"","sliceName.empty() or sliceName.matches('^[a-zA-Z0-9\\\\/\\\\-_\\\\[\\\\]\\\\@]+$')"],
    ["eld-18","error","Must have a modifier reason if isModifier = true","(isModifier.exists() and isModifier) implies isModifierReason.exists()"],
    ["eld-19","error","Element names cannot include some special characters","path.matches('[^\\\\s\\\\.,:;\\\\\\'\"\\\\/|?!@#$%&*()\\\\[\\\\]{}]{1,64}(\\\\.[^\\\\s\\\\.,:;\\\\\\'\"\\\\/|?!@#$%&*()\\\\[\\\\]{}]{1,64}(\\\\[x\\\\])?(\\\\:[^\\\\s\\\\.]+)?)*')"],
    ["eld-20","warning","Element names should be simple alphanumerics with a max of 64 characters, or code generation tools may be broken","path.matches('[A-Za-z][A-Za-z0-9]*(\\\\.[a-z][A-Za-z0-9]*(\\\\[x])?)*')"],
    ["eld-22","error","sliceIsConstraining can only appear if slicename is present","sliceIsConstraining.exists() implies sliceName.exists()"],
  ],
  "ElementDefinition.binding": [
    ["eld-12","error","ValueSet SHALL start with http:// or https:// or urn:","valueSet.exists() implies (valueSet.startsWith('http:') or valueSet.startsWith('https') or valueSet.startsWith('urn:'))"],
  ],
  "ElementDefinition.constraint": [
    ["eld-21","warning","Constraints should have an expression or else validators will not be able to enforce them","expression.exists()"],
  ],
  "ElementDefinition.max": [
    ["eld-3","error","Max SHALL be a number or \"*\"","empty() or ($this = '*') or (toInteger() >= 0)"],
  ],
  "ElementDefinition.slicing": [
    ["eld-1","error","If there are no discriminators, there must be a definition","discriminator.exists() or description.exists()"],
  ],
  "ElementDefinition.type": [
    ["eld-4","error","Aggregation may only be specified if one of the allowed types for the element is a reference","aggregation.empty() or (code = 'Reference') or (code = 'canonical')"],
    ["eld-17","error","targetProfile is only allowed if the type is Reference or canonical","(code='Reference' or code = 'canonical') or targetProfile.empty()"],
  ],
  "EventDefinition": [
    ["evd-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "Evidence": [
    ["evi-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "EvidenceVariable": [
    ["evv-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "ExampleScenario": [
    ["esc-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "ExplanationOfBenefit.addItem.detail.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "ExplanationOfBenefit.addItem.detail.subDetail.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "ExplanationOfBenefit.addItem.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "ExplanationOfBenefit.item.detail.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "ExplanationOfBenefit.item.detail.subDetail.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "ExplanationOfBenefit.item.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Expression": [
    ["exp-1","error","An expression or a reference must be provided","expression.exists() or reference.exists()"],
  ],
  "FamilyMemberHistory": [
    ["fhs-1","error","Can have age[x] or born[x], but not both","age.empty() or born.empty()"],
    ["fhs-2","error","Can only have estimatedAge if age[x] is present","age.exists() or estimatedAge.empty()"],
  ],
  "Goal.target": [
    ["gol-1","error","Goal.target.measure is required if Goal.target.detail is populated","(detail.exists() and measure.exists()) or detail.exists().not()"],
  ],
  "GraphDefinition": [
    ["gdf-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "Group": [
    ["grp-1","error","Can only have members if group is \"actual\"","member.empty() or (actual = true)"],
  ],
  "Immunization.doseQuantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Immunization.education": [
    ["imm-1","error","One of documentType or reference SHALL be present","documentType.exists() or reference.exists()"],
  ],
  "ImmunizationRecommendation.recommendation": [
    ["imr-1","error","One of vaccineCode or targetDisease SHALL be present","vaccineCode.exists() or targetDisease.exists()"],
  ],
  "ImplementationGuide": [
    ["ig-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
    ["ig-2","error","If a resource has a fhirVersion, it must be oe of the versions defined for the Implementation Guide","definition.resource.fhirVersion.all(%context.fhirVersion contains $this)"],
  ],
  "ImplementationGuide.definition": [
    ["ig-1","error","If a resource has a groupingId, it must refer to a grouping defined in the Implementation Guide","resource.groupingId.all(%context.grouping.id contains $this)"],
  ],
  "InsurancePlan": [
    ["ipn-1","error","The organization SHALL at least have a name or an idendtifier, and possibly more than one","(identifier.count() + name.count()) > 0"],
  ],
  "Library": [
    ["lib-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "Linkage": [
    ["lnk-1","error","Must have at least two items","item.count()>1"],
  ],
  "List": [
    ["lst-1","error","A list can only have an emptyReason if it is empty","emptyReason.empty() or entry.empty()"],
    ["lst-2","error","The deleted flag can only be used if the mode of the list is \"changes\"","mode = 'changes' or entry.deleted.empty()"],
    ["lst-3","error","An entry date can only be used if the mode of the list is \"working\"","mode = 'working' or entry.date.empty()"],
  ],
  "Measure": [
    ["mea-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
    ["mea-1","error","Stratifier SHALL be either a single criteria or a set of criteria components","group.stratifier.all((code | description | criteria).exists() xor component.exists())"],
  ],
  "MeasureReport": [
    ["mrp-1","error","Measure Reports used for data collection SHALL NOT communicate group and score information","(type != 'data-collection') or group.exists().not()"],
    ["mrp-2","error","Stratifiers SHALL be either a single criteria or a set of criteria components","group.stratifier.stratum.all(value.exists() xor component.exists())"],
  ],
  "MedicationAdministration.dosage": [
    ["mad-1","error","SHALL have at least one of dosage.dose or dosage.rate[x]","dose.exists() or rate.exists()"],
  ],
  "MedicationAdministration.dosage.dose": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "MedicationAdministration.dosage.rate[x]": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "MedicationDispense": [
    ["mdd-1","error","whenHandedOver cannot be before whenPrepared","whenHandedOver.empty() or whenPrepared.empty() or whenHandedOver >= whenPrepared"],
  ],
  "MedicationDispense.daysSupply": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "MedicationDispense.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "MedicationKnowledge.administrationGuidelines.patientCharacteristics.characteristic[x]": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "MedicationKnowledge.amount": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "MedicationKnowledge.drugCharacteristic.value[x]": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "MedicationKnowledge.kinetics.areaUnderCurve": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "MedicationKnowledge.kinetics.lethalDose50": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "MedicationKnowledge.packaging.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "MedicationKnowledge.regulatory.maxDispense.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "MedicationRequest.dispenseRequest.initialFill.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "MedicationRequest.dispenseRequest.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "MessageDefinition": [
    ["msd-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "MessageDefinition.focus": [
    ["md-1","error","Max must be postive int or *","max='*' or (max.toInteger() > 0)"],
  ],
  "MolecularSequence": [
    ["msq-3","error","Only 0 and 1 are valid for coordinateSystem","coordinateSystem = 1 or coordinateSystem = 0"],
  ],
  "MolecularSequence.referenceSeq": [
    ["msq-5","error","GenomeBuild and chromosome must be both contained if either one of them is contained","(chromosome.empty() and genomeBuild.empty()) or (chromosome.exists() and genomeBuild.exists())"],
    ["msq-6","error","Have and only have one of the following elements in referenceSeq : 1. genomeBuild ; 2 referenceSeqId; 3. referenceSeqPointer; 4. referenceSeqString;","(genomeBuild.count()+referenceSeqId.count()+ referenceSeqPointer.count()+ referenceSeqString.count()) = 1"],
  ],
  "NamingSystem": [
    ["nsd-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
    ["nsd-1","error","Root systems cannot have uuid identifiers","kind != 'root' or uniqueId.all(type != 'uuid')"],
    ["nsd-2","error","Can't have more than one preferred identifier for a type","uniqueId.where(preferred = true).select(type).isDistinct()"],
  ],
  "NutritionOrder": [
    ["nor-1","warning","Nutrition Order SHALL contain either Oral Diet , Supplement, or Enteral Formula class","oralDiet.exists() or supplement.exists() or enteralFormula.exists()"],
  ],
  "NutritionOrder.enteralFormula.administration.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "NutritionOrder.enteralFormula.administration.rate[x]": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "NutritionOrder.enteralFormula.caloricDensity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "NutritionOrder.enteralFormula.maxVolumeToDeliver": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "NutritionOrder.oralDiet.nutrient.amount": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "NutritionOrder.supplement.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Observation": [
    ["obs-6","error","dataAbsentReason SHALL only be present if Observation.value[x] is not present","dataAbsentReason.empty() or value.empty()"],
    ["obs-7","error","If Observation.code is the same as an Observation.component.code then the value element associated with the code SHALL NOT be present","value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()"],
  ],
  "Observation.referenceRange": [
    ["obs-3","error","Must have at least a low or a high or text","low.exists() or high.exists() or text.exists()"],
  ],
  "Observation.referenceRange.high": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Observation.referenceRange.low": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "OperationDefinition": [
    ["opd-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "OperationDefinition.parameter": [
    ["opd-1","error","Either a type must be provided, or parts","type.exists() or part.exists()"],
    ["opd-2","error","A search type can only be specified for parameters of type string","searchType.exists() implies type = 'string'"],
    ["opd-3","error","A targetProfile can only be specified for parameters of type Reference or Canonical","targetProfile.exists() implies (type = 'Reference' or type = 'canonical')"],
  ],
  "Organization": [
    ["org-1","error","The organization SHALL at least have a name or an identifier, and possibly more than one","(identifier.count() + name.count()) > 0"],
  ],
  "Organization.address": [
    ["org-2","error","An address of an organization can never be of use 'home'","where(use = 'home').empty()"],
  ],
  "Organization.telecom": [
    ["org-3","error","The telecom of an organization can never be of use 'home'","where(use = 'home').empty()"],
  ],
  "Parameters.parameter": [
    ["inv-1","error","A parameter must have one and only one of (value, resource, part)","(part.exists() and value.empty() and resource.empty()) or (part.empty() and (value.exists() xor resource.exists()))"],
  ],
  "Patient.contact": [
    ["pat-1","error","SHALL at least contain a contact's details or a reference to an organization","name.exists() or telecom.exists() or address.exists() or organization.exists()"],
  ],
  "Period": [
    ["per-1","error","If present, start SHALL have a lower value than end","start.hasValue().not() or end.hasValue().not() or (start <= end)"],
  ],
  "PlanDefinition": [
    ["pdf-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "Quantity": [
    ["qty-3","error","If a code for the unit is present, the system SHALL also be present","code.empty() or system.exists()"],
  ],
  "Questionnaire": [
    ["que-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
    ["que-2","error","The link ids for groups and questions must be unique within the questionnaire","descendants().linkId.isDistinct()"],
  ],
  "Questionnaire.item": [
    ["que-1","error","Group items must have nested items, display items cannot have nested items","(type='group' implies item.empty().not()) and (type.trace('type')='display' implies item.trace('item').empty())"],
    ["que-3","error","Display items cannot have a \"code\" asserted","type!='display' or code.empty()"],
    ["que-4","error","A question cannot have both answerOption and answerValueSet","answerOption.empty() or answerValueSet.empty()"],
    ["que-5","error","Only 'choice' and 'open-choice' items can have answerValueSet","(type ='choice' or type = 'open-choice' or type = 'decimal' or type = 'integer' or type = 'date' or type = 'dateTime' or type = 'time' or type = 'string' or type = 'quantity') or (answerValueSet.empty() and answerOption.empty())"],
    ["que-6","error","Required and repeat aren't permitted for display items","type!='display' or (required.empty() and repeats.empty())"],
    ["que-8","error","Initial values can't be specified for groups or display items","(type!='group' and type!='display') or initial.empty()"],
    ["que-9","error","Read-only can't be specified for \"display\" items","type!='display' or readOnly.empty()"],
    ["que-10","error","Maximum length can only be declared for simple question types","(type in ('boolean' | 'decimal' | 'integer' | 'string' | 'text' | 'url' | 'open-choice')) or maxLength.empty()"],
    ["que-11","error","If one or more answerOption is present, initial[x] must be missing","answerOption.empty() or initial.empty()"],
    ["que-12","error","If there are more than one enableWhen, enableBehavior must be specified","enableWhen.count() > 2 implies enableBehavior.exists()"],
    ["que-13","error","Can only have multiple initial values for repeating items","repeats=true or initial.count() <= 1"],
  ],
  "Questionnaire.item.enableWhen": [
    ["que-7","error","If the operator is 'exists', the value must be a boolean","operator = 'exists' implies (answer is Boolean)"],
  ],
  "QuestionnaireResponse.item": [
    ["qrs-1","error","Nested item can't be beneath both item and answer","(answer.exists() and item.exists()).not()"],
  ],
  "Range": [
    ["rng-2","error","If present, low SHALL have a lower value than high","low.empty() or high.empty() or (low <= high)"],
  ],
  "Range.high": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Range.low": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Ratio": [
    ["rat-1","error","Numerator and denominator SHALL both be present, or both are absent. If both are absent, there SHALL be some extension present","(numerator.empty() xor denominator.exists()) and (numerator.exists() or extension.exists())"],
  ],
  "RequestGroup.action": [
    ["rqg-1","error","Must have resource or action but not both","resource.exists() != action.exists()"],
  ],
  "ResearchDefinition": [
    ["rsd-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "ResearchElementDefinition": [
    ["red-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "RiskAssessment.prediction": [
    ["ras-2","error","Must be <= 100","probability is decimal implies (probability as decimal) <= 100"],
  ],
  "RiskAssessment.prediction.probability[x]": [
    ["ras-1","error","low and high must be percentages, if present","(low.empty() or ((low.code = '%') and (low.system = %ucum))) and (high.empty() or ((high.code = '%') and (high.system = %ucum)))"],
  ],
  "RiskEvidenceSynthesis": [
    ["rvs-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "SampledData.origin": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "SearchParameter": [
    ["spd-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
    ["spd-1","error","If an xpath is present, there SHALL be an xpathUsage","xpath.empty() or xpathUsage.exists()"],
    ["spd-2","error","Search parameters can only have chain names when the search parameter type is 'reference'","chain.empty() or type = 'reference'"],
  ],
  "ServiceRequest": [
    ["prr-1","error","orderDetail SHALL only be present if code is present","orderDetail.empty() or code.exists()"],
  ],
  "Specimen.collection.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Specimen.container.capacity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Specimen.container.specimenQuantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "SpecimenDefinition.typeTested.container.capacity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "SpecimenDefinition.typeTested.container.minimumVolume[x]": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "StructureDefinition": [
    ["sdf-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
    ["sdf-1","error","Element paths must be unique unless the structure is a constraint","derivation = 'constraint' or snapshot.element.select(path).isDistinct()"],
    ["sdf-15a","error","If the first element in a differential has no \".\" in the path and it's not a logical model, it has no type","(kind!='logical'  and differential.element.first().path.contains('.').not()) implies differential.element.first().type.empty()"],
    ["sdf-4","error","If the structure is not abstract, then there SHALL be a baseDefinition","abstract = true or baseDefinition.exists()"],
    ["sdf-5","error","If the structure defines an extension then the structure must have context information","type != 'Extension' or derivation = 'specialization' or (context.exists())"],
    ["sdf-6","error","A structure must have either a differential, or a snapshot (or both)","snapshot.exists() or differential.exists()"],
    ["sdf-9","error","In any snapshot or differential, no label, code or requirements on an element without a \".\" in the path (e.g. the first element)","children().element.where(path.contains('.').not()).label.empty() and children().element.where(path.contains('.').not()).code.empty() and children().element.where(path.contains('.').not()).requirements.empty()"],
    ["sdf-11","error","If there's a type, its content must match the path name in the first element of a snapshot","kind != 'logical' implies snapshot.empty() or snapshot.element.first().path = type"],
    ["sdf-14","error","All element definitions must have an id","snapshot.element.all(id.exists()) and differential.element.all(id.exists())"],
    ["sdf-15","error","The first element in a snapshot has no type unless model is a logical model.","kind!='logical' implies snapshot.element.first().type.empty()"],
    ["sdf-16","error","All element definitions must have unique ids (snapshot)","snapshot.element.all(id.exists()) and snapshot.element.id.trace('ids').isDistinct()"],
    ["sdf-17","error","All element definitions must have unique ids (diff)","differential.element.all(id.exists()) and differential.element.id.trace('ids').isDistinct()"],
    ["sdf-18","error","Context Invariants can only be used for extensions","contextInvariant.exists() implies type = 'Extension'"],
    ["sdf-19","error","FHIR Specification models only use FHIR defined types","url.startsWith('http://hl7.org/fhir/StructureDefinition') implies (differential.element.type.code.all(matches('^[a-zA-Z0-9]+$') or matches('^http:\\\\/\\\\/hl7\\\\.org\\\\/fhirpath\\\\/System\\\\.[A-Z][A-Za-z]+$')) and snapshot.element.type.code.all(matches('^[a-zA-Z0-9\\\\.]+$') or matches('^http:\\\\/\\\\/hl7\\\\.org\\\\/fhirpath\\\\/System\\\\.[A-Z][A-Za-z]+$')))"],
    ["sdf-21","error","Default values can only be specified on specializations","differential.element.defaultValue.exists() implies (derivation = 'specialization')"],
    ["sdf-22","error","FHIR Specification models never have default values","url.startsWith('http://hl7.org/fhir/StructureDefinition') implies (snapshot.element.defaultValue.empty() and differential.element.defaultValue.empty())"],
    ["sdf-23","error","No slice name on root","(snapshot | differential).element.all(path.contains('.').not() implies sliceName.empty())"],
  ],
  "StructureDefinition.differential": [
    ["sdf-20","error","No slicing on the root element","element.where(path.contains('.').not()).slicing.empty()"],
    ["sdf-8a","error","In any differential, all the elements must start with the StructureDefinition's specified type for non-logical models, or with the same type name for logical models","(%resource.kind = 'logical' or element.first().path.startsWith(%resource.type)) and (element.tail().empty() or element.tail().all(path.startsWith(%resource.differential.element.first().path.replaceMatches('\\\\..*','')&'.')))"],
  ],
  "StructureDefinition.mapping": [
    ["sdf-2","error","Must have at least a name or a uri (or both)","name.exists() or uri.exists()"],
  ],
  "StructureDefinition.snapshot": [
    ["sdf-3","error","Each element definition in a snapshot must have a formal definition and cardinalities","element.all(definition.exists() and min.exists() and max.exists())"],
    ["sdf-8","error","All snapshot elements must start with the StructureDefinition's specified type for non-logical models, or with the same type name for logical models","(%resource.kind = 'logical' or element.first().path = %resource.type) and element.tail().all(path.startsWith(%resource.snapshot.element.first().path&'.'))"],
    ["sdf-8b","error","All snapshot elements must have a base definition","element.all(base.exists())"],
  ],
  "StructureDefinition.snapshot.element": [
    ["sdf-10","error","provide either a binding reference or a description (or both)","binding.empty() or binding.valueSet.exists() or binding.description.exists()"],
  ],
  "StructureMap": [
    ["smp-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "StructureMap.group.rule.target": [
    ["smp-1","error","Can only have an element if you have a context","element.exists() implies context.exists()"],
    ["smp-2","error","Must have a contextType if you have a context","context.exists() implies contextType.exists()"],
  ],
  "Substance.instance.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "SupplyDelivery.suppliedItem.quantity": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
  "Task": [
    ["inv-1","error","Last modified date must be greater than or equal to authored-on date.","lastModified.exists().not() or authoredOn.exists().not() or lastModified >= authoredOn"],
  ],
  "TerminologyCapabilities": [
    ["tcp-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
    ["tcp-2","error","A Capability Statement SHALL have at least one of description, software, or implementation element.","(description.count() + software.count() + implementation.count()) > 0"],
    ["tcp-3","error","If kind = instance, implementation must be present and software may be present","(kind != 'instance') or implementation.exists()"],
    ["tcp-4","error","If kind = capability, implementation must be absent, software must be present","(kind != 'capability') or (implementation.exists().not() and software.exists())"],
    ["tcp-5","error","If kind = requirements, implementation and software must be absent","(kind!='requirements') or (implementation.exists().not() and software.exists().not())"],
  ],
  "TerminologyCapabilities.codeSystem": [
    ["tcp-1","error","If there is more than one version, a version code must be defined","version.count() > 1 implies version.all(code.exists())"],
  ],
  "TestReport.setup.action": [
    ["inv-1","error","Setup action SHALL contain either an operation or assert but not both.","operation.exists() xor assert.exists()"],
  ],
  "TestReport.test.action": [
    ["inv-2","error","Test action SHALL contain either an operation or assert but not both.","operation.exists() xor assert.exists()"],
  ],
  "TestScript": [
    ["tst-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "TestScript.metadata": [
    ["tst-4","error","TestScript metadata capability SHALL contain required or validated or both.","capability.required.exists() or capability.validated.exists()"],
  ],
  "TestScript.setup.action": [
    ["tst-1","error","Setup action SHALL contain either an operation or assert but not both.","operation.exists() xor assert.exists()"],
  ],
  "TestScript.setup.action.assert": [
    ["tst-5","error","Only a single assertion SHALL be present within setup action assert element.","extension.exists() or (contentType.count() + expression.count() + headerField.count() + minimumId.count() + navigationLinks.count() + path.count() + requestMethod.count() + resource.count() + responseCode.count() + response.count()  + validateProfileId.count() <=1)"],
    ["tst-10","error","Setup action assert SHALL contain either compareToSourceId and compareToSourceExpression, compareToSourceId and compareToSourcePath or neither.","compareToSourceId.empty() xor (compareToSourceExpression.exists() or compareToSourcePath.exists())"],
    ["tst-12","error","Setup action assert response and responseCode SHALL be empty when direction equals request","(response.empty() and responseCode.empty() and direction = 'request') or direction.empty() or direction = 'response'"],
  ],
  "TestScript.setup.action.operation": [
    ["tst-7","error","Setup operation SHALL contain either sourceId or targetId or params or url.","sourceId.exists() or (targetId.count() + url.count() + params.count() = 1) or (type.code in ('capabilities' |'search' | 'transaction' | 'history'))"],
  ],
  "TestScript.teardown.action.operation": [
    ["tst-9","error","Teardown operation SHALL contain either sourceId or targetId or params or url.","sourceId.exists() or (targetId.count() + url.count() + params.count() = 1) or (type.code in ('capabilities' | 'search' | 'transaction' | 'history'))"],
  ],
  "TestScript.test.action": [
    ["tst-2","error","Test action SHALL contain either an operation or assert but not both.","operation.exists() xor assert.exists()"],
  ],
  "TestScript.test.action.assert": [
    ["tst-6","error","Only a single assertion SHALL be present within test action assert element.","extension.exists() or (contentType.count() + expression.count() + headerField.count() + minimumId.count() + navigationLinks.count() + path.count() + requestMethod.count() + resource.count() + responseCode.count() + response.count() + validateProfileId.count() <=1)"],
    ["tst-11","error","Test action assert SHALL contain either compareToSourceId and compareToSourceExpression, compareToSourceId and compareToSourcePath or neither.","compareToSourceId.empty() xor (compareToSourceExpression.exists() or compareToSourcePath.exists())"],
    ["tst-13","error","Test action assert response and response and responseCode SHALL be empty when direction equals request","(response.empty() and responseCode.empty() and direction = 'request') or direction.empty() or direction = 'response'"],
  ],
  "TestScript.test.action.operation": [
    ["tst-8","error","Test operation SHALL contain either sourceId or targetId or params or url.","sourceId.exists() or (targetId.count() + url.count() + params.count() = 1) or (type.code in ('capabilities' | 'search' | 'transaction' | 'history'))"],
  ],
  "TestScript.variable": [
    ["tst-3","error","Variable can only contain one of expression, headerField or path.","expression.empty() or headerField.empty() or path.empty()"],
  ],
  "Timing.repeat": [
    ["tim-1","error","if there's a duration, there needs to be duration units","duration.empty() or durationUnit.exists()"],
    ["tim-2","error","if there's a period, there needs to be period units","period.empty() or periodUnit.exists()"],
    ["tim-4","error","duration SHALL be a non-negative value","duration.exists() implies duration >= 0"],
    ["tim-5","error","period SHALL be a non-negative value","period.exists() implies period >= 0"],
    ["tim-6","error","If there's a periodMax, there must be a period","periodMax.empty() or period.exists()"],
    ["tim-7","error","If there's a durationMax, there must be a duration","durationMax.empty() or duration.exists()"],
    ["tim-8","error","If there's a countMax, there must be a count","countMax.empty() or count.exists()"],
    ["tim-9","error","If there's an offset, there must be a when (and not C, CM, CD, CV)","offset.empty() or (when.exists() and ((when in ('C' | 'CM' | 'CD' | 'CV')).not()))"],
    ["tim-10","error","If there's a timeOfDay, there cannot be a when, or vice versa","timeOfDay.empty() or when.empty()"],
  ],
  "TriggerDefinition": [
    ["trd-1","error","Either timing, or a data requirement, but not both","data.empty() or timing.empty()"],
    ["trd-2","error","A condition only if there is a data requirement","condition.exists() implies data.exists()"],
    ["trd-3","error","A named event requires a name, a periodic event requires timing, and a data event requires data","(type = 'named-event' implies name.exists()) and (type = 'periodic' implies timing.exists()) and (type.startsWith('data-') implies data.exists())"],
  ],
  "ValueSet": [
    ["vsd-0","warning","Name should be usable as an identifier for the module by machine processing applications such as code generation","name.matches('[A-Z]([A-Za-z0-9_]){0,254}')"],
  ],
  "ValueSet.compose.include": [
    ["vsd-1","error","A value set include/exclude SHALL have a value set or a system","valueSet.exists() or system.exists()"],
    ["vsd-2","error","A value set with concepts or filters SHALL include a system","(concept.exists() or filter.exists()) implies system.exists()"],
    ["vsd-3","error","Cannot have both concept and filter","concept.empty() or filter.empty()"],
  ],
  "ValueSet.expansion.contains": [
    ["vsd-6","error","SHALL have a code or a display","code.exists() or display.exists()"],
    ["vsd-9","error","Must have a code if not abstract","code.exists() or abstract = true"],
    ["vsd-10","error","Must have a system if a code is present","code.empty() or system.exists()"],
  ],
  "VisionPrescription.lensSpecification.duration": [
    ["sqty-1","error","The comparator is not used on a SimpleQuantity","comparator.empty()"],
  ],
};
