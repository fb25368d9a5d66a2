// Settings of what speaks: outside switchboards, the answerer of our own, the waiting-room screens. Rows of the table in config.ts.
import { text, whole } from './setting.ts';

export const telephoneSettings = {
  switchboardKeyFile: text({
    name: 'SEN_SWITCHBOARD_KEY_FILE', fallback: '', accepts: 'a file',
    vi: 'Tệp chứa khóa mà tổng đài điện thoại ký các tin báo cuộc gọi (HMAC-SHA256). Trống: không nhận tin của tổng đài.',
    en: 'File with the key by which a switchboard signs what it tells of calls (HMAC-SHA256). Empty: nothing is taken from switchboards.',
  }),
  sipPort: whole({
    name: 'SEN_SIP_PORT', fallback: 0, min: 0, max: 65535,
    vi: 'Cổng UDP nhận cuộc gọi SIP cho lời thoại tự động; 0: tắt.',
    en: 'UDP port on which the voice menu takes SIP calls; 0: off.',
  }),
  sipHost: text({ name: 'SEN_SIP_HOST', fallback: '127.0.0.1', accepts: 'an IP address', vi: 'Địa chỉ nghe SIP và RTP.', en: 'Address on which SIP and RTP listen.' }),
  sipPublicAddress: text({ name: 'SEN_SIP_PUBLIC_ADDRESS', fallback: '', accepts: 'an IP address', vi: 'Địa chỉ báo cho bên gọi; trống: như SEN_SIP_HOST.', en: 'Address told to the other side; empty: SEN_SIP_HOST.' }),
  sipPeers: text({ name: 'SEN_SIP_PEERS', fallback: '127.0.0.1', accepts: 'IP addresses with commas between them', vi: 'Các tổng đài được phép gọi vào.', en: 'Switchboards that may call; others are not answered.' }),
  sipCallsMax: whole({ name: 'SEN_SIP_CALLS_MAX', fallback: 30, min: 1, max: 500, unit: 'calls', vi: 'Số cuộc gọi cùng lúc nhiều nhất.', en: 'Most calls at once; one more hears the busy tone.' }),
  rtpFrom: whole({ name: 'SEN_RTP_FROM', fallback: 0, min: 0, max: 65535, vi: 'Cổng RTP đầu tiên; 0: cổng bất kỳ còn trống.', en: 'First port of RTP; 0: any free one.' }),
  rtpTo: whole({ name: 'SEN_RTP_TO', fallback: 0, min: 0, max: 65535, vi: 'Cổng RTP cuối cùng.', en: 'Last port of RTP.' }),
  sipOperator: text({ name: 'SEN_SIP_OPERATOR', fallback: '', accepts: 'a SIP address', vi: 'Địa chỉ SIP của tổng đài viên để chuyển máy; trống: chào và gác máy.', en: 'SIP address of the operators, for transfers; empty: the menu says goodbye instead.' }),
  boardVoiceFolder: text({ name: 'SEN_BOARD_VOICE_FOLDER', fallback: '', accepts: 'a folder', vi: 'Thư mục giọng gọi số riêng của bệnh viện cho màn hình phòng chờ (wav, mp3); phần nào thiếu thì dùng của Sen.', en: "Folder of the hospital's own voice for waiting-room screens (wav, mp3); the parts it lacks are ours." }),
  promptsFolder: text({ name: 'SEN_PROMPTS_FOLDER', fallback: '', accepts: 'a folder', vi: 'Thư mục lời thoại riêng của bệnh viện; câu nào thiếu thì dùng của Sen.', en: "Folder of the hospital's own prompts; those it lacks are ours." }),
};
