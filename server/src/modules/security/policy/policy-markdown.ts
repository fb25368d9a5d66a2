// A policy as a page of text (docs/policy.md).
import type { PolicyCell, PolicyRole, PolicyWay } from '@sen/contracts';
import type { PolicyDocument } from './document.ts';
import { policyPage } from './policy-page.ts';

const verbs = { read: 'xem', history: 'xem bản cũ', create: 'thêm', update: 'sửa', delete: 'xóa' } as const;

/** Writes the whole policy: who may do what at a glance, then each role in full. */
export function policyMarkdown(document: PolicyDocument): string {
  const page = policyPage(document);
  const patients = page.groups.filter(({ code }) => page.roles.some(({ cells }) => cells[code] !== undefined));
  return [
    `# Chính sách truy cập / Access policy`,
    '',
    'Who may see and do what in a new hospital. Made from `server/src/modules/security/policy/starter-policy.ts` by `npm run sen -- policy --markdown`; a test compares them.',
    'A hospital changes its own on the page `/policy`, or with `npm run sen -- policy set <file> --reason "…"`: each change is a new version, with who, when and why.',
    '',
    '## Cách đọc / How to read it',
    '',
    'A cell says whose data the role sees: *tất cả* all · *khoa* patients of the department · *chăm sóc* those in one’s care (named in a visit, an appointment, an order or a team,',
    'or in one’s ward or queue) · *của mình* one’s own · *được cho phép* what a consent permits · *khẩn cấp* a record opened in an emergency. ✎ writes too · * not all of it',
    '(some types, some rows or not all fields) · ◆ sensitive categories too (HIV, mental health, genetic, sexual health, substance use, violence). Everything else is closed.',
    '',
    ...page.limits.map(({ name, days }) => `- ${name.vi}: **${days} ngày** (${name.en}: ${days} days)`),
    '',
    '## Vai trò và dữ liệu / Roles and data',
    '',
    `| | ${patients.map(({ name }) => name.vi).join(' | ')} |`,
    `|---|${patients.map(() => '---').join('|')}|`,
    ...page.roles.map((role) => `| **${role.name.vi}** | ${patients.map(({ code }) => cellText(role.cells[code])).join(' | ')} |`),
    '',
    '## Từng vai trò / Each role',
    ...page.roles.flatMap(roleText),
    '',
    '## Nhóm dữ liệu / Groups of data',
    '',
    ...page.groups.map(({ name, types }) => `- **${name.vi}** (${name.en}): ${types.join(', ')}`),
    '',
  ].join('\n');
}

function cellText(cell: PolicyCell | undefined): string {
  if (cell === undefined) return '–';
  const whose = cell.read.length > 0 ? cell.read : cell.write;
  const signs = [cell.write.length > 0 ? '✎' : '', cell.partly ? '\\*' : '', cell.sensitive ? '◆' : ''].join('');
  return `${whose.map(({ vi }) => vi).join(', ')} ${signs}`.trim();
}

function roleText({ name, code, ways, hidden, permissions }: PolicyRole): string[] {
  return [
    '',
    `### ${name.vi} / ${name.en} (\`${code}\`)`,
    '',
    ...ways.map(wayText),
    ...hidden.map(({ type, elements }) => `- Không thấy / never sees: ${type} ${elements.map((element) => `\`${element}\``).join(', ')}`),
    `- Được / may: ${permissions.map(({ vi }) => vi).join('; ')}.`,
  ];
}

function wayText({ what, may, by, marks, where }: PolicyWay): string {
  const seen = marks.length === 0 ? '' : ` — cả / even ${marks.map(({ vi }) => vi).join(', ')}`;
  const only = where.length === 0 ? '' : ` — chỉ khi / only where ${where.map((each) => `\`${each}\``).join(' hoặc ')}`;
  const whose = by.length === 0 ? '' : ` (${by.map(({ vi }) => vi).join('; ')})`;
  return `- **${what.map(({ vi }) => vi).join(' · ')}**: ${may.map((each) => verbs[each]).join(', ')}${whose}${seen}${only}`;
}
