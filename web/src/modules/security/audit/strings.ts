const vi = {
  title: 'Nhật ký truy cập', entries: 'Tất cả lượt', unusual: 'Đáng hỏi lại', who: 'Ai', patient: 'Mã người bệnh', from: 'Từ ngày', to: 'Đến ngày', action: 'Loại việc', outcome: 'Kết quả',
  door: 'Chức năng', address: 'Địa chỉ máy', any: 'Tất cả', apply: 'Tìm', clear: 'Bỏ lọc', more: 'Xem tiếp', exportNdjson: 'Xuất NDJSON', exportCsv: 'Xuất CSV',
  actions: { R: 'Xem', E: 'Tìm, chạy', C: 'Ghi thêm', U: 'Sửa', D: 'Xóa' }, outcomes: { done: 'Được', refused: 'Bị từ chối', failed: 'Lỗi' },
  columns: { at: 'Lúc', who: 'Ai', did: 'Việc', patient: 'Người bệnh', what: 'Nội dung', outcome: 'Kết quả', address: 'Từ máy' },
  none: 'Không có lượt nào khớp', noneHint: 'Thử bỏ bớt điều kiện lọc hoặc nới khoảng ngày.', others: (n: number) => `và ${n} người khác`, everyone: 'Mọi người bệnh',
  volumeHour: 'Số lượt mỗi giờ, 48 giờ qua', volumeDay: 'Số lượt mỗi ngày trong khoảng đã chọn', volumeText: (n: number, refused: number) => `${n} lượt, ${refused} bị từ chối hoặc lỗi`,
  detail: 'Chi tiết', choose: 'Chọn một dòng để xem chi tiết.', seq: 'Số thứ tự trong chuỗi', hash: 'Mã niêm phong (SHA-256)', role: 'Vai trò', client: 'Ứng dụng', session: 'Phiên', request: 'Mã yêu cầu', code: 'Mã từ chối', status: 'Trả lời HTTP', purpose: 'Mục đích', query: 'Câu hỏi', touches: 'Tài nguyên', more2: 'Thông tin thêm', emergency: 'Mở khẩn cấp',
  unusualLead: 'Những lượt xem đáng được hỏi lại, cao điểm nhất ở trên. Đây là gợi ý để người kiểm soát hỏi, không phải kết luận vi phạm.', days: (n: number) => `${n} ngày qua`, score: 'Điểm', noUnusual: 'Chưa thấy điều gì đáng hỏi lại', noUnusualHint: 'Thử nhìn khoảng thời gian dài hơn.',
  entriesOf: (n: number) => `${n} lượt`, see: 'Xem các lượt', reasons: 'Lý do', list: 'Các lượt truy cập',
  own: {
    title: 'Ai đã xem hồ sơ của tôi', lead: 'Mỗi lần có người hoặc hệ thống xem, ghi hay sửa hồ sơ của bạn đều được ghi lại ở đây, không ai xóa được.', all: 'Tất cả', others: 'Không tính tôi', changes: 'Ghi và sửa', emergency: 'Mở khẩn cấp',
    show: 'Hiện', file: 'Tải về (CSV)', none: 'Chưa có ai xem hồ sơ này', noneHint: 'Khi có người xem, bạn sẽ thấy ở đây.', times: (n: number) => (n === 1 ? '1 lần' : `${n} lần`), steps: 'Từng bước', you: 'Chính bạn', refused: 'Bị từ chối', emergency1: 'Mở khẩn cấp', reason: 'Lý do', whose: 'Hồ sơ của', more: 'Xem những ngày trước', today: 'Hôm nay',
    ask: 'Thấy điều gì lạ? Gửi yêu cầu tới cán bộ bảo vệ dữ liệu cá nhân của bệnh viện.', askLink: 'Gửi yêu cầu',
  },
};

const en: typeof vi = {
  title: 'Audit', entries: 'All entries', unusual: 'Worth a question', who: 'Who', patient: 'Patient id', from: 'From', to: 'To', action: 'Action', outcome: 'Outcome',
  door: 'Route', address: 'Address', any: 'All', apply: 'Find', clear: 'Clear', more: 'Show more', exportNdjson: 'Export NDJSON', exportCsv: 'Export CSV',
  actions: { R: 'Read', E: 'Search, run', C: 'Create', U: 'Change', D: 'Delete' }, outcomes: { done: 'Done', refused: 'Refused', failed: 'Failed' },
  columns: { at: 'At', who: 'Who', did: 'Did', patient: 'Patient', what: 'What', outcome: 'Outcome', address: 'From' },
  none: 'No entry fits', noneHint: 'Try fewer conditions or a longer time.', others: (n) => `and ${n} more`, everyone: 'Every patient',
  volumeHour: 'Entries each hour, last 48 hours', volumeDay: 'Entries each day of the chosen time', volumeText: (n, refused) => `${n} entries, ${refused} refused or failed`,
  detail: 'Detail', choose: 'Choose a row to see its detail.', seq: 'Place in the chain', hash: 'Seal (SHA-256)', role: 'Role', client: 'App', session: 'Session', request: 'Request', code: 'Refusal', status: 'HTTP answer', purpose: 'Purpose', query: 'Question', touches: 'Resources', more2: 'More', emergency: 'Emergency access',
  unusualLead: 'Accesses worth a question, the most unusual first. They are hints for the auditor, not findings of guilt.', days: (n) => `Last ${n} days`, score: 'Score', noUnusual: 'Nothing worth a question', noUnusualHint: 'Try a longer time.',
  entriesOf: (n) => `${n} ${n === 1 ? 'entry' : 'entries'}`, see: 'See the entries', reasons: 'Reasons', list: 'Entries',
  own: {
    title: 'Who looked at my record', lead: 'Every time a person or a system looks at, adds to or changes your record it is noted here, and nobody can remove it.', all: 'All', others: 'Without me', changes: 'Changes', emergency: 'Emergencies',
    show: 'Show', file: 'Download (CSV)', none: 'Nobody has looked at this record yet', noneHint: 'When somebody does, you will see it here.', times: (n) => (n === 1 ? 'once' : `${n} times`), steps: 'Step by step', you: 'You', refused: 'Refused', emergency1: 'Emergency access', reason: 'Reason', whose: 'Record of', more: 'Show earlier days', today: 'Today',
    ask: 'Does something look wrong? Send a request to the privacy officer of the hospital.', askLink: 'Send a request',
  },
};

export const strings = { vi, en };
