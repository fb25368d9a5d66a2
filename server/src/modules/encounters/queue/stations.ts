// What a room is for, from what the record says of it.
import type { StationKind } from '@sen/contracts';

/** Our own code on Location.type says it plainly. */
const stationSystem = 'urn:sen:cs:station';

const kinds: readonly StationKind[] = ['triage', 'exam', 'payment', 'laboratory', 'imaging', 'pharmacy', 'procedure'];

/** Departments by the codes of QĐ 5937/QĐ-BYT as the hospital writes them (K37 laboratory, K39 imaging, K44 pharmacy). */
const byDepartment: Readonly<Record<string, StationKind>> = { K37: 'laboratory', K38: 'laboratory', K39: 'imaging', K44: 'pharmacy', K35: 'procedure' };

export function stationKindOf(codes: readonly { readonly system?: string; readonly code?: string }[], departmentCode: string | undefined): StationKind {
  const own = codes.find(({ system, code }) => system === stationSystem && kinds.includes(code as StationKind));
  return (own?.code as StationKind | undefined) ?? byDepartment[departmentCode ?? ''] ?? 'exam';
}

/** What a screen shows large: the number, or the short name, without the word for room. */
export function shortRoomName(name: string): string {
  return name.replace(/^(phòng|buồng|quầy|room)\s+/iu, '');
}
