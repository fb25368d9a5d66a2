import { hour, instantText } from './calendar.ts';
import { add, type Chart, type Visit } from './chart.ts';
import { departmentOf } from './hospital.ts';
import { type ImagingKey, imagingStudies } from './imaging-studies.ts';
import { addOrder } from './laboratory.ts';
import { concept, hl7Coding, systems } from './systems.ts';

const categoryNames = { RAD: 'Radiology', RUS: 'Radiology Ultrasound', RX: 'Radiograph', CT: 'CAT Scan', CUS: 'Cardiac Ultrasound', EC: 'Electrocardiac (e.g., EKG, EEC, Holter)' };

/** Adds a request for an image and the radiologist's report with its conclusion. */
export function addImaging(chart: Chart, visit: Visit, key: ImagingKey, conclusion?: string): void {
  const study = imagingStudies[key];
  const at = visit.at + hour / 2;
  const issued = at + hour / 2;
  const code = study.loinc === undefined ? concept(systems.localTest, key, study.vi) : concept(systems.loinc, study.loinc, study.vi);
  const done = issued <= chart.now;
  const order = addOrder(chart, visit, code, 'Imaging', done);
  if (!done) return;
  const department = departmentOf(visit.facility, 'imaging');
  const reader = chart.dice.pick(chart.staff.doctorsOf(visit.facility, 'imaging'));
  const category = { coding: [hl7Coding('v2-0074', study.category, categoryNames[study.category])], text: 'Chẩn đoán hình ảnh' };
  add(chart, 'DiagnosticReport', {
    basedOn: [order], status: 'final', category: [category], code, subject: chart.patient, encounter: visit.reference,
    effectiveDateTime: instantText(at), issued: instantText(issued), performer: [department.organization], resultsInterpreter: [reader.reference],
    conclusion: conclusion ?? (chart.dice.chance(0.35) ? study.normal : chart.dice.pick(study.findings)),
  });
}
