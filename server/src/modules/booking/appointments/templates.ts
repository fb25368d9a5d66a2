// The words of booking's messages.
import { declareTemplate } from '../../messages/index.ts';

const places = {
  name: { vi: 'Hạnh', en: 'Hạnh' }, when: { vi: '09:30, thứ Hai 02/03', en: '09:30, Monday 2 March' }, arrive: { vi: '09:15', en: '09:15' },
  room: { vi: 'Phòng 205', en: 'Phòng 205' }, clinic: { vi: 'Khoa Nội tiết', en: 'Khoa Nội tiết' },
};
const shared = { purpose: 'appointment', placeholders: { ...places, code: { vi: '4821 7390 6', en: '4821 7390 6' } } } as const;

export const bookedTemplate = declareTemplate({
  ...shared, code: 'booking.booked', about: { vi: 'Ngay khi đặt xong', en: 'As soon as it is booked' },
  vi: { sms: 'Đã đặt khám cho {name}: {when}, {room}, {clinic}. Xin có mặt lúc {arrive}. Mã {code}.' },
  en: { sms: 'Booked for {name}: {when}, {room}, {clinic}. Please arrive at {arrive}. Code {code}.' },
});
export const movedTemplate = declareTemplate({
  ...shared, code: 'booking.moved', about: { vi: 'Khi lịch hẹn đổi giờ, phòng hoặc bác sĩ', en: 'When time, room or doctor changes' },
  vi: { sms: 'Lịch khám của {name} đổi sang: {when}, {room}, {clinic}. Xin có mặt lúc {arrive}. Mã {code}.' },
  en: { sms: 'The appointment of {name} is now {when}, {room}, {clinic}. Please arrive at {arrive}. Code {code}.' },
});
export const cancelledTemplate = declareTemplate({
  code: 'booking.cancelled', purpose: 'appointment', about: { vi: 'Khi lịch hẹn bị hủy', en: 'When it is cancelled' }, placeholders: { name: places.name, when: places.when },
  vi: { sms: 'Đã hủy lịch khám của {name} lúc {when}.' }, en: { sms: 'The appointment of {name}, {when}, is cancelled.' },
});
export const reminderTemplate = declareTemplate({
  ...shared, code: 'booking.reminder', about: { vi: 'Ngày hôm trước', en: 'The day before' }, answerable: true,
  placeholders: { ...shared.placeholders, bring: { vi: 'Căn cước công dân, Thẻ bảo hiểm y tế (nếu có), Đơn thuốc đang dùng', en: 'Citizen identity card, Health insurance card, if you have one, Your present prescription' } }, optional: ['bring'],
  vi: { sms: 'Nhắc lịch khám của {name}: {when}, {room}, {clinic}. Có mặt lúc {arrive}, mang theo: {bring}. Mã {code}. Trả lời 1 để xác nhận, 2 để hủy.' },
  en: { sms: 'Reminder for {name}: {when}, {room}, {clinic}. Arrive at {arrive}; bring: {bring}. Code {code}. Reply 1 to confirm, 2 to cancel.' },
});
export const soonTemplate = declareTemplate({
  ...shared, code: 'booking.reminder-soon', about: { vi: 'Vài giờ trước', en: 'Hours before' }, answerable: true,
  vi: { sms: 'Sắp đến giờ khám của {name}: {when}, {room}, {clinic}. Có mặt lúc {arrive}. Mã {code}. Không đến được, trả lời 2 để hủy.' },
  en: { sms: 'Soon: {name}, {when}, {room}, {clinic}. Arrive at {arrive}. Code {code}. If you cannot come, reply 2 to cancel.' },
});
export const lateTemplate = declareTemplate({
  code: 'booking.late', purpose: 'visit', about: { vi: 'Khi phòng khám chậm giờ', en: 'When the room runs late' }, urgent: true, usefulMinutes: 60,
  placeholders: { name: places.name, room: places.room, minutes: { vi: '30', en: '30' }, from: { vi: '10:00', en: '10:00' }, until: { vi: '10:20', en: '10:20' } },
  vi: { sms: '{room} đang chậm khoảng {minutes} phút. {name} dự kiến khám từ {from} đến {until}. Mong thông cảm.' },
  en: { sms: '{room} runs about {minutes} minutes late. {name} will probably be seen from {from} to {until}. We are sorry.' },
});
export const replacedTemplate = declareTemplate({
  code: 'booking.doctor-changed', purpose: 'appointment', about: { vi: 'Khi bác sĩ khác khám thay', en: 'When another doctor takes over' },
  placeholders: { name: places.name, when: places.when, room: places.room, doctor: { vi: 'BS. Đỗ Thu Hằng', en: 'BS. Đỗ Thu Hằng' } },
  vi: { sms: 'Lịch khám của {name} lúc {when}, {room} giữ nguyên giờ; {doctor} khám thay. Mong thông cảm.' },
  en: { sms: 'The appointment of {name}, {when}, {room}, keeps its time; {doctor} takes over. We are sorry.' },
});
export const otherRoomTemplate = declareTemplate({
  code: 'booking.other-room', purpose: 'visit', about: { vi: 'Khi người đang chờ được chuyển phòng vì bác sĩ nghỉ', en: 'When somebody who waits goes to another room, as the doctor is away' }, urgent: true, usefulMinutes: 60,
  placeholders: { name: places.name, room: places.room, doctor: { vi: 'BS. Đỗ Thu Hằng', en: 'BS. Đỗ Thu Hằng' } },
  vi: { sms: '{name} được chuyển sang {room}, {doctor} khám, giữ nguyên số và lượt chờ. Mong thông cảm.' },
  en: { sms: '{name} now goes to {room} and is seen by {doctor}, with the same number and place in line. We are sorry.' },
});
export const offerTemplate = declareTemplate({
  code: 'booking.offer', purpose: 'appointment', about: { vi: 'Khi có chỗ trống cho người trong danh sách chờ', en: 'When a seat is free for somebody on the waiting list' }, urgent: true, answerable: true, usefulMinutes: 30,
  placeholders: { name: places.name, when: places.when, room: places.room, until: { vi: '10:00', en: '10:00' } },
  vi: { sms: 'Có chỗ khám cho {name}: {when}, {room}. Giữ đến {until}. Trả lời 1 để nhận, 2 để bỏ.' },
  en: { sms: 'A seat for {name}: {when}, {room}. Held until {until}. Reply 1 to take it, 2 to leave it.' },
});
