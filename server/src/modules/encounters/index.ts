export { listMedicines } from './list-medicines.ts';
export { listProblems } from './list-problems.ts';
export { readBanner } from './read-banner.ts';
export { readLatestResults } from './read-latest-results.ts';
