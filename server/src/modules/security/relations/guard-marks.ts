/** Gives the SQL expression of a patient's own marks, for the statement that writes a row about the patient whose key an expression gives. */
export function guardMarks(patientExpression: string): string {
  return `coalesce((select g.marks from security.patient_guard g where g.patient = ${patientExpression}), 0)`;
}
