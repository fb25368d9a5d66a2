/** Types with a partition of their own, as migration 0001 made them. */
const own: Readonly<Record<string, string>> = {
  Appointment: 'resource_appointment',
  Claim: 'resource_claim',
  Condition: 'resource_condition',
  DiagnosticReport: 'resource_diagnostic_report',
  DocumentReference: 'resource_document_reference',
  Encounter: 'resource_encounter',
  ExplanationOfBenefit: 'resource_explanation_of_benefit',
  MedicationAdministration: 'resource_medication_administration',
  MedicationRequest: 'resource_medication_request',
  Observation: 'resource_observation',
  Patient: 'resource_patient',
  Procedure: 'resource_procedure',
  ServiceRequest: 'resource_service_request',
};

/** The table that holds a type: naming it spares PostgreSQL the planning of all partitions. */
export function tableOf(type: string): string {
  return `record.${own[type] ?? 'resource_other'}`;
}

/** True when a table holds this type alone, so that its searches need no condition on the type. */
export function hasOwnTable(type: string): boolean {
  return type in own;
}

/** Groups things by the table of their type. */
export function byTable<T>(things: readonly T[], typeOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const table = tableOf(typeOf(thing));
    const group = groups.get(table);
    if (group === undefined) groups.set(table, [thing]);
    else group.push(thing);
  }
  return groups;
}

/** A table in the name of a prepared statement, of which PostgreSQL keeps 63 characters. */
export function shortName(table: string): string {
  return table.slice('record.resource'.length);
}
