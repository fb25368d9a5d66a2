// Settings of who gets in and what is kept of it: emergencies, sessions, sign-in, audit, apps. Rows of the table in config.ts.
import { text, whole } from './setting.ts';
import { isWebUrl } from './addresses.ts';

export const accessSettings = {
  emergencyHours: whole({
    name: 'SEN_EMERGENCY_HOURS', unit: 'hours', fallback: 4, min: 1, max: 24,
    vi: 'Một bệnh án mở khẩn cấp được mở trong bao lâu.', en: 'How long a record opened in an emergency stays open.',
  }),
  emergencyMost: whole({
    name: 'SEN_EMERGENCY_MOST', unit: 'records in 24 hours', fallback: 30, min: 1, max: 10_000,
    vi: 'Một người mở khẩn cấp được nhiều nhất bao nhiêu bệnh án trong 24 giờ; từ lần thứ mười đã báo cán bộ bảo vệ dữ liệu. Khi có thảm họa, nâng lên.',
    en: 'How many records one person may open in an emergency within 24 hours; the privacy officer is told from the tenth. Raise it in a disaster.',
  }),
  emergencyReviewHours: whole({
    name: 'SEN_EMERGENCY_REVIEW_HOURS', unit: 'hours', fallback: 72, min: 1, max: 720,
    vi: 'Việc rà soát một lần mở khẩn cấp phải xong trong bao lâu; quá hạn thì báo lên.', en: 'Within how long the review of an emergency access must be closed; after that its lateness is told.',
  }),
  sessionHours: whole({
    name: 'SEN_SESSION_HOURS', unit: 'hours', fallback: 12, min: 1, max: 8760,
    vi: 'Thời gian sống dài nhất của một phiên đăng nhập; người quản trị, kiểm toán, bảo vệ dữ liệu, giám đốc: không quá 8 giờ.',
    en: 'Longest life of a session after sign-in; administrators, auditors, privacy officers, directors: at most 8 hours.',
  }),
  lockMinutes: whole({
    name: 'SEN_LOCK_MINUTES', unit: 'minutes', fallback: 5, min: 0, max: 240,
    vi: 'Màn hình của nhân viên tự khóa sau thời gian không dùng này; 0: không tự khóa.', en: 'The screen of staff locks after this time without use; 0: never by itself.',
  }),
  secondFactorRoles: text({
    name: 'SEN_SECOND_FACTOR_ROLES', fallback: 'administrator,auditor,privacy,director', accepts: 'roles, such as `administrator,doctor`, or `none`',
    vi: 'Vai trò bắt buộc xác thực hai bước khi đăng nhập bằng mật khẩu, cách nhau bằng dấu phẩy (trừ tài khoản của bệnh viện mẫu).',
    en: 'Roles that must have a second factor beside a password, separated by commas (not the accounts of the demo hospital).',
  }),
  secondFactorFrom: text({
    name: 'SEN_SECOND_FACTOR_FROM', fallback: '', accepts: 'a day, such as `2026-12-31`', valid: isDay,
    vi: 'Từ ngày nào các vai trò ấy bắt buộc; trước ngày đó chỉ được mời. Trống: ngay bây giờ.', en: 'From which day those roles must; before it they are only invited. Empty: now.',
  }),
  citizenIssuer: text({
    name: 'SEN_CITIZEN_ISSUER', fallback: '', accepts: 'https://…', valid: isWebUrl,
    vi: 'Nhà cung cấp định danh công dân (OpenID Connect) để người bệnh đăng nhập. Trống: không dùng.', en: 'Citizen-identity provider (OpenID Connect) by which patients may sign in. Empty: none.',
  }),
  citizenName: text({
    name: 'SEN_CITIZEN_NAME', fallback: 'VNeID', vi: 'Tên nhà cung cấp ấy trên trang đăng nhập.', en: 'Name of that provider on the sign-in page.',
  }),
  citizenClient: text({
    name: 'SEN_CITIZEN_CLIENT', fallback: '', vi: 'Mã ứng dụng của bệnh viện ở nhà cung cấp ấy.', en: 'Client id of this hospital at that provider.',
  }),
  citizenSecretFile: text({
    name: 'SEN_CITIZEN_SECRET_FILE', fallback: '', accepts: 'a file', vi: 'Tệp chứa khóa bí mật của ứng dụng ấy. Trống: không có khóa (chỉ PKCE).', en: 'File with the secret of that client. Empty: none (PKCE alone).',
  }),
  citizenScopes: text({
    name: 'SEN_CITIZEN_SCOPES', fallback: 'openid profile', vi: 'Các phạm vi (scope) cần xin.', en: 'Scopes to ask for.',
  }),
  citizenNumberClaim: text({
    name: 'SEN_CITIZEN_NUMBER_CLAIM', fallback: 'citizen_id', vi: 'Tên trường (claim) chứa số định danh cá nhân 12 số đã xác minh.', en: 'Claim with the verified 12-digit personal number.',
  }),
  auditAnchorMinutes: whole({
    name: 'SEN_AUDIT_ANCHOR_MINUTES', unit: 'minutes', fallback: 10, min: 1, max: 1440,
    vi: 'Chu kỳ ghi điểm neo của nhật ký truy cập ra ngoài cơ sở dữ liệu.', en: 'How often the end of the audit is anchored outside the database.',
  }),
  auditAnchorFile: text({
    name: 'SEN_AUDIT_ANCHOR_FILE', fallback: '', accepts: 'a file',
    vi: 'Tệp điểm neo, chỉ ghi thêm; nên ở máy hay ổ đĩa khác. Trống: `audit/anchors.ndjson` trong thư mục dữ liệu.',
    en: 'File of anchors, only appended to; best on another machine or disk. Empty: `audit/anchors.ndjson` in the data folder.',
  }),
  auditAnchorUrl: text({
    name: 'SEN_AUDIT_ANCHOR_URL', fallback: '', accepts: 'https://host[:port][/path]', valid: isWebUrl,
    vi: 'Địa chỉ nhận điểm neo (POST JSON), ngoài tầm của người quản trị bệnh viện. Trống: không gửi.',
    en: 'Address that is sent the anchors (POST JSON), out of reach of whoever administers the hospital. Empty: none.',
  }),
  appTokenMinutes: whole({
    name: 'SEN_APP_TOKEN_MINUTES', unit: 'minutes', fallback: 60, min: 1, max: 1440,
    vi: 'Thời gian sống của mã truy cập cấp cho ứng dụng (SMART); hệ thống tự động: luôn 5 phút.', en: 'Life of an access token given to an app (SMART); of a backend service: always 5 minutes.',
  }),
  appRefreshDays: whole({
    name: 'SEN_APP_REFRESH_DAYS', unit: 'days', fallback: 90, min: 1, max: 365,
    vi: 'Sự cho phép một ứng dụng hết hạn sau chừng này ngày; khi đó phải hỏi lại người dùng.', en: 'After so many days what a person has allowed an app ends, and the person is asked again.',
  }),
  appKeyHosts: text({
    name: 'SEN_APP_KEY_HOSTS', fallback: '', accepts: 'hosts, such as `lis.bv.local, 10.0.0.5:8443`',
    vi: 'Máy có địa chỉ nội bộ mà khóa công khai (jwks_uri) của ứng dụng được lấy về, cách nhau bằng dấu phẩy. Trống: chỉ máy công cộng.',
    en: 'Hosts with private addresses from which public keys of apps (jwks_uri) may be fetched, separated by commas. Empty: public hosts only.',
  }),
};

function isDay(value: string): boolean {
  return value === '' || (/^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)));
}
