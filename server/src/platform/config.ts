// Every setting of the house, in one table: name, unit, default, meaning. Read once, checked, frozen.
// A new setting is a new row here; docs/settings.md is made from this table and a test compares them.
import { accessSettings } from './config-access.ts';
import { bookingSettings } from './config-booking.ts';
import { dicomSettings } from './config-dicom.ts';
import { telephoneSettings } from './config-telephone.ts';
import { messageSettings } from './config-messages.ts';
import { isAddressList, isWebUrl } from './addresses.ts';
import { choice, readSetting, text, whole, yesNo } from './setting.ts';
import type { Setting } from './setting.ts';

const MiB = 1024 * 1024;

export const settingsTable = {
  data: text({
    name: 'SEN_DATA', fallback: './data', accepts: 'a folder',
    vi: 'Thư mục dữ liệu: cơ sở dữ liệu nhúng, tệp, khóa. Đường dẫn tương đối tính từ thư mục mã nguồn.',
    en: 'Data folder: embedded database, files, lock. A relative path starts at the source folder.',
  }),
  masterKeyFile: text({
    name: 'SEN_MASTER_KEY_FILE', fallback: '', accepts: 'a file',
    vi: 'Tệp khóa chủ, mã hóa mọi tài liệu, hình ảnh và bí mật. Trống: `keys/master.json` trong thư mục dữ liệu, tạo ở lần khởi động đầu tiên. Mất khóa là mất dữ liệu: hãy giữ một bản sao ở nơi khác.',
    en: 'File of the master keys, which encrypt all documents, images and secrets. Empty: `keys/master.json` in the data folder, made on the first start. Lost keys are lost data: keep a copy elsewhere.',
  }),
  masterKeyCommand: text({
    name: 'SEN_MASTER_KEY_COMMAND', fallback: '', accepts: 'a command line',
    vi: 'Lệnh in ra khóa chủ (JSON như trong tệp khóa), ví dụ lấy từ dịch vụ quản lý khóa; thay cho tệp khóa.',
    en: 'Command that prints the master keys (JSON as in the key file), such as one that asks a key service; instead of the file.',
  }),
  host: text({
    name: 'SEN_HOST', fallback: 'localhost', accepts: 'a host name or an IP address',
    vi: 'Địa chỉ lắng nghe. `localhost`: chỉ máy này (IPv4 và IPv6); `0.0.0.0` hoặc `::`: mọi máy trong mạng.',
    en: 'Address to listen on. `localhost`: this machine only (IPv4 and IPv6); `0.0.0.0` or `::`: every machine of the network.',
  }),
  port: whole({
    name: 'SEN_PORT', fallback: 8080, min: 0, max: 65535,
    vi: 'Cổng HTTP; 0: cổng trống bất kỳ.', en: 'HTTP port; 0: any free port.',
  }),
  publicUrl: text({
    name: 'SEN_PUBLIC_URL', fallback: '', accepts: 'https://host[:port][/path]', valid: isWebUrl,
    vi: 'Địa chỉ mà máy khác dùng để gọi máy chủ này, ghi trong các liên kết FHIR. Trống: theo từng yêu cầu (Host; X-Forwarded-Host, X-Forwarded-Proto từ SEN_TRUST_PROXY).',
    en: 'Address at which others reach this server, told in FHIR links. Empty: that of each request (Host; X-Forwarded-Host, X-Forwarded-Proto from SEN_TRUST_PROXY).',
  }),
  hosts: text({
    name: 'SEN_HOSTS', fallback: '', accepts: 'host names, such as `sen.example.vn, *.bv.vn`',
    vi: 'Các tên miền khác mà máy chủ này được gọi, cách nhau bằng dấu phẩy, ngoài tên trong SEN_PUBLIC_URL, địa chỉ IP và tên nội bộ. Yêu cầu gọi tên khác bị từ chối (421).',
    en: 'Other host names by which this server may be called, separated by commas, beside that of SEN_PUBLIC_URL, IP addresses and local names. Requests to any other name are refused (421).',
  }),
  rateOpenPerMinute: whole({
    name: 'SEN_RATE_OPEN_PER_MINUTE', unit: 'requests a minute', fallback: 600, min: 0, max: 10_000_000,
    vi: 'Số yêu cầu một phút từ một địa chỉ mạng khi chưa đăng nhập (IPv6: một dải /64); 0: không giới hạn.',
    en: 'Requests a minute from one network address (IPv6: one /64) that has not signed in; 0: no limit.',
  }),
  rateAccountPerMinute: whole({
    name: 'SEN_RATE_ACCOUNT_PER_MINUTE', unit: 'requests a minute', fallback: 3000, min: 0, max: 10_000_000,
    vi: 'Số yêu cầu một phút của một tài khoản cá nhân; 0: không giới hạn.', en: 'Requests a minute of one person’s account; 0: no limit.',
  }),
  rateAddressPerMinute: whole({
    name: 'SEN_RATE_ADDRESS_PER_MINUTE', unit: 'requests a minute', fallback: 120_000, min: 0, max: 100_000_000,
    vi: 'Số yêu cầu một phút của mọi người đã đăng nhập từ một địa chỉ mạng (cả bệnh viện có thể chung một địa chỉ); 0: không giới hạn.',
    en: 'Requests a minute of all people who have signed in from one network address (a whole hospital may share one); 0: no limit.',
  }),
  rateSystemPerMinute: whole({
    name: 'SEN_RATE_SYSTEM_PER_MINUTE', unit: 'requests a minute', fallback: 0, min: 0, max: 100_000_000,
    vi: 'Số yêu cầu một phút của một hệ thống hoặc thiết bị; 0: không giới hạn.', en: 'Requests a minute of one system or device; 0: no limit.',
  }),
  accountRequestsMax: whole({
    name: 'SEN_ACCOUNT_REQUESTS_MAX', unit: 'requests', fallback: 24, min: 0, max: 100_000,
    vi: 'Số yêu cầu cùng lúc của một tài khoản cá nhân; 0: không giới hạn.', en: 'Requests that one person’s account may have running at once; 0: no limit.',
  }),
  liveStreamsMax: whole({
    name: 'SEN_LIVE_STREAMS_MAX', unit: 'streams', fallback: 20_000, min: 0, max: 1_000_000,
    vi: 'Số màn hình được theo dõi trực tiếp cùng lúc qua một tiến trình.', en: 'Screens that may follow live through one process at the same time.',
  }),
  metricsAddresses: text({
    name: 'SEN_METRICS_ADDRESSES', fallback: '', accepts: 'addresses, such as `10.0.0.5, 10.1.0.0/16`',
    vi: 'Địa chỉ được đọc số đo (`/metrics`), ngoài chính máy này.', en: 'Addresses that may read `/metrics`, beside this machine itself.', valid: isAddressList,
  }),
  trustProxy: text({
    name: 'SEN_TRUST_PROXY', fallback: '', accepts: 'addresses, such as `127.0.0.1, 10.1.0.0/16`', valid: isAddressList,
    vi: 'Địa chỉ của proxy đứng trước máy chủ này; chỉ tin X-Forwarded-For, -Host, -Proto từ các địa chỉ đó. Trống: không tin ai.',
    en: 'Addresses of the proxies in front of this server; X-Forwarded-For, -Host and -Proto are believed from them only. Empty: from nobody.',
  }),
  tlsCertificate: text({
    name: 'SEN_TLS_CERT', fallback: '', accepts: 'a PEM file',
    vi: 'Chứng thư TLS (cả chuỗi). Có nó thì máy chủ nói https; tệp đổi thì dùng ngay, không cần khởi động lại.',
    en: 'TLS certificate (with its chain). With it the server speaks https; a changed file is taken without a restart.',
  }),
  tlsKey: text({
    name: 'SEN_TLS_KEY', fallback: '', accepts: 'a PEM file', vi: 'Khóa riêng của chứng thư TLS.', en: 'Private key of the TLS certificate.',
  }),
  tlsClientCa: text({
    name: 'SEN_TLS_CLIENT_CA', fallback: '', accepts: 'a PEM file',
    vi: 'Các tổ chức cấp chứng thư cho đối tác (mutual TLS). Trống: không hỏi chứng thư của máy gọi.',
    en: 'Authorities that issue certificates to partners (mutual TLS). Empty: callers are not asked for one.',
  }),
  redirectPort: whole({
    name: 'SEN_REDIRECT_PORT', fallback: 0, min: 0, max: 65535,
    vi: 'Cổng HTTP chỉ để chuyển hướng sang https, khi có SEN_TLS_CERT; 0: không mở.', en: 'HTTP port that only redirects to https, where SEN_TLS_CERT is set; 0: none.',
  }),
  trustFolder: text({
    name: 'SEN_SIGNING_TRUST', fallback: '', accepts: 'a folder',
    vi: 'Thư mục chứng thư gốc của các tổ chức chứng thực chữ ký số và dấu thời gian được tin (.crt, .cer, .pem), kèm danh sách thu hồi (.crl). Trống: không tin ai.',
    en: 'Folder of the root certificates of the authorities trusted for signatures and timestamps (.crt, .cer, .pem), with lists of withdrawn ones (.crl). Empty: nobody is trusted.',
  }),
  fetchRevocation: yesNo({
    name: 'SEN_SIGNING_FETCH_CRL', fallback: true,
    vi: 'Tải danh sách thu hồi ở địa chỉ mà tổ chức chứng thực được tin ghi trong chứng thư.', en: 'Fetches lists of withdrawn certificates from where trusted authorities publish them.',
  }),
  tsaUrl: text({
    name: 'SEN_TSA_URL', fallback: '', accepts: 'https://host/path', valid: isWebUrl,
    vi: 'Tổ chức cấp dấu thời gian (RFC 3161). Trống: chữ ký không có dấu thời gian.', en: 'Timestamp authority (RFC 3161). Empty: signatures carry no timestamp.',
  }),
  signerUrl: text({
    name: 'SEN_SIGNER_URL', fallback: '', accepts: 'https://host/path', valid: isWebUrl,
    vi: 'Nhà cung cấp ký số từ xa (CSC API 2.0). Trống: không dùng.', en: 'Provider of remote signing (CSC API 2.0). Empty: none.',
  }),
  signerTokenFile: text({
    name: 'SEN_SIGNER_TOKEN_FILE', fallback: '', accepts: 'a file', vi: 'Tệp chứa mã truy cập của nhà cung cấp ký số từ xa.', en: 'File that holds the access token for the provider of remote signing.',
  }),
  databaseUrl: text({
    name: 'DATABASE_URL', fallback: '', accepts: 'postgres://user:password@host:port/database', valid: isPostgresUrl,
    vi: 'PostgreSQL bên ngoài (15 trở lên). Trống: dùng PostgreSQL nhúng trong thư mục dữ liệu.',
    en: 'Outside PostgreSQL (15 or later). Empty: the embedded PostgreSQL of the data folder.',
  }),
  databaseConnections: whole({
    name: 'SEN_DATABASE_CONNECTIONS', unit: 'connections', fallback: 16, min: 1, max: 1000,
    vi: 'Số kết nối nhiều nhất tới PostgreSQL.', en: 'Most connections to PostgreSQL.',
  }),
  statementTimeoutMs: whole({
    name: 'SEN_STATEMENT_TIMEOUT_MS', unit: 'ms', fallback: 60_000, min: 0, max: 86_400_000,
    vi: 'Thời gian dài nhất của một câu lệnh SQL; 0: không giới hạn.', en: 'Longest time of one SQL statement; 0: no limit.',
  }),
  postgresUser: text({
    name: 'SEN_POSTGRES_USER', fallback: '', accepts: 'a user of this machine',
    vi: 'Người dùng hệ thống chạy PostgreSQL nhúng khi khởi động bằng root. Trống: chủ thư mục dữ liệu, `postgres`, rồi `nobody`.',
    en: 'System user that runs the embedded PostgreSQL when started as root. Empty: the owner of the data, `postgres`, then `nobody`.',
  }),
  postgresPort: whole({
    name: 'SEN_POSTGRES_PORT', fallback: 0, min: 0, max: 65535,
    vi: 'Cổng TCP (chỉ 127.0.0.1) của PostgreSQL nhúng; 0: chỉ qua socket trong thư mục dữ liệu (nơi không có socket: cổng trống bất kỳ).',
    en: 'TCP port (127.0.0.1 only) of the embedded PostgreSQL; 0: only a socket in the data folder (where sockets cannot be used: any free port).',
  }),
  postgresMemoryMb: whole({
    name: 'SEN_POSTGRES_MEMORY_MB', unit: 'MiB', fallback: 0, min: 0, max: 1_048_576,
    vi: 'Bộ đệm chung (shared_buffers) của PostgreSQL nhúng; 0: một phần tư bộ nhớ máy, nhiều nhất 4096.',
    en: 'Shared buffers of the embedded PostgreSQL; 0: a quarter of the memory of the machine, at most 4096.',
  }),
  bodyLimitBytes: whole({
    name: 'SEN_BODY_LIMIT_BYTES', unit: 'bytes', fallback: 64 * MiB, min: 1024, max: 1024 * MiB,
    vi: 'Kích thước lớn nhất của thân một yêu cầu HTTP.', en: 'Largest body of one HTTP request.',
  }),
  jsonDepthLimit: whole({
    name: 'SEN_JSON_DEPTH_LIMIT', unit: 'levels', fallback: 200, min: 16, max: 10_000,
    vi: 'Độ lồng sâu nhất của JSON nhận vào.', en: 'Deepest nesting of JSON taken in.',
  }),
  timeZone: text({
    name: 'SEN_TIME_ZONE', fallback: 'Asia/Ho_Chi_Minh', accepts: 'an IANA time zone', valid: isTimeZone,
    vi: 'Múi giờ của ngày không ghi múi giờ, và của màn hình.', en: 'Time zone of dates that carry none, and of the screens.',
  }),
  demo: yesNo({
    name: 'SEN_DEMO', fallback: true,
    vi: 'Nạp bệnh viện mẫu ở lần khởi động đầu tiên.', en: 'Loads a demo hospital on the first start.',
  }),
  buildWeb: yesNo({
    name: 'SEN_BUILD_WEB', fallback: true,
    vi: 'Dựng lại giao diện web khi mã nguồn đã đổi; false: dùng bản đã dựng, nếu có.',
    en: 'Builds the web when its sources have changed; false: uses the build that is there, if any.',
  }),
  logLevel: choice({
    name: 'SEN_LOG_LEVEL', fallback: 'info', choices: ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    vi: 'Mức nhật ký ít nhất được ghi.', en: 'Least level of log lines that are written.',
  }),
  searchCountDefault: whole({
    name: 'SEN_SEARCH_COUNT_DEFAULT', unit: 'resources', fallback: 20, min: 1, max: 10_000,
    vi: 'Số kết quả một trang tìm kiếm khi không có `_count`.', en: 'Results on one page of a search without `_count`.',
  }),
  searchCountMax: whole({
    name: 'SEN_SEARCH_COUNT_MAX', unit: 'resources', fallback: 1000, min: 1, max: 100_000,
    vi: 'Số kết quả nhiều nhất trên một trang tìm kiếm.', en: 'Most results on one page of a search.',
  }),
  fullText: yesNo({
    name: 'SEN_FULL_TEXT', fallback: true,
    vi: 'Lập chỉ mục toàn văn ở chế độ nền, để tìm bằng `_text` và `_content`.',
    en: 'Indexes all text in the background, for searches by `_text` and `_content`.',
  }),
  reindexLoadPercent: whole({
    name: 'SEN_REINDEX_LOAD_PERCENT', unit: 'percent', fallback: 50, min: 1, max: 100,
    vi: 'Phần thời gian mà việc lập lại chỉ mục ở nền được làm việc (một kết nối); phần còn lại dành cho người dùng.',
    en: 'Share of the time in which making the index anew in the background works (one connection); the rest is left to people.',
  }),
  transactionEntriesMax: whole({
    name: 'SEN_TRANSACTION_ENTRIES_MAX', unit: 'entries', fallback: 0, min: 0, max: 10_000_000,
    vi: 'Số mục nhiều nhất của một batch hoặc transaction; 0: không giới hạn.', en: 'Most entries of one batch or transaction; 0: no limit.',
  }),
  profiles: choice({
    name: 'SEN_PROFILES', fallback: 'known', choices: ['off', 'known', 'all'],
    vi: 'Hồ sơ mẫu (meta.profile) mà tài nguyên ghi vào phải thỏa: `off`: không kiểm tra; `known`: những hồ sơ mẫu máy chủ biết; `all`: như `known`, và từ chối hồ sơ mẫu chưa biết.',
    en: 'Claimed profiles (meta.profile) that a written resource must satisfy: `off`: none; `known`: those known here; `all`: as `known`, and unknown ones are refused.',
  }),
  conditionalDeleteMax: whole({
    name: 'SEN_CONDITIONAL_DELETE_MAX', unit: 'resources', fallback: 1, min: 1, max: 100_000,
    vi: 'Số tài nguyên nhiều nhất mà một lần xóa có điều kiện được xóa.', en: 'Most resources that one conditional delete may delete.',
  }),
  hookHosts: text({
    name: 'SEN_HOOK_HOSTS', fallback: '', accepts: 'hosts, such as `hooks.example.vn, *.bv.vn:8443, *`',
    vi: 'Máy được nhận thông báo (Subscription rest-hook), cách nhau bằng dấu phẩy; `*`: mọi máy công cộng. Địa chỉ nội bộ phải ghi đích danh. Trống: không máy nào.',
    en: 'Hosts that may be sent notifications (Subscription rest-hook), separated by commas; `*`: every public host. A private address must be named itself. Empty: none.',
  }),
  hookTimeoutMs: whole({
    name: 'SEN_HOOK_TIMEOUT_MS', unit: 'ms', fallback: 10_000, min: 100, max: 120_000,
    vi: 'Thời gian chờ dài nhất của một thông báo gửi đi, khi đăng ký không nêu.', en: 'Longest wait for the answer to a notification, where the subscription names none.',
  }),
  hookAttempts: whole({
    name: 'SEN_HOOK_ATTEMPTS', unit: 'attempts', fallback: 12, min: 2, max: 100,
    vi: 'Số lần gửi một thông báo bị từ chối (cách nhau 1, 2, 4 … giây, nhiều nhất 10 phút) trước khi bỏ.', en: 'Attempts to send a notification that is refused (after 1, 2, 4 … s, at most 10 min) before it is given up.',
  }),
  hookFailures: whole({
    name: 'SEN_HOOK_FAILURES', unit: 'failures', fallback: 20, min: 1, max: 1000,
    vi: 'Số lần gửi hỏng liên tiếp làm đăng ký chuyển sang `error`.', en: 'Failures in a row that turn a subscription to `error`.',
  }),
  hookPollMs: whole({
    name: 'SEN_HOOK_POLL_MS', unit: 'ms', fallback: 500, min: 10, max: 3_600_000,
    vi: 'Chu kỳ tìm thay đổi cần thông báo.', en: 'How often changes to be notified are looked for.',
  }),
  subscriptionEventDays: whole({
    name: 'SEN_SUBSCRIPTION_EVENT_DAYS', unit: 'days', fallback: 30, min: 1, max: 3650,
    vi: 'Thời gian giữ sự kiện của đăng ký thông báo (`$events`, thư không gửi được).', en: 'How long events of subscriptions are kept (`$events`, dead letters).',
  }),
  bulkJobsMax: whole({
    name: 'SEN_BULK_JOBS_MAX', unit: 'jobs', fallback: 4, min: 1, max: 1000,
    vi: 'Số việc xuất, nhập hàng loạt ($export, $import) một tài khoản được chạy cùng lúc.', en: 'Bulk exports and imports ($export, $import) that one account may have running at once.',
  }),
  bulkKeepHours: whole({
    name: 'SEN_BULK_KEEP_HOURS', unit: 'hours', fallback: 24, min: 1, max: 8760,
    vi: 'Thời gian giữ tệp của một việc xuất hoặc nhập đã xong; liên kết tải về cũng hết hạn theo.', en: 'How long the files of a finished export or import are kept; their links expire with them.',
  }),
  bulkFileResources: whole({
    name: 'SEN_BULK_FILE_RESOURCES', unit: 'resources', fallback: 100_000, min: 1, max: 100_000_000,
    vi: 'Số tài nguyên của một tệp xuất; đủ thì sang tệp mới.', en: 'Resources of one exported file; when it has so many, another begins.',
  }),
  importHosts: text({
    name: 'SEN_IMPORT_HOSTS', fallback: '', accepts: 'hosts, such as `files.example.vn, 10.0.0.5:8443`',
    vi: 'Máy mà $import được lấy tệp về, cách nhau bằng dấu phẩy. Trống: không máy nào (chỉ nhận tệp gửi lên).',
    en: 'Hosts from which $import may fetch files, separated by commas. Empty: none (only uploads).',
  }),
  importSourceMaxMb: whole({
    name: 'SEN_IMPORT_SOURCE_MAX_MB', unit: 'MiB', fallback: 10_240, min: 1, max: 10_485_760,
    vi: 'Kích thước lớn nhất của một tệp $import, sau khi giải nén.', en: 'Largest file of $import, counted unpacked.',
  }),
  ...accessSettings,
  ...bookingSettings,
  ...telephoneSettings,
  ...dicomSettings,
  ...messageSettings,
} satisfies Record<string, Setting<string> | Setting<number> | Setting<boolean>>;

type Table = typeof settingsTable;
type ValueOf<S> = S extends Setting<infer T> ? T : never;

export type Settings = { readonly [Key in keyof Table]: ValueOf<Table[Key]> };

/** Reads every setting once. Refuses (`platform.bad-setting`) a value that cannot be used. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const entries = Object.entries(settingsTable).map(([key, setting]) => [key, readSetting<unknown>(setting as Setting<unknown>, env)]);
  return Object.freeze(Object.fromEntries(entries) as Settings);
}

/** Names that look like settings but are none: most likely typing errors. */
export function unknownSettings(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set<string>(Object.values(settingsTable).map((setting) => setting.name));
  return Object.keys(env).filter((name) => name.startsWith('SEN_') && !name.startsWith('SEN_TEST_') && !known.has(name));
}

/** The page docs/settings.md. */
export function settingsMarkdown(): string {
  const rows = Object.values(settingsTable).map((setting) => {
    const fallback = setting.fallback === '' ? 'empty' : `\`${String(setting.fallback)}\``;
    return `| \`${setting.name}\` | ${setting.kind} | ${setting.unit} | ${fallback} | ${setting.accepts} | ${setting.description.vi} | ${setting.description.en} |`;
  });
  return [
    '# Thiết lập / Settings',
    '',
    'Read once from the environment at start. Made from `server/src/platform/config.ts` by `npm run sen -- settings --markdown`; a test compares them.',
    '',
    '| name | kind | unit | default | accepts | ý nghĩa | meaning |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function isPostgresUrl(value: string): boolean {
  return /^postgres(ql)?:\/\//.test(value) && URL.canParse(value);
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
