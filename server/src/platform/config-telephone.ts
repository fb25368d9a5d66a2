// Settings of the telephone: outside switchboards. Rows of the table in config.ts.
import { text } from './setting.ts';

export const telephoneSettings = {
  switchboardKeyFile: text({
    name: 'SEN_SWITCHBOARD_KEY_FILE', fallback: '', accepts: 'a file',
    vi: 'Tệp chứa khóa mà tổng đài điện thoại ký các tin báo cuộc gọi (HMAC-SHA256). Trống: không nhận tin của tổng đài.',
    en: 'File with the key by which a switchboard signs what it tells of calls (HMAC-SHA256). Empty: nothing is taken from switchboards.',
  }),
};
