// What an account may be permitted to do, apart from which resources it may see: each door of the server names one. The policy of the hospital says
// which roles have which (server/src/modules/security/policy).

export const permissions = {
  'session.own': { vi: 'Xem và kết thúc phiên của chính mình, đổi mật khẩu, khóa bảo mật', en: 'See and end one’s own sessions; change one’s own password and keys' },
  'fhir.use': { vi: 'Dùng FHIR API (mỗi tài nguyên vẫn xét quyền riêng)', en: 'Use the FHIR API (each resource is judged by itself)' },
  'patient.find': { vi: 'Tìm người bệnh', en: 'Find patients' },
  'chart.read': { vi: 'Mở bệnh án của người bệnh', en: 'Open a patient’s chart' },
  'emergency.open': { vi: 'Mở khẩn cấp một bệnh án, có lý do', en: 'Open a record in an emergency, with a reason' },
  'emergency.review': { vi: 'Rà soát các lần mở khẩn cấp', en: 'Review emergency access' },
  'audit.read': { vi: 'Xem, tìm, xuất nhật ký truy cập', en: 'See, search and export the audit' },
  'access.own': { vi: 'Xem ai đã mở hồ sơ của mình', en: 'See who looked at one’s own record' },
  'consent.own': { vi: 'Cho phép, hạn chế, rút lại việc chia sẻ hồ sơ của mình', en: 'Share, restrict and withdraw access to one’s own record' },
  'consent.manage': { vi: 'Ghi sự đồng ý của người bệnh', en: 'Record the consent of patients' },
  'request.own': { vi: 'Gửi yêu cầu về dữ liệu cá nhân của mình', en: 'Make requests about one’s own personal data' },
  'request.handle': { vi: 'Xử lý yêu cầu của chủ thể dữ liệu', en: 'Handle requests of data subjects' },
  'policy.read': { vi: 'Xem chính sách truy cập', en: 'See the access policy' },
  'policy.change': { vi: 'Thay đổi chính sách truy cập', en: 'Change the access policy' },
  'account.manage': { vi: 'Quản lý tài khoản và vai trò', en: 'Manage accounts and roles' },
  'app.manage': { vi: 'Đăng ký và thu hồi ứng dụng, thiết bị, đối tác', en: 'Register and withdraw apps, devices and partners' },
  'app.authorize': { vi: 'Cho phép ứng dụng thay mặt mình', en: 'Let an app act for oneself' },
  'document.sign': { vi: 'Ký số tài liệu', en: 'Sign documents' },
  'signature.verify': { vi: 'Kiểm tra chữ ký số', en: 'Verify signatures' },
  'key.manage': { vi: 'Quản lý khóa mã hóa và sao lưu', en: 'Manage encryption keys and backups' },
  'bulk.export': { vi: 'Xuất dữ liệu hàng loạt', en: 'Export in bulk' },
  'bulk.import': { vi: 'Nạp dữ liệu hàng loạt', en: 'Import in bulk' },
  'subscription.manage': { vi: 'Đăng ký nhận thông báo', en: 'Subscribe to notifications' },
  'terminology.use': { vi: 'Tra danh mục, hệ mã', en: 'Look up terminology' },
  'definition.manage': { vi: 'Thay đổi hồ sơ mẫu, danh mục, tham số tìm kiếm', en: 'Change profiles, terminology and search parameters' },
  'record.maintain': { vi: 'Bảo trì kho bệnh án (lập lại chỉ mục)', en: 'Maintain the record (reindexing)' },
} as const satisfies Record<string, { vi: string; en: string }>;

export type Permission = keyof typeof permissions;
