// The modules from the ground up. A module may import only modules above it in this list.
// Start-up, migrations, the fence and the docs read it. A module gets its folder when an issue first needs it.
export const order = [
  'security', // sessions and grants, policy, consent, break-glass, signatures, the chained audit
  'terminology', // concepts of code systems, value sets and concept maps: expand, look up, validate, translate
  'record', // every resource version, history and change log, search, validation, operations on one record
  'bulk', // export and import of the record as NDJSON, in the background
  'subscriptions', // who is told of which changes, deliveries and dead letters
  'catalogue', // services, drugs, tests, prices in force, official code lists
  'identity', // patients and their index, staff, places, citizen id and card reading
  'messages', // SMS, Zalo, e-mail, push: templates, preferences, delivery
  'decision-support', // rules and models that judge a proposed act or a new fact
  'encounters', // visits, queue, vitals, notes, problems, allergies, the chart
  'booking', // schedules, slots, holds, appointments over every channel
  'orders', // order basket, order states and releases, prescriptions, results inbox
  'laboratory', // specimens, analyzers, quality control, verification, critical values
  'imaging', // DICOM archive, worklist, DICOMweb, reporting, sharing
  'surgery', // theatre plan, safety checklist, transplant list
  'pharmacy', // stock lots, verification, dispensing, controlled drugs
  'inpatient', // beds, admission, transfer, discharge, medication administration
  'telehealth', // video rooms, waiting room, consultation between hospitals
  'billing', // charges, ledger, invoices, payments
  'insurance', // card checks, benefit, claim tables, sending, reconciliation
  'appraisal', // the payer's side: receive, check and decide claims
  'citizen', // health book, referral and re-examination slips, citizen sign-in
  'exchange', // the hub between hospitals: index, consent, requests, deliveries
  'surveillance', // case detection, outbreak signals, disease trends
  'analytics', // flat views, indicators, dashboards, forecasts
  'disclosure', // the public portal: prices, products, bids
  'procedures', // administrative procedures: dossiers, the single window
  'portal', // what the patient app composes: home, results released, family, feedback
] as const;

export type ModuleName = (typeof order)[number];
