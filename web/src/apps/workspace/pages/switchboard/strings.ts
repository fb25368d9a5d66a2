const vi = {
  title: 'Tổng đài', calls: 'Cuộc gọi', noCalls: 'Không có cuộc gọi', states: { menu: 'Nghe lời chào', ringing: 'Đang đổ chuông', answered: 'Đang nói', ended: 'Đã dừng' }, withheld: 'Giấu số', take: 'Nhận', takenBy: (name: string) => `${name} đang nghe`,
  handed: { asked: 'Xin gặp tổng đài', 'not-understood': 'Máy không hiểu', 'not-known': 'Máy không tìm ra hồ sơ', 'nothing-free': 'Không còn giờ trống', fault: 'Máy gặp lỗi' },
  find: 'Số điện thoại hoặc tên người gọi', toCall: 'Cần gọi lại', noToCall: 'Không ai cần gọi lại', whys: { leave: 'bác sĩ nghỉ', 'day-off': 'bệnh viện nghỉ ngày này' } as Record<string, string>, reached: 'Đã báo', notReached: 'Chưa gặp',
  idle: 'Chưa chọn ai', idleHint: 'Cuộc gọi đến tự mở hồ sơ theo số. Hoặc F2 rồi gõ số, tên.', several: 'Người dùng số này', newPerson: 'Người chưa có hồ sơ', name: 'Họ và tên', birthDate: 'Ngày sinh', phone: 'Điện thoại', reason: 'Lý do khám', contact: 'Số báo tin (nếu khác)',
  appointments: 'Lịch hẹn', none: 'Không có lịch hẹn sắp tới', move: 'Đổi', cancel: 'Hủy', confirm: 'Sẽ đến', sure: 'Hủy thật', confirmed: 'đã báo sẽ đến', code: 'Mã', waiting: 'Danh sách chờ', join: 'Ghi vào danh sách chờ', leave: 'Thôi chờ', until: (day: string) => `đến ${day}`,
  held: (time: string, until: string) => `Giữ ${time} đến ${until}`, book: 'Đặt lịch', moveHere: 'Đổi sang giờ này', giveBack: 'Bỏ giữ', booked: (when: string, code: string) => `Đã đặt ${when}, mã ${code}`, moving: (when: string) => `Đang đổi hẹn ${when}: chọn giờ mới`, arrive: (time: string) => `đến trước ${time}`,
  keys: { take: 'Nhận cuộc gọi', find: 'Tìm', person: 'Chọn người', seats: 'Chọn giờ', leave: 'Bỏ' },
};
const en: typeof vi = {
  title: 'Switchboard', calls: 'Calls', noCalls: 'No calls', states: { menu: 'In the voice menu', ringing: 'Ringing', answered: 'Talking', ended: 'Ended' }, withheld: 'Number withheld', take: 'Take', takenBy: (name) => `${name} is on it`,
  handed: { asked: 'Asked for an operator', 'not-understood': 'Not understood by the menu', 'not-known': 'No record found by the menu', 'nothing-free': 'No free time', fault: 'The menu failed' },
  find: 'Phone number or name of the caller', toCall: 'To be called', noToCall: 'Nobody must be called', whys: { leave: 'the doctor is away', 'day-off': 'the hospital is closed that day' }, reached: 'Told', notReached: 'Not reached',
  idle: 'Nobody chosen', idleHint: 'A call opens the record by its number. Or press F2 and type a number or a name.', several: 'People with this number', newPerson: 'Person without a record', name: 'Full name', birthDate: 'Birth date', phone: 'Phone', reason: 'Reason for the visit', contact: 'Number to tell (if another)',
  appointments: 'Appointments', none: 'No coming appointment', move: 'Move', cancel: 'Cancel', confirm: 'Will come', sure: 'Really cancel', confirmed: 'said they will come', code: 'Code', waiting: 'Waiting list', join: 'Join the waiting list', leave: 'Leave', until: (day) => `until ${day}`,
  held: (time, until) => `${time} kept until ${until}`, book: 'Book', moveHere: 'Move here', giveBack: 'Give back', booked: (when, code) => `Booked ${when}, code ${code}`, moving: (when) => `Moving the appointment of ${when}: choose a new time`, arrive: (time) => `arrive by ${time}`,
  keys: { take: 'Take the call', find: 'Find', person: 'Choose a person', seats: 'Choose a time', leave: 'Leave' },
};
export const strings = { vi, en };
