// What loading a package did, for a person at a terminal.
import type { PackageReport } from '../../modules/record/index.ts';

const shown = 20;

/** The lines of a report, Vietnamese first. */
export function reportLines(report: PackageReport): string[] {
  const { name, version, byType, refused, leftOut, missingPackages, missingProfiles } = report;
  return [
    `${name} ${version}`,
    ...Object.entries(byType).map(([type, { created, updated, unchanged }]) => `  ${type.padEnd(24)} ${created} mới / new, ${updated} đổi / changed, ${unchanged} như cũ / unchanged`),
    ...(leftOut === 0 ? [] : [`  ${leftOut} tài nguyên không phải định nghĩa, bỏ qua / no definitions, left out`]),
    ...listed('bị từ chối / refused', refused.map(({ type, id, issues }) => `${type}/${id}: ${issues[0]?.expression ?? ''} ${issues[0]?.diagnostics ?? ''}`)),
    ...listed('gói còn thiếu / missing packages', missingPackages),
    ...listed('hồ sơ mẫu còn thiếu / missing profiles', missingProfiles),
  ];
}

function listed(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const rest = lines.length > shown ? [`    … ${lines.length - shown}`] : [];
  return [`  ${lines.length} ${title}:`, ...lines.slice(0, shown).map((line) => `    ${line}`), ...rest];
}
