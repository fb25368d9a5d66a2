export { citizenNumberFacts, citizenNumberFindings, type CardFinding } from './citizen-number.ts';
export { insuranceNumberFindings } from './insurance-card.ts';
export { birthProvinces, provincesNow } from './provinces.ts';
export { readScan, type Scan } from './read-scan.ts';
