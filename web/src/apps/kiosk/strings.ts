const vi = {
  page: 'Tự nhận số', hello: 'Xin chào,', please: ['Mời quét thẻ', 'để nhận số'], also: 'Chưa đặt khám cũng quét ở đây', scanOneOf: 'Quét một trong hai',
  card: 'Thẻ căn cước', cardToo: 'VNeID hoặc thẻ BHYT', code: 'Mã đặt khám', codeToo: 'điện thoại hoặc giấy',
  noCard: 'Không mang thẻ', noCardHint: 'Nhập số điện thoại hoặc số căn cước', noBooking: 'Lấy số quầy tiếp đón', noBookingHint: 'Chưa đặt khám, chưa có hồ sơ',
  help: 'Nhờ người giúp', helpHint: 'Bấm để gọi nhân viên đến đây', ways: 'Cách dùng máy', other: 'English', larger: 'Chữ to hơn', smaller: 'Chữ thường', listen: 'Nghe đọc', low: 'Nút ở thấp', high: 'Nút ở cao',
  slot: 'Đặt thẻ hoặc mã vào đây', slotHint: 'Đầu đọc ngay dưới màn hình', reading: 'Đang tìm…',
  number: 'Số của bạn là gì?', numberHint: 'Số điện thoại, căn cước (12 số) hoặc mã đặt khám (9 số)', born: 'Bạn sinh ngày nào?', bornHint: 'Ngày, tháng, năm: 14031968. Chỉ biết năm sinh: 1968', typed: 'Đã bấm', erase: 'Xoá', next: 'Tiếp', back: 'Quay lại', keys: 'Bàn phím số',
  arrived: (name: string) => `Chào ${name}`, yourNumber: 'Số của bạn', again: 'Bạn đã nhận số này rồi', at: 'Giờ hẹn', ahead: (n: number) => (n === 0 ? 'Bạn là người tiếp theo' : `Còn ${n} người trước`),
  wait: (from: number, to: number) => (from === to ? `Chờ khoảng ${to} phút` : `Chờ khoảng ${from} đến ${to} phút`),
  early: (time: string) => `Bạn đến sớm. Giờ hẹn là ${time}; có thể được gọi sớm hơn nếu phòng trống.`, late: (minutes: number) => `Giờ hẹn đã qua ${minutes} phút. Bạn vẫn được khám, xen giữa những người đúng giờ.`,
  lookAtBoard: 'Số được gọi trên bảng trước phòng', deskTitle: 'Mời đến quầy tiếp đón', deskWhy: 'Hôm nay chưa có lịch khám nào của bạn nhận được ở máy này.', unknownWhy: 'Chưa tìm thấy hồ sơ của thẻ hoặc mã này.',
  anotherDay: (day: string) => `Lịch khám của bạn là ngày ${day}, không phải hôm nay.`, deskNumber: 'Số ở quầy', deskWait: 'Ngồi chờ trước quầy, nhân viên gọi theo số này', helpTitle: 'Nhân viên đang đến', helpText: 'Mời chờ ngay tại máy này',
  unreadable: 'Chưa đọc được', unreadableHint: 'Đặt thẻ hoặc mã nằm phẳng, giữ yên một chút, rồi quét lại.', notMatched: 'Số và ngày sinh chưa khớp', notMatchedHint: 'Thử lại, hoặc lấy số để quầy tiếp đón tìm giúp.', retry: 'Thử lại',
  done: 'Xong', print: 'In phiếu', closing: (s: number) => `Tự đóng sau ${s} giây`, stay: 'Xem tiếp',
  lost: 'Máy mất kết nối', lostHint: 'Mời đến quầy tiếp đón. Máy tự chạy lại khi có mạng.', fault: 'Máy chưa làm được việc này', faultHint: 'Mời đến quầy tiếp đón.', loading: 'Đang mở máy…',
  signIn: 'Mở máy tự nhận số', signInHint: 'Dành cho nhân viên: đăng nhập một lần bằng tài khoản của máy (vai trò Máy tự nhận số).', username: 'Tên đăng nhập của máy', password: 'Mật khẩu', open: 'Mở máy',
  otherAccount: 'Tài khoản này không phải của máy tự nhận số', otherAccountHint: 'Người đứng ở máy không được dùng tài khoản của nhân viên. Đăng xuất, rồi đăng nhập bằng tài khoản của máy.', signOut: 'Đăng xuất',
  keep: 'Giữ phiếu đến khi khám xong',
};

const en: typeof vi = {
  page: 'Check in', hello: 'Welcome,', please: ['Scan your card', 'to get a number'], also: 'Without a booking, scan here too', scanOneOf: 'Scan one of these',
  card: 'Citizen card', cardToo: 'VNeID or insurance card', code: 'Booking code', codeToo: 'on your phone or paper',
  noCard: 'No card with me', noCardHint: 'Type a phone or citizen number', noBooking: 'Number for the reception', noBookingHint: 'No booking, or here for the first time',
  help: 'Ask for help', helpHint: 'Somebody will come to this machine', ways: 'How to use this machine', other: 'Tiếng Việt', larger: 'Larger text', smaller: 'Usual text', listen: 'Read aloud', low: 'Buttons low', high: 'Buttons high',
  slot: 'Hold your card or code here', slotHint: 'The reader is below the screen', reading: 'Looking…',
  number: 'What is your number?', numberHint: 'Phone number, citizen number (12 digits) or booking code (9 digits)', born: 'When were you born?', bornHint: 'Day, month, year: 14031968. Only the year known: 1968', typed: 'Typed', erase: 'Erase', next: 'Next', back: 'Back', keys: 'Number keys',
  arrived: (name) => `Hello ${name}`, yourNumber: 'Your number', again: 'You have this number already', at: 'Appointment', ahead: (n) => (n === 0 ? 'You are next' : n === 1 ? '1 person before you' : `${n} people before you`),
  wait: (from, to) => (from === to ? `About ${to} minutes` : `About ${from} to ${to} minutes`),
  early: (time) => `You are early. Your appointment is at ${time}; you may be called sooner if the room is free.`, late: (minutes) => `Your appointment was ${minutes} minutes ago. You will still be seen, in between those on time.`,
  lookAtBoard: 'Numbers are called on the screen at the room', deskTitle: 'Please go to the reception', deskWhy: 'No appointment of yours for today can be taken at this machine.', unknownWhy: 'No record was found for this card or code.',
  anotherDay: (day) => `Your appointment is on ${day}, not today.`, deskNumber: 'Number at the desk', deskWait: 'Please sit near the desk; you are called by this number', helpTitle: 'Somebody is coming', helpText: 'Please wait at this machine',
  unreadable: 'Not readable', unreadableHint: 'Lay the card or code flat, keep it still for a moment, and scan again.', notMatched: 'Number and birth date do not match', notMatchedHint: 'Try again, or take a number and the reception will look for you.', retry: 'Try again',
  done: 'Done', print: 'Print', closing: (s) => `Closes in ${s} seconds`, stay: 'Keep it open',
  lost: 'No connection', lostHint: 'Please go to the reception. This machine comes back by itself.', fault: 'This did not work', faultHint: 'Please go to the reception.', loading: 'Opening…',
  signIn: 'Open this kiosk', signInHint: 'For staff: sign in once with the account of the machine (role Kiosk).', username: 'Username of the machine', password: 'Password', open: 'Open',
  otherAccount: 'This account is not one of a kiosk', otherAccountHint: 'Whoever stands here must not have an account of the staff. Sign out, then sign in with the account of the machine.', signOut: 'Sign out',
  keep: 'Keep this until you have been seen',
};

export const strings = { vi, en };
export type Words = typeof vi;
