// What an entry tells of, with its words and its codes in FHIR (R4 AuditEvent.type and subtype).

export interface Kind {
  readonly vi: string;
  readonly en: string;
  readonly type: string;
  readonly subtype?: string;
}

// http://terminology.hl7.org/CodeSystem/audit-event-type holds `rest`; the numbers are DICOM PS3.16 CID 400 and 401.
const rest = (vi: string, en: string, subtype: string): Kind => ({ vi, en, type: 'rest', subtype });
const use = (vi: string, en: string, subtype?: string): Kind => ({ vi, en, type: '110100', ...(subtype === undefined ? {} : { subtype }) });
const security = (vi: string, en: string, subtype?: string): Kind => ({ vi, en, type: '110113', ...(subtype === undefined ? {} : { subtype }) });

const kinds = {
  read: rest('xem', 'read', 'read'),
  vread: rest('xem phiên bản cũ', 'read a past version', 'vread'),
  history: rest('xem lịch sử thay đổi', 'read the history', 'history'),
  search: rest('tìm kiếm', 'searched', 'search'),
  create: rest('tạo mới', 'created', 'create'),
  update: rest('sửa', 'changed', 'update'),
  patch: rest('sửa một phần', 'changed a part', 'patch'),
  delete: rest('xóa', 'deleted', 'delete'),
  batch: rest('thực hiện một loạt', 'ran a batch', 'batch'),
  operation: rest('thực hiện thao tác', 'ran an operation', 'operation'),
  capabilities: rest('xem khả năng máy chủ', 'read the capabilities', 'capabilities'),
  page: rest('mở màn hình', 'opened a screen', 'read'),
  act: rest('thực hiện', 'acted', 'operation'),
  write: rest('ghi dữ liệu', 'wrote', 'update'),
  'sign-in': { vi: 'đăng nhập', en: 'signed in', type: '110114', subtype: '110122' },
  'second-factor': { vi: 'xác thực bước hai', en: 'gave a second factor', type: '110114', subtype: '110122' },
  'sign-out': { vi: 'đăng xuất', en: 'signed out', type: '110114', subtype: '110123' },
  token: { vi: 'cấp mã truy cập', en: 'was given an access token', type: '110114', subtype: '110122' },
  export: { vi: 'xuất dữ liệu', en: 'exported', type: '110106' },
  import: { vi: 'nạp dữ liệu', en: 'imported', type: '110107' },
  delivery: { vi: 'gửi thông báo', en: 'was notified', type: '110106' },
  emergency: security('mở khẩn cấp', 'opened in an emergency', '110127'),
  review: security('rà soát mở khẩn cấp', 'reviewed an emergency access', '110128'),
  policy: security('thay đổi chính sách', 'changed the policy', '110136'),
  account: security('quản lý tài khoản', 'changed an account', '110137'),
  app: security('quản lý ứng dụng', 'changed an app', '110137'),
  consent: security('ghi sự đồng ý', 'recorded a consent', '110136'),
  request: use('yêu cầu về dữ liệu cá nhân', 'handled a request of a data subject'),
  key: security('quản lý khóa', 'changed keys', '110138'),
  sign: use('ký số', 'signed'),
  verify: use('kiểm tra chữ ký', 'verified a signature'),
  audit: { vi: 'xem nhật ký truy cập', en: 'used the audit', type: '110101' },
  command: use('chạy lệnh', 'ran a command'),
  start: use('khởi động', 'started', '110120'),
  stop: use('dừng', 'stopped', '110121'),
  damaged: { vi: 'dòng nhật ký bị hỏng trên đĩa', en: 'a line of the journal that the disk damaged', type: '110100' },
  foreign: { vi: 'nhật ký từ hệ thống khác', en: 'sent by another system', type: 'object' },
} as const satisfies Record<string, Kind>;

export type AuditKind = keyof typeof kinds;

export function kindOf(name: string): Kind {
  return Object.hasOwn(kinds, name) ? kinds[name as AuditKind] : kinds.act;
}

/** Kinds whose FHIR type or subtype is the code. */
export function kindsWith(part: 'type' | 'subtype', code: string): string[] {
  return Object.entries(kinds as Record<string, Kind>).filter(([, kind]) => kind[part] === code).map(([name]) => name);
}
