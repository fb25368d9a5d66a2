// The page docs/doors.md: every door of the server, what it needs, and which roles have that.
import { permissions, type Permission } from '@sen/contracts';
import type { Door } from '../../server/src/edges/http/doors.ts';
import { roles, type Role } from '../../server/src/modules/security/policy/roles.ts';
import type { ModuleManifest } from '../../server/src/platform/module.ts';

type Permits = (role: Role, needs: Permission) => boolean;

/** Writes the page; `permits` is the starter policy. */
export function doorsPage(doors: readonly Door[], manifests: readonly ModuleManifest[], permits: Permits): string {
  return [
    '# Các cửa vào máy chủ / The doors of the server',
    '',
    'Every address at which the server answers, and what the caller must be permitted there. Made by `tests/security/doors.db.test.ts`, which sends a real request',
    'as every role to every door and compares what happens with the policy. A route that does not say what it needs stops the start of the server.',
    'Which records a caller then sees is judged row by row: [policy.md](policy.md).',
    '',
    '## Quyền và vai trò / Permissions and roles',
    '',
    '| permission | nghĩa | meaning | roles (starter policy) |',
    '|---|---|---|---|',
    ...(Object.keys(permissions) as Permission[]).map((permission) => `| \`${permission}\` | ${permissions[permission].vi} | ${permissions[permission].en} | ${rolesWith(permission, permits)} |`),
    '',
    '## Địa chỉ / Addresses',
    '',
    '`open`: answers also those who have not signed in (sign-in itself, health, what the server can do, files by signed link, the pages of the web).',
    '',
    '| address | methods | needs |',
    '|---|---|---|',
    ...addressRows(doors),
    '',
    '## FHIR operations',
    '',
    'At `/fhir/R4`, beside `fhir.use`. Their answers hold only what the caller may see.',
    '',
    '| operation | at | needs |',
    '|---|---|---|',
    ...operationRows(manifests),
    '',
  ].join('\n');
}

function rolesWith(permission: Permission, permits: Permits): string {
  const those = roles.filter((role) => permits(role, permission));
  return those.length === roles.length ? 'all' : those.join(', ');
}

function addressRows(doors: readonly Door[]): string[] {
  const methods = new Map<string, Set<string>>();
  for (const { url, needs, methods: taken } of doors) {
    const key = `${url}\n${needs ?? 'open'}`;
    const known = methods.get(key) ?? new Set();
    methods.set(key, known);
    for (const method of taken) if (method !== 'HEAD' && method !== 'OPTIONS') known.add(method);
  }
  return [...methods].filter(([, taken]) => taken.size > 0).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, taken]) => {
    const [url, needs] = key.split('\n');
    return `| \`${url}\` | ${[...taken].join(', ')} | ${needs === 'open' ? 'open' : `\`${needs}\``} |`;
  });
}

function operationRows(manifests: readonly ModuleManifest[]): string[] {
  const rows = manifests.flatMap(({ operations = [] }) => operations.map(({ code, needs, system, types, instances }) => {
    const level = (name: string, of: typeof types) => (of === undefined ? [] : [`${name} ${of === 'every' ? '(every type)' : of.join(', ')}`]);
    const at = [...(system === true ? ['system'] : []), ...level('type', types), ...level('instance', instances)].join(' · ');
    return `| \`$${code}\` | ${at} | \`${needs}\` |`;
  }));
  return [...new Set(rows)].sort();
}
