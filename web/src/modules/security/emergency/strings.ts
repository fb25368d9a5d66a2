const vi = {
  closedTitle: 'Hồ sơ này đang đóng với bạn',
  closedText: 'Bạn không có lượt khám, chỉ định hay ca trực nào với người bệnh này, hoặc người bệnh đã hạn chế việc xem. Nếu đang cấp cứu, bạn mở được ngay; nếu không, hãy nhờ khoa đang điều trị.',
  closedNoRight: 'Bạn không có lượt khám, chỉ định hay ca trực nào với người bệnh này, hoặc người bệnh đã hạn chế việc xem. Cần xem, hãy nhờ khoa đang điều trị.',
  openTitle: 'Mở khẩn cấp', reason: 'Vì sao phải mở ngay?', explanation: 'Nói rõ trong một câu', explanationHint: 'Ít nhất 10 ký tự. Người bệnh và cán bộ bảo vệ dữ liệu sẽ đọc câu này.',
  reasons: {
    'life-threat': 'Nguy hiểm tính mạng', unconscious: 'Người bệnh không tự khai được', 'on-call': 'Trực thay, khoa khác gọi hỗ trợ', transfer: 'Tiếp nhận chuyển đến', other: 'Lý do khác',
  },
  consequence: (hours: number) => `Mở trong ${hours} giờ. Mọi lần xem được ghi lại, cán bộ bảo vệ dữ liệu được báo ngay và sẽ rà soát; người bệnh thấy ai đã mở và vì sao.`,
  open: 'Mở hồ sơ', opening: 'Đang mở…', needReason: 'Chọn một lý do.', needExplanation: 'Viết ít nhất 10 ký tự.', failed: 'Chưa mở được. Thử lại.',
  running: (name: string, left: string) => `Đang mở khẩn cấp: ${name}, còn ${left}`, left: (hours: number, minutes: number) => (hours > 0 ? `${hours} giờ ${minutes} phút` : `${minutes} phút`), closeNow: 'Đóng ngay', runningLabel: 'Hồ sơ đang mở khẩn cấp',
  page: 'Mở khẩn cấp', pageLead: 'Mỗi lần mở phải được rà soát và kết luận.', waiting: 'Chờ rà soát', reviewed: 'Đã rà soát', waitingCount: (n: number) => `${n} lần chờ rà soát`, overdueCount: (n: number) => `${n} lần quá hạn`,
  noneWaiting: 'Không còn lần nào chờ rà soát', noneReviewed: 'Chưa có lần nào được rà soát', opened: 'Mở lúc', by: 'Người mở', due: 'Hạn rà soát', overdue: 'Quá hạn', closedAt: 'Đóng lúc', until: 'Đến',
  verdict: 'Kết luận', verdicts: { justified: 'Chính đáng', 'not-justified': 'Không chính đáng' }, note: 'Ghi chú kết luận', noteHint: 'Ít nhất 10 ký tự: đã xem gì, hỏi ai, vì sao kết luận như vậy.', finish: 'Kết thúc rà soát', ownNote: 'Bạn đã mở lần này: người khác phải rà soát.',
  needVerdict: 'Chọn kết luận.', needNote: 'Viết ít nhất 10 ký tự.', reviewOf: (name: string) => `Rà soát lần mở hồ sơ ${name}`, dayCount: (n: number) => `lần thứ ${n} trong 24 giờ`,
};

const en: typeof vi = {
  closedTitle: 'This record is closed to you',
  closedText: 'You have no visit, order or duty with this patient, or the patient has restricted who may see it. In an emergency you can open it at once; otherwise ask the department that treats them.',
  closedNoRight: 'You have no visit, order or duty with this patient, or the patient has restricted who may see it. If you need it, ask the department that treats them.',
  openTitle: 'Open in an emergency', reason: 'Why must it be opened now?', explanation: 'Say it in a sentence', explanationHint: 'At least 10 characters. The patient and the privacy officer will read it.',
  reasons: { 'life-threat': 'Life in danger', unconscious: 'The patient cannot tell', 'on-call': 'On call, helping another department', transfer: 'Receiving a transfer', other: 'Another reason' },
  consequence: (hours) => `Open for ${hours} ${hours === 1 ? 'hour' : 'hours'}. Every look is recorded, the privacy officer is told at once and will review it; the patient sees who opened it and why.`,
  open: 'Open the record', opening: 'Opening…', needReason: 'Choose a reason.', needExplanation: 'Write at least 10 characters.', failed: 'It could not be opened. Try again.',
  running: (name, left) => `Open in an emergency: ${name}, ${left} left`, left: (hours, minutes) => (hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`), closeNow: 'Close now', runningLabel: 'Records open in an emergency',
  page: 'Emergency access', pageLead: 'Each opening must be reviewed and concluded.', waiting: 'To review', reviewed: 'Reviewed', waitingCount: (n) => `${n} to review`, overdueCount: (n) => `${n} overdue`,
  noneWaiting: 'Nothing waits for a review', noneReviewed: 'Nothing has been reviewed yet', opened: 'Opened', by: 'By', due: 'Review by', overdue: 'Overdue', closedAt: 'Closed', until: 'Until',
  verdict: 'Verdict', verdicts: { justified: 'Justified', 'not-justified': 'Not justified' }, note: 'Note', noteHint: 'At least 10 characters: what you looked at, whom you asked, why you conclude so.', finish: 'Close the review', ownNote: 'You opened this one: somebody else must review it.',
  needVerdict: 'Choose a verdict.', needNote: 'Write at least 10 characters.', reviewOf: (name) => `Review of opening the record of ${name}`, dayCount: (n) => `number ${n} within 24 hours`,
};

export const strings = { vi, en };
