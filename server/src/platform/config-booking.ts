// Settings of booking: how long seats are held, when people are asked to come and are reminded, when a seat counts as not used. Rows of the table in config.ts.
import { text, whole } from './setting.ts';

export const bookingSettings = {
  bookingHoldMinutes: whole({
    name: 'SEN_BOOKING_HOLD_MINUTES', unit: 'minutes', fallback: 5, min: 1, max: 60,
    vi: 'Thời gian giữ chỗ trong lúc người đặt điền thông tin.', en: 'How long a seat is held while somebody books it.',
  }),
  bookingOfferMinutes: whole({
    name: 'SEN_BOOKING_OFFER_MINUTES', unit: 'minutes', fallback: 30, min: 5, max: 1440,
    vi: 'Thời gian giữ một chỗ vừa trống cho người đầu danh sách chờ, trước khi mời người kế tiếp.',
    en: 'How long a seat that became free is held for the first on the waiting list, before it goes to the next.',
  }),
  bookingArriveMinutes: whole({
    name: 'SEN_BOOKING_ARRIVE_MINUTES', unit: 'minutes', fallback: 15, min: 0, max: 240,
    vi: 'Mời người bệnh có mặt trước giờ khám bao lâu.', en: 'How long before the appointment people are asked to be there.',
  }),
  bookingRemindAt: text({
    name: 'SEN_BOOKING_REMIND_AT', fallback: '18:30', accepts: 'a time of day, such as `18:30`', valid: (value) => value === '' || /^([01]\d|2[0-3]):[0-5]\d$/.test(value),
    vi: 'Giờ nhắc lịch của ngày hôm trước. Trống: không nhắc.', en: 'Time of the reminder on the day before. Empty: none.',
  }),
  bookingRemindHours: whole({
    name: 'SEN_BOOKING_REMIND_HOURS', unit: 'hours', fallback: 2, min: 0, max: 24,
    vi: 'Nhắc lần nữa trước giờ khám bao lâu; 0: không nhắc.', en: 'How long before the appointment the second reminder goes out; 0: none.',
  }),
  bookingMissedMinutes: whole({
    name: 'SEN_BOOKING_MISSED_MINUTES', unit: 'minutes', fallback: 0, min: 0, max: 600,
    vi: 'Sau giờ hẹn bao lâu thì người chưa đến tính là vắng và chỗ được giải phóng; 0: khi buổi khám kết thúc.',
    en: 'How long after the start of an appointment whoever has not come is a no-show and the seat is free again; 0: when the session ends.',
  }),
};
