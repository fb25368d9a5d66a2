// The few messages that this module sends by itself.
import { declareTemplate } from './template.ts';

export const codeTemplate = declareTemplate({
  code: 'security.code', purpose: 'code', urgent: true, usefulMinutes: 5,
  about: { vi: 'Mã một lần để đăng nhập hoặc đặt khám', en: 'One-time code to sign in or to book' },
  placeholders: { code: { vi: '482 193', en: '482 193' }, minutes: { vi: '5', en: '5' } },
  vi: { sms: 'Mã của bạn tại bệnh viện: {code}, dùng trong {minutes} phút. Không đưa mã này cho bất kỳ ai, kể cả người xưng là nhân viên.', title: 'Mã của bạn' },
  en: { sms: 'Your hospital code: {code}, valid for {minutes} minutes. Give it to nobody, not even to staff.', title: 'Your code' },
});

export const unclearTemplate = declareTemplate({
  code: 'messages.reply-unclear', purpose: 'notice', urgent: true, usefulMinutes: 60,
  about: { vi: 'Khi người bệnh hủy bằng tin nhắn mà số ấy có nhiều lịch hẹn', en: 'When somebody cancels by message and the number has several appointments' },
  placeholders: { phone: { vi: '024 0000 1234', en: '024 0000 1234' } }, optional: ['phone'],
  vi: { sms: 'Số điện thoại này đang có nhiều lịch hẹn nên chưa lịch nào bị hủy. Hãy gọi bệnh viện {phone} hoặc mở tin nhắn đặt khám để chọn lịch cần hủy.' },
  en: { sms: 'This number has several appointments, so none was cancelled. Call the hospital {phone}, or choose the one to cancel in the booking page.' },
});
