// Settings of messages to people: providers, speed, how long what was sent is kept. Rows of the table in config.ts.
import { text, whole, yesNo } from './setting.ts';
import { isWebUrl } from './addresses.ts';

export const messageSettings = {
  outbox: yesNo({
    name: 'SEN_OUTBOX', fallback: true,
    vi: 'Tin SMS, thư điện tử chưa có nhà cung cấp được ghi thành tệp trong `outbox/` của thư mục dữ liệu; false: không gửi được.',
    en: 'SMS and e-mail without a provider become files in `outbox/` of the data folder; false: they cannot be sent.',
  }),
  outboxHours: whole({
    name: 'SEN_OUTBOX_HOURS', unit: 'hours', fallback: 72, min: 1, max: 8760,
    vi: 'Thời gian giữ tệp trong `outbox/`.', en: 'How long files in `outbox/` are kept.',
  }),
  smsUrl: text({
    name: 'SEN_SMS_URL', fallback: '', accepts: 'https://…', valid: isWebUrl,
    vi: 'Địa chỉ HTTP (POST, JSON) của nhà cung cấp SMS. Trống: không có.', en: 'HTTP address (POST, JSON) of the SMS provider. Empty: none.',
  }),
  smsHeadersFile: text({
    name: 'SEN_SMS_HEADERS_FILE', fallback: '', accepts: 'a file',
    vi: 'Tệp JSON chứa các tiêu đề HTTP gửi kèm, ví dụ `{"authorization":"Bearer …"}`.', en: 'JSON file of HTTP headers to send along, such as `{"authorization":"Bearer …"}`.',
  }),
  smsBody: text({
    name: 'SEN_SMS_BODY', fallback: '{"to":"{to}","from":"{from}","text":"{text}","id":"{id}"}', accepts: 'JSON with {to}, {local}, {from}, {text}, {id}', valid: isJson,
    vi: 'Thân yêu cầu gửi SMS; {to} 8491…, {local} 091…, {id} mã tin của Sen.', en: 'Body of a request for an SMS; {to} 8491…, {local} 091…, {id} the id of the message.',
  }),
  smsIdField: text({
    name: 'SEN_SMS_ID_FIELD', fallback: 'id', accepts: 'a path, such as `data.msgId`',
    vi: 'Trường chứa mã tin của nhà cung cấp trong câu trả lời.', en: 'Field of the answer that holds the provider’s id of the message.',
  }),
  smsSender: text({
    name: 'SEN_SMS_SENDER', fallback: '', vi: 'Tên thương hiệu (brandname) gửi SMS.', en: 'Sender name (brandname) of SMS.',
  }),
  smsAccents: yesNo({
    name: 'SEN_SMS_ACCENTS', fallback: false,
    vi: 'Gửi SMS có dấu (70 ký tự một tin); false: không dấu (160 ký tự một tin).', en: 'SMS with accents (70 letters a part); false: without (160 letters a part).',
  }),
  smsIdempotent: yesNo({
    name: 'SEN_SMS_IDEMPOTENT', fallback: false,
    vi: 'Nhà cung cấp coi hai yêu cầu cùng {id} là một tin: khi mất kết nối giữa chừng, gửi lại được.', en: 'The provider takes two requests with one {id} as one message: one that was cut off may be repeated.',
  }),
  smsPerSecond: whole({ name: 'SEN_SMS_PER_SECOND', unit: 'messages a second', fallback: 20, min: 1, max: 10_000, vi: 'Tốc độ gửi SMS.', en: 'Speed of SMS.' }),
  smtpUrl: text({
    name: 'SEN_SMTP_URL', fallback: '', accepts: 'smtp://… or smtps://…', valid: isSmtpUrl,
    vi: 'Máy chủ thư (SMTP), kể cả tên và mật khẩu nếu cần. Trống: không có.', en: 'Mail server (SMTP), with name and password where needed. Empty: none.',
  }),
  mailFrom: text({ name: 'SEN_MAIL_FROM', fallback: '', accepts: '`Name <address>`', vi: 'Người gửi của thư điện tử.', en: 'Sender of e-mails.' }),
  mailPerSecond: whole({ name: 'SEN_MAIL_PER_SECOND', unit: 'messages a second', fallback: 10, min: 1, max: 10_000, vi: 'Tốc độ gửi thư điện tử.', en: 'Speed of e-mail.' }),
  zaloApp: text({ name: 'SEN_ZALO_APP', fallback: '', vi: 'Mã ứng dụng Zalo (ZNS). Trống: không dùng Zalo.', en: 'Zalo app id (ZNS). Empty: no Zalo.' }),
  zaloSecretFile: text({
    name: 'SEN_ZALO_SECRET_FILE', fallback: '', accepts: 'a file',
    vi: 'Tệp JSON `{"secretKey":…,"refreshToken":…,"oaSecret":…}`; mã làm mới đầu tiên lấy ở đây, các mã sau được giữ mã hóa trong cơ sở dữ liệu.',
    en: 'JSON file `{"secretKey":…,"refreshToken":…,"oaSecret":…}`; the first refresh token comes from here, later ones are kept sealed in the database.',
  }),
  zaloUrl: text({ name: 'SEN_ZALO_URL', fallback: 'https://business.openapi.zalo.me', accepts: 'https://…', valid: isWebUrl, vi: 'Địa chỉ ZNS.', en: 'Address of ZNS.' }),
  zaloTokenUrl: text({ name: 'SEN_ZALO_TOKEN_URL', fallback: 'https://oauth.zaloapp.com/v4/oa/access_token', accepts: 'https://…', valid: isWebUrl, vi: 'Địa chỉ cấp mã truy cập Zalo.', en: 'Address that gives Zalo access tokens.' }),
  zaloPerSecond: whole({ name: 'SEN_ZALO_PER_SECOND', unit: 'messages a second', fallback: 20, min: 1, max: 10_000, vi: 'Tốc độ gửi Zalo.', en: 'Speed of Zalo.' }),
  pushHosts: text({
    name: 'SEN_PUSH_HOSTS', fallback: 'fcm.googleapis.com, *.push.services.mozilla.com, *.push.apple.com, *.notify.windows.com', accepts: 'hosts',
    vi: 'Máy đẩy thông báo (Web Push) được gọi tới, cách nhau bằng dấu phẩy.', en: 'Hosts of Web Push that may be called, separated by commas.',
  }),
  pushContact: text({ name: 'SEN_PUSH_CONTACT', fallback: 'mailto:quan-tri@benh-vien.invalid', accepts: 'mailto:… or https://…', vi: 'Liên hệ ghi trong chữ ký Web Push (RFC 8292).', en: 'Contact told in the signature of Web Push (RFC 8292).' }),
  messageHookFile: text({
    name: 'SEN_MESSAGE_HOOK_FILE', fallback: '', accepts: 'a file',
    vi: 'Tệp chứa khóa mà nhà cung cấp ký các cuộc gọi báo trả lời, báo đã nhận. Trống: không nhận.', en: 'File with the key by which providers sign replies and receipts. Empty: none are heard.',
  }),
  messageDays: whole({
    name: 'SEN_MESSAGE_DAYS', unit: 'days', fallback: 30, min: 1, max: 3650,
    vi: 'Thời gian giữ nội dung (đã mã hóa) của tin đã gửi; dòng ghi nhận việc gửi giữ 400 ngày.', en: 'How long the sealed content of sent messages is kept; the line that tells of the sending stays 400 days.',
  }),
};

function isJson(value: string): boolean {
  try {
    return typeof JSON.parse(value) === 'object';
  } catch {
    return false;
  }
}

function isSmtpUrl(value: string): boolean {
  return value === '' || (/^smtps?:\/\//.test(value) && URL.canParse(value));
}
