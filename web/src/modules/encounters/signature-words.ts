// What the reader of a document is told of its signatures.
import type { DocumentSignature } from '@sen/contracts';

const vi = {
  signatures: 'Chữ ký số', unsigned: 'Chưa ký số',
  states: { valid: 'Hợp lệ', untimestamped: 'Hợp lệ, không có dấu thời gian', untrusted: 'Chưa tin được người ký', broken: 'Không còn hợp lệ' } satisfies Record<DocumentSignature['state'], string>,
  reasons: {
    changed: 'Tài liệu đã bị thay đổi sau khi ký.', 'added-after': 'Có nội dung được thêm vào sau khi ký.', 'not-whole': 'Chữ ký không bao trùm toàn bộ tài liệu.', removed: 'Chữ ký đã bị gỡ khỏi tài liệu.',
    'not-signed-by-certificate': 'Chữ ký không khớp chứng thư.', unreadable: 'Không đọc được chữ ký.', 'weak-algorithm': 'Thuật toán ký không còn an toàn.',
    'unknown-issuer': 'Tổ chức cấp chứng thư không nằm trong danh sách được tin.', 'not-for-signing': 'Chứng thư này không dùng để ký.', expired: 'Chứng thư đã hết hạn, và không có dấu thời gian chứng tỏ đã ký trước đó.', revoked: 'Chứng thư đã bị thu hồi.', 'bad-timestamp': 'Dấu thời gian không tin được.',
  } as Record<string, string>,
  notChecked: 'Chưa kiểm tra được thu hồi chứng thư.', unknownSigner: 'Không rõ người ký', claimed: (when: string) => `${when} (theo máy người ký)`,
  sign: 'Ký số', pin: 'Mã PIN ký số', signing: 'Đang ký…', cancel: 'Thôi', failed: 'Không ký được. Xin thử lại.',
};

const en: typeof vi = {
  signatures: 'Digital signatures', unsigned: 'Not signed',
  states: { valid: 'Valid', untimestamped: 'Valid, without timestamp', untrusted: 'Signer not trusted', broken: 'Not valid' },
  reasons: {
    changed: 'The document was changed after it was signed.', 'added-after': 'Something was added after it was signed.', 'not-whole': 'The signature does not cover the whole document.', removed: 'The signature was taken out of the document.',
    'not-signed-by-certificate': 'The signature does not fit the certificate.', unreadable: 'The signature cannot be read.', 'weak-algorithm': 'The algorithm of the signature is no longer safe.',
    'unknown-issuer': 'The authority behind the certificate is not among those trusted here.', 'not-for-signing': 'This certificate is not for signing.', expired: 'The certificate has expired, and no timestamp shows that it was signed before.', revoked: 'The certificate was withdrawn.', 'bad-timestamp': 'The timestamp cannot be trusted.',
  },
  notChecked: 'Whether the certificate was withdrawn could not be checked.', unknownSigner: 'Signer unknown', claimed: (when) => `${when} (by the signer’s clock)`,
  sign: 'Sign', pin: 'PIN for signing', signing: 'Signing…', cancel: 'Cancel', failed: 'It could not be signed. Please try again.',
};

export const signatureWords = { vi, en };
