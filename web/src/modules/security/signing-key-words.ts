const vi = {
  title: 'Khóa ký số', none: 'Chưa có', kinds: { software: 'Tệp khóa', remote: 'Ký từ xa' },
  lead: 'Dùng để ký tài liệu trong hồ sơ. Khóa được mã hóa; chỉ mã PIN của bạn mở được.',
  held: (holder: string, issuer: string, until: string) => `${holder}, do ${issuer} cấp, đến ${until}.`,
  add: 'Thêm khóa', change: 'Đổi khóa', remove: 'Bỏ', file: 'Tệp khóa (.p12, .pfx)', fileHint: 'Tệp do tổ chức chứng thực chữ ký số cấp.', password: 'Mật khẩu của tệp',
  pin: 'Mã PIN mới', pinHint: 'Ít nhất 6 ký tự; sẽ hỏi mỗi lần ký.', failed: 'Không thêm được khóa. Xin thử lại.',
};

const en: typeof vi = {
  title: 'Key for signing', none: 'None', kinds: { software: 'Key file', remote: 'Remote signing' },
  lead: 'To sign documents of the chart. The key is encrypted; only your PIN opens it.',
  held: (holder, issuer, until) => `${holder}, issued by ${issuer}, until ${until}.`,
  add: 'Add a key', change: 'Change the key', remove: 'Remove', file: 'Key file (.p12, .pfx)', fileHint: 'As issued by your certification authority.', password: 'Password of the file',
  pin: 'New PIN', pinHint: 'At least 6 characters; asked each time you sign.', failed: 'The key could not be added. Please try again.',
};

export const signingKeyWords = { vi, en };
