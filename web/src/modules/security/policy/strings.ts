const vi = {
  title: 'Chính sách truy cập', lead: 'Ai xem được gì, của ai. Điều gì không ghi ở đây thì không ai được phép.',
  versionName: (version: number) => `Phiên bản ${version}`, from: (day: string) => `từ ${day}`, by: (name: string) => `người thay đổi: ${name}`,
  states: { 'in-force': 'Đang hiệu lực', waiting: 'Sắp hiệu lực', past: 'Đã thay thế' }, versions: 'Các phiên bản', download: 'Tải tệp chính sách',
  role: 'Vai trò', table: 'Vai trò và dữ liệu', ofPatients: 'Dữ liệu người bệnh', others: 'Dữ liệu khác', choose: 'Loại dữ liệu',
  writes: 'được ghi', partly: 'không phải tất cả', sensitive: 'cả thông tin nhạy cảm', nothing: 'không', onlyWrites: 'chỉ ghi',
  legend: { writes: 'được ghi, sửa', partly: 'một phần: vài loại, vài mục, hoặc có trường bị ẩn', sensitive: 'cả thông tin nhạy cảm: HIV, tâm thần, di truyền, tình dục, chất gây nghiện, bạo lực' },
  whose: 'tất cả: mọi người bệnh · khoa: người bệnh của khoa · chăm sóc: người có mình trong lượt khám, lịch hẹn, chỉ định, hoặc ở khoa phòng mình · khẩn cấp: hồ sơ đã mở khẩn cấp, có lý do',
  back: 'Tất cả vai trò', ways: 'Xem và ghi', may: { read: 'xem', history: 'xem bản cũ', create: 'thêm', update: 'sửa', delete: 'xóa' },
  what: 'Dữ liệu', does: 'Được làm', of: 'Của ai', also: 'Kể cả', only: 'Chỉ khi', hidden: 'Không bao giờ thấy', permissions: 'Được làm thêm', field: 'Trường ẩn', kind: 'Loại',
  limits: 'Thời hạn', days: (n: number) => `${n} ngày`,
  change: 'Thay đổi chính sách', changeLead: 'Tải tệp về, sửa, rồi gửi lại. Bản cũ không bao giờ bị xóa.', file: 'Tệp chính sách đã sửa (JSON)', reason: 'Lý do thay đổi',
  when: 'Có hiệu lực từ', whenHint: 'Để trống: ngay bây giờ.', send: 'Gửi bản mới', sending: 'Đang gửi…', noJson: 'Tệp này không phải JSON.', noFile: 'Chọn tệp chính sách.', shortReason: 'Ghi lý do, ít nhất 10 chữ cái.', added: (version: number) => `Đã thêm phiên bản ${version}.`,
};

const en: typeof vi = {
  title: 'Access policy', lead: 'Who sees what, of whom. What is not written here nobody may do.',
  versionName: (version) => `Version ${version}`, from: (day) => `from ${day}`, by: (name) => `changed by ${name}`,
  states: { 'in-force': 'In force', waiting: 'To come', past: 'Replaced' }, versions: 'Versions', download: 'Download the policy',
  role: 'Role', table: 'Roles and data', ofPatients: 'Data of patients', others: 'Other data', choose: 'Kind of data',
  writes: 'writes too', partly: 'not all of it', sensitive: 'sensitive data too', nothing: 'nothing', onlyWrites: 'writes only',
  legend: { writes: 'adds and changes too', partly: 'in part: some types, some rows, or some fields hidden', sensitive: 'sensitive data too: HIV, mental health, genetic, sexual health, substance use, violence' },
  whose: 'all: every patient · department: patients of the department · care: named in a visit, an appointment or an order, or in one’s ward · emergency: a record opened in an emergency, with a reason',
  back: 'All roles', ways: 'Sees and writes', may: { read: 'see', history: 'see past versions', create: 'add', update: 'change', delete: 'delete' },
  what: 'Data', does: 'May', of: 'Of whom', also: 'Even', only: 'Only where', hidden: 'Never sees', permissions: 'May also', field: 'Hidden fields', kind: 'Type',
  limits: 'Time limits', days: (n) => `${n} days`,
  change: 'Change the policy', changeLead: 'Download the file, change it and send it back. Earlier versions are never removed.', file: 'The changed policy (JSON)', reason: 'Reason for the change',
  when: 'In force from', whenHint: 'Empty: at once.', send: 'Send the new version', sending: 'Sending…', noJson: 'This file is no JSON.', noFile: 'Choose the policy file.', shortReason: 'Give a reason of at least 10 letters.', added: (version) => `Version ${version} was added.`,
};

export const strings = { vi, en };
