// What booking refuses.
import { Refusal, type RefusalCategory } from '../../platform/refusal.ts';

const refusal = (category: RefusalCategory, code: string, vi: string, en: string) => (): Refusal => new Refusal(category, code, { vi, en });

export const seatTaken = refusal('conflict', 'booking.seat-taken', 'Chỗ này vừa có người giữ. Mời chọn giờ khác.', 'Somebody has just taken this seat. Please choose another time.');
export const holdEnded = refusal('gone', 'booking.hold-ended', 'Chỗ này đã hết giữ, mời chọn lại.', 'This seat is no longer held; please choose again.');
export const tooManyHolds = refusal('busy', 'booking.too-many-holds', 'Đang giữ quá nhiều chỗ. Xin đặt hoặc bỏ bớt trước.', 'Too many seats are held at once. Book or release some first.');
export const tooManyBooked = refusal('rule', 'booking.too-many-booked', 'Người bệnh đã có nhiều lịch hẹn sắp tới. Xin gọi tổng đài để được giúp.', 'The patient has many coming appointments. Please call the switchboard.');
export const samePatientThen = refusal('conflict', 'booking.patient-is-busy', 'Người bệnh đã có lịch hẹn khác vào giờ này.', 'The patient has another appointment at that time.');
export const movedOften = refusal('rule', 'booking.moved-often', 'Lịch hẹn này đã đổi nhiều lần. Xin gọi tổng đài để được giúp.', 'This appointment has been moved many times. Please call the switchboard.');
export const noSuchSession = refusal('not-found', 'booking.no-such-session', 'Không có buổi khám này.', 'There is no such session.');
export const noSuchAppointment = refusal('not-found', 'booking.no-such-appointment', 'Không có lịch hẹn này.', 'There is no such appointment.');
export const notForYou = refusal('forbidden', 'booking.not-permitted', 'Không được đặt hay xem lịch hẹn cho người này.', 'You may not book or see appointments for this person.');
export const signInOrCode = refusal('unauthenticated', 'booking.sign-in-or-code', 'Xin đăng nhập, hoặc xác nhận số điện thoại bằng mã.', 'Please sign in, or confirm your telephone number with a code.');
export const cannotChange = refusal('rule', 'booking.cannot-change', 'Lịch hẹn này đã qua, đã đến khám hoặc đã hủy.', 'This appointment is over, has begun or is cancelled.');
export const wrongVisitType = refusal('rule', 'booking.visit-type-not-here', 'Buổi khám này không nhận loại khám đó.', 'This session does not take that kind of visit.');
export const sayWho = refusal('incorrect', 'booking.say-who', 'Cần chọn người bệnh hoặc nhập tên, ngày sinh và số điện thoại.', 'Name the patient, or give name, birth date and telephone number.');
export const notAName = refusal('incorrect', 'booking.not-a-name', 'Họ tên chỉ gồm chữ cái.', 'A name is made of letters.');
export const noSeatLeft = refusal('rule', 'booking.no-seat-left', 'Phòng này hôm nay không còn chỗ. Chọn phòng khác, hoặc nhận thêm.', 'No seat is left in this room today. Choose another room, or receive over the limit.');
export const notToday = refusal('rule', 'booking.not-today', 'Lịch hẹn này không phải hôm nay.', 'This appointment is not today.');
export const noRoomNamed = refusal('incorrect', 'booking.say-where', 'Người này không có lịch hẹn hôm nay: xin chọn phòng hoặc chuyên khoa.', 'This person has no appointment today: choose a room or a specialty.');
export const wrongVisitorCode = refusal('forbidden', 'booking.wrong-code', 'Mã không đúng hoặc đã hết hạn.', 'The code is wrong or has ended.');
export const tooManyTries = refusal('busy', 'booking.too-many-tries', 'Đã thử sai nhiều lần. Xin thử lại sau một giờ, hoặc gọi tổng đài.', 'Too many wrong tries. Please try again in an hour, or call the switchboard.');
export const noMobile = refusal('incorrect', 'booking.no-mobile-number', 'Đây không phải số điện thoại di động Việt Nam.', 'This is no Vietnamese mobile number.');
export const waitForCode = refusal('busy', 'booking.wait-for-code', 'Đã gửi mã gần đây. Xin chờ rồi thử lại.', 'A code was sent a short time ago. Please wait and try again.');
export const wrongDoor = refusal('incorrect', 'booking.wrong-door-code', 'Mã ở cửa không đúng hoặc đã cũ. Mời quét lại mã tại cửa hôm nay.', 'The code of the door is wrong or old. Please scan the one at the door today.');
export const tooEarly = refusal('rule', 'booking.too-early', 'Còn hơn 60 phút mới đến giờ hẹn. Mời quay lại sau.', 'It is more than 60 minutes before your appointment. Please come back later.');
export const sayWhereToLook = refusal('incorrect', 'booking.say-where-to-look', 'Chọn chuyên khoa, bác sĩ hoặc phòng.', 'Choose a specialty, a doctor or a room.');
export const sayWhere = refusal('incorrect', 'booking.say-specialty-or-doctor', 'Chọn chuyên khoa hoặc bác sĩ muốn chờ, và ngày từ hôm nay.', 'Choose the specialty or doctor to wait for, and days from today on.');
export const numberServed = refusal('conflict', 'booking.number-served', 'Quầy khác đã gọi số này.', 'Another desk has taken up this number.');
export const noSwitchboard = refusal('unsupported', 'booking.no-switchboard', 'Bệnh viện chưa nối tổng đài điện thoại.', 'No switchboard is connected here.');
export const badSignature = refusal('unauthenticated', 'booking.bad-signature', 'Chữ ký của tổng đài không đúng.', 'The signature of the switchboard is wrong.');
export const callUnreadable = refusal('incorrect', 'booking.call-unreadable', 'Nội dung không phải JSON.', 'The body is no JSON.');
export const callUnknown = refusal('not-found', 'booking.no-such-call', 'Cuộc gọi này chưa bắt đầu hoặc đã hết.', 'This call has not begun, or is over.');
export const callOutOfStep = refusal('conflict', 'booking.call-out-of-step', 'Bước này không tiếp theo bước trước, hoặc bước trước chưa xong.', 'This step does not follow the one before, or that one is still being done.');
export const noSuchPrompt = refusal('not-found', 'booking.no-such-prompt', 'Không có câu nói này.', 'There is no such prompt.');
export const endsBeforeItBegins = refusal('incorrect', 'booking.ends-before-it-begins', 'Giờ kết thúc phải sau giờ bắt đầu, và chưa qua.', 'The end must be after the beginning, and not over yet.');
export const replacesThemselves = refusal('incorrect', 'booking.replaces-themselves', 'Bác sĩ nghỉ không thể tự thay mình.', 'A doctor who is away cannot be the replacement.');

/** A search of Schedule or Slot by what sessions do not have. */
export function unknownSlotParameter(name: string): Refusal {
  const diagnostics = `${name.slice(0, 40)}: Schedule is searched by _id, actor, active=true, date, specialty; Slot by _id, schedule, schedule.actor, specialty, start, status, with _sort=start and _include=Slot:schedule.`;
  return new Refusal('incorrect', 'booking.slot-parameter', { vi: 'Lịch trống không tìm được theo tham số này.', en: 'Free times are not searched by this parameter in this way.' }, [{ severity: 'error', code: 'not-supported', diagnostics }]);
}

export const onlyByBooking = refusal('rule', 'booking.only-by-booking', 'Giờ của bác sĩ hoặc phòng này do hệ thống đặt khám giữ: đặt bằng chức năng đặt khám hoặc $find, $hold, $book.', 'Booking keeps the time of this doctor or room: book there, or with $find, $hold and $book.');
