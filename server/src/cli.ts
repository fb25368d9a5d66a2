// `npm run sen -- <command>`: a table of commands; each lives in commands/ and is loaded only when it is called.
import { sayFailure } from './start/say.ts';

interface Command {
  readonly arguments: string;
  readonly vi: string;
  readonly en: string;
  readonly load: () => Promise<{ run: (args: string[]) => Promise<number | void> }>;
}

const commands: Readonly<Record<string, Command>> = {
  serve: { arguments: '', vi: 'chạy bệnh viện (như npm start)', en: 'run the hospital (as npm start does)', load: () => import('./commands/serve.ts') },
  migrate: { arguments: '', vi: 'đưa cơ sở dữ liệu lên bản hiện tại', en: 'bring the database to this version', load: () => import('./commands/migrate.ts') },
  import: { arguments: '<files or folders>', vi: 'nạp Bundle, tài nguyên, NDJSON (cả .gz)', en: 'import bundles, resources, NDJSON (.gz too)', load: () => import('./commands/import.ts') },
  export: { arguments: '<folder>', vi: 'xuất hồ sơ ra tệp NDJSON', en: 'export the record as NDJSON files', load: () => import('./commands/export.ts') },
  reindex: { arguments: '[--type T]', vi: 'lập lại chỉ mục tìm kiếm', en: 'make the search index anew', load: () => import('./commands/reindex.ts') },
  'load-package': { arguments: '<.tgz or folder>', vi: 'nạp gói FHIR: hồ sơ mẫu, tập giá trị, hệ mã', en: 'load a FHIR package: profiles, value sets, code systems', load: () => import('./commands/load-package.ts') },
  'import-codes': { arguments: '<folder>', vi: 'nạp danh mục mã chính thức', en: 'load the official code lists', load: () => import('./commands/import-codes.ts') },
  'verify-audit': { arguments: '', vi: 'chứng minh nhật ký truy cập còn nguyên vẹn', en: 'prove the audit whole', load: () => import('./commands/verify-audit.ts') },
  backup: { arguments: '<folder> --passphrase-file F', vi: 'sao lưu có mã hóa, trong khi bệnh viện vẫn chạy', en: 'make an encrypted backup while the hospital works', load: () => import('./commands/backup.ts') },
  restore: { arguments: '<file> --passphrase-file F', vi: 'khôi phục từ bản sao lưu vào nơi trống', en: 'restore a backup into an empty place', load: () => import('./commands/restore.ts') },
  'encrypt-documents': { arguments: '', vi: 'mã hóa tài liệu lưu từ trước khi có mã hóa', en: 'encrypt the documents stored before there was encryption', load: () => import('./commands/encrypt-documents.ts') },
  'rotate-keys': { arguments: '[--remove-old]', vi: 'đổi khóa chủ mã hóa', en: 'change the master key of the encryption', load: () => import('./commands/rotate-keys.ts') },
  account: { arguments: 'list | add | reset | roles | disable | enable', vi: 'quản lý tài khoản từ máy chủ', en: 'manage accounts from the machine', load: () => import('./commands/account.ts') },
  'import-passwords': { arguments: '<file>', vi: 'nạp danh sách mật khẩu bị lộ (SHA-1)', en: 'load a list of stolen passwords (SHA-1)', load: () => import('./commands/import-passwords.ts') },
  token: { arguments: '[--as <username>] [--hours N]', vi: 'cấp mã truy cập cho kịch bản', en: 'make an access token for scripts', load: () => import('./commands/token.ts') },
  policy: { arguments: '[--markdown | --json | set <file> --reason T [--from T]]', vi: 'xem, thay đổi chính sách truy cập', en: 'show or change the access policy', load: () => import('./commands/policy.ts') },
  status: { arguments: '', vi: 'cho biết gì đang chạy và dữ liệu ra sao', en: 'tell what runs and how the data are', load: () => import('./commands/status.ts') },
  settings: { arguments: '[--markdown]', vi: 'liệt kê mọi thiết lập', en: 'list every setting', load: () => import('./commands/settings.ts') },
  'start-database': { arguments: '', vi: 'chỉ chạy PostgreSQL nhúng, cho người phát triển', en: 'run only the embedded PostgreSQL, for developers', load: () => import('./commands/start-database.ts') },
};

const [name = 'help', ...args] = process.argv.slice(2);
process.exitCode = await runCommand(name, args);
if (process.connected) process.disconnect(); // the channel to tools/run.mjs would keep an ended command alive

async function runCommand(wanted: string, rest: string[]): Promise<number> {
  const command = Object.hasOwn(commands, wanted) ? commands[wanted] : undefined;
  if (command === undefined) return help(wanted);
  try {
    const { run } = await command.load();
    return (await run(rest)) ?? Number(process.exitCode ?? 0);
  } catch (error) {
    sayFailure(error);
    return 1;
  }
}

function help(wanted: string): number {
  const asked = wanted === 'help' || wanted === '--help' || wanted === '-h';
  if (!asked) process.stderr.write(`Không có lệnh "${wanted}". / There is no command "${wanted}".\n\n`);
  const lines = Object.entries(commands).map(([each, { arguments: rest, vi, en }]) => `  ${`${each} ${rest}`.padEnd(32)} ${vi}\n${' '.repeat(35)}${en}`);
  process.stdout.write(`npm run sen -- <lệnh / command>\n\n${lines.join('\n')}\n`);
  return asked ? 0 : 2;
}
