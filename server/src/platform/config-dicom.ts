// Settings of the DICOM doors: where machines send and ask. Rows of the table in config.ts.
import { text, whole, yesNo } from './setting.ts';

export const dicomSettings = {
  dicomPort: whole({ name: 'SEN_DICOM_PORT', fallback: 0, min: 0, max: 65535, vi: 'Cổng DICOM (thường dùng 11112 hoặc 104); 0: tắt.', en: 'Port of DICOM (usual: 11112 or 104); 0: off.' }),
  dicomTlsPort: whole({ name: 'SEN_DICOM_TLS_PORT', fallback: 0, min: 0, max: 65535, vi: 'Cổng DICOM qua TLS (thường dùng 2762); 0: tắt.', en: 'Port of DICOM over TLS (usual: 2762); 0: off.' }),
  dicomHost: text({
    name: 'SEN_DICOM_HOST', fallback: '127.0.0.1', accepts: 'an IP address',
    vi: 'Địa chỉ nghe DICOM; `0.0.0.0` hoặc `::`: mọi máy trong mạng.', en: 'Address on which DICOM listens; `0.0.0.0` or `::`: every machine of the network.',
  }),
  dicomAeTitle: text({
    name: 'SEN_DICOM_AE_TITLE', fallback: 'SEN', accepts: '1 to 16 letters, digits and signs', valid: isAeTitle,
    vi: 'AE title của máy chủ này, khai ở máy chụp.', en: 'AE title of this server, as told to machines.',
  }),
  dicomTlsKeyFile: text({ name: 'SEN_DICOM_TLS_KEY_FILE', fallback: '', accepts: 'a file', vi: 'Khóa riêng (PEM) cho DICOM qua TLS.', en: 'Private key (PEM) for DICOM over TLS.' }),
  dicomTlsCertificateFile: text({ name: 'SEN_DICOM_TLS_CERTIFICATE_FILE', fallback: '', accepts: 'a file', vi: 'Chứng thư (PEM, cả chuỗi) cho DICOM qua TLS.', en: 'Certificate (PEM, with its chain) for DICOM over TLS.' }),
  dicomTlsAuthoritiesFile: text({
    name: 'SEN_DICOM_TLS_AUTHORITIES_FILE', fallback: '', accepts: 'a file',
    vi: 'Chứng thư (PEM) của các tổ chức cấp mà DICOM qua TLS tin; trống: chỉ tin các dấu vân tay.', en: 'Certificates (PEM) of the authorities that DICOM over TLS believes; empty: fingerprints only.',
  }),
  dicomTlsPins: text({
    name: 'SEN_DICOM_TLS_PINS', fallback: '', accepts: 'SHA-256 fingerprints with commas between them', valid: (value) => pinsOf(value).every((pin) => /^[0-9a-f]{64}$/.test(pin)),
    vi: 'Dấu vân tay SHA-256 của các chứng thư (có thể tự ký) được tin riêng từng cái.', en: 'SHA-256 fingerprints of certificates (self-signed ones too) that are believed one by one.',
  }),
  dicomTlsMutual: yesNo({
    name: 'SEN_DICOM_TLS_MUTUAL', fallback: true,
    vi: 'Máy gọi đến qua TLS phải trình chứng thư được tin.', en: 'Machines that call over TLS must show a certificate that is believed.',
  }),
  dicomAssociationsMax: whole({ name: 'SEN_DICOM_ASSOCIATIONS_MAX', unit: 'associations', fallback: 200, min: 1, max: 10_000, vi: 'Số liên kết DICOM cùng lúc nhiều nhất.', en: 'Most DICOM associations at once.' }),
  dicomAssociationsPerAddressMax: whole({
    name: 'SEN_DICOM_ASSOCIATIONS_PER_ADDRESS_MAX', unit: 'associations', fallback: 40, min: 1, max: 10_000,
    vi: 'Số liên kết DICOM cùng lúc nhiều nhất từ một địa chỉ mạng.', en: 'Most DICOM associations at once from one network address.',
  }),
  dicomMemoryPerAssociation: whole({
    name: 'SEN_DICOM_MEMORY_PER_ASSOCIATION', unit: 'KiB', fallback: 2048, min: 64, max: 1_048_576,
    vi: 'Dữ liệu đã nhận mà chưa ghi của một liên kết; quá mức thì máy gửi phải chờ.', en: 'What one association may have sent that is not yet written; beyond it, the sender waits.',
  }),
  dicomPduBytes: whole({
    name: 'SEN_DICOM_PDU_BYTES', unit: 'bytes', fallback: 131_072, min: 4096, max: 1_048_576,
    vi: 'Độ dài PDU mà máy chủ đề nghị bên gửi dùng.', en: 'PDU length that we ask senders to use.',
  }),
  dicomDatasetMax: whole({ name: 'SEN_DICOM_DATASET_MAX', unit: 'MiB', fallback: 65_536, min: 1, max: 1_048_576, vi: 'Một đối tượng DICOM lớn nhất.', en: 'Largest DICOM object.' }),
  dicomArtimSeconds: whole({
    name: 'SEN_DICOM_ARTIM_SECONDS', unit: 'seconds', fallback: 30, min: 1, max: 600,
    vi: 'Thời gian chờ bên gọi đề nghị liên kết, và chờ đóng kết nối (ARTIM).', en: 'How long a caller may take to propose an association, and a connection to close (ARTIM).',
  }),
  dicomIdleSeconds: whole({
    name: 'SEN_DICOM_IDLE_SECONDS', unit: 'seconds', fallback: 300, min: 1, max: 86_400,
    vi: 'Liên kết không có gì gửi đến trong thời gian này thì bị cắt.', en: 'An association on which nothing comes for this long is ended.',
  }),
};

/** DICOM PS3.5 2024e, table 6.2-1, AE: no backslash, no control characters, spaces at the ends do not count. */
function isAeTitle(value: string): boolean {
  return /^[\x21-\x5b\x5d-\x7e](?:[\x20-\x5b\x5d-\x7e]{0,14}[\x21-\x5b\x5d-\x7e])?$/.test(value);
}

/** Fingerprints as people copy them, with colons or without, to what certificates are compared with. */
export function pinsOf(value: string): string[] {
  return value.split(',').map((pin) => pin.replaceAll(/[:\s]/g, '').toLowerCase()).filter((pin) => pin !== '');
}
