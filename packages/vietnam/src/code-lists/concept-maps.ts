// What became of codes when lists changed, and what they are in other lists.
import { canonical } from '../canonical.ts';
import { conceptMapOf, type Definition, type Mapping } from './code-system.ts';
import type { Row } from './table.ts';

export interface MapList {
  readonly file: string;
  readonly columns: readonly string[];
  readonly make: (rows: readonly Row[]) => Definition;
}

const icd9cm = 'http://hl7.org/fhir/sid/icd-9-cm';

export const mapLists: readonly MapList[] = [
  {
    file: 'provinces-63-to-34.tsv', columns: ['old_code', 'new_code'],
    make: (rows) => conceptMapOf(
      {
        name: 'tinh-2008-2025', title: 'Tỉnh cũ sang tỉnh mới', description: 'The 63 provinces until 2025-06-30 and those of the 34 that took them up (resolution 202/2025/QH15). A province that was merged is part of a wider one.',
        source: { url: canonical('CodeSystem', 'tinh'), version: '2008' }, target: { url: canonical('CodeSystem', 'tinh'), version: '2025' },
      },
      provinceMappings(rows),
    ),
  },
  {
    file: 'dvkt-icd9-4440.tsv', columns: ['dvkt_code', 'icd9cm'],
    make: (rows) => conceptMapOf(
      { name: 'dvkt-icd9cm', title: 'Dịch vụ kỹ thuật sang ICD-9-CM', description: 'Technical services and the ICD-9-CM procedures of decision 4440/QĐ-BYT of 2020.', source: { url: canonical('CodeSystem', 'dvkt') }, target: { url: icd9cm } },
      rows.flatMap((row) => (row['icd9cm'] ?? '').split(/[;,]\s*/).filter((code) => code !== '').map((target): Mapping => ({ source: row['dvkt_code'] ?? '', target, equivalence: 'relatedto', display: row['icd9cm_name_vi'] || undefined }))),
    ),
  },
];

function provinceMappings(rows: readonly Row[]): Mapping[] {
  const sources = new Map<string, number>();
  for (const row of rows) sources.set(row['new_code'] ?? '', (sources.get(row['new_code'] ?? '') ?? 0) + 1);
  return rows.map((row) => ({ source: row['old_code'] ?? '', target: row['new_code'] ?? '', equivalence: sources.get(row['new_code'] ?? '') === 1 ? 'equal' : 'wider' }));
}
