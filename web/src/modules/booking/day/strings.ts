const vi = {
  strip: 'Giờ khám hôm nay', cells: { seen: 'đã khám', now: 'đang khám', here: 'hẹn đã đến', expected: 'chưa đến', 'no-show': 'vắng', held: 'đang giữ', free: 'còn trống' },
  late: (m: number) => `Đang chậm ${m}\u00a0phút`, lateRest: (n: number) => ` so với giờ hẹn. ${n}\u00a0người có hẹn chưa đến, có thể nhắn họ tới muộn hơn.`,
  review: (n: number) => `Xem và gửi giờ mới cho ${n}\u00a0người`, later: 'Để sau', noticeTitle: 'Gửi giờ mới', noticeHint: (m: number) => `Mỗi người nhận một tin: phòng đang chậm khoảng ${m} phút, nên đến theo giờ mới. Giờ hẹn vẫn giữ nguyên.`,
  was: 'Hẹn', becomes: 'Giờ mới', name: 'Họ tên', send: (n: number) => `Gửi cho ${n} người`, told: (n: number) => `Đã gửi giờ mới cho ${n} người.`, cancel: 'Thôi', close: 'Đóng', minutesLate: 'Số phút báo chậm',
  title: 'Khám ngoại trú hôm nay', titleOf: (day: string) => `Khám ngoại trú ${day}`, print: 'In', date: 'Ngày', specialty: 'Chuyên khoa', allSpecialties: 'Tất cả chuyên khoa',
  waiting: 'Đang chờ', people: 'người', insideNow: (n: number) => `${n} đang trong phòng khám`, onTime: 'Vào khám trong 15 phút', target: (p: number) => `mục tiêu ${p}%`, ofSeen: (n: number, last?: string) => `${n} lượt đến nay${last === undefined ? '' : `, tuần trước ${last}`}`,
  tooFew: 'chưa đủ lượt để tính', median: 'Chờ trung vị', minutes: 'phút', p90: (m: number) => `90% chờ dưới ${m} phút`, noShow: 'Vắng hẹn', noShowOf: (n: number, all: number) => `${n} trong ${all} lượt hẹn`, walkIns: 'Không hẹn trước', ofArrived: (n: number) => `trong ${n} người đã đến`, lateStarts: 'Bắt đầu muộn', ofSessions: (n: number) => `trong ${n} buổi đã bắt đầu`,
  clinics: 'Đang chờ theo phòng', sorted: (n: number) => `${n} người, xếp theo số người chờ`, columns: { clinic: 'Phòng', waiting: 'Đang chờ', longest: 'Lâu nhất', seen: 'Đã khám', left: 'Còn chỗ', lag: 'So với giờ hẹn' },
  onSchedule: 'Đúng giờ', behind: (m: number) => `Chậm ${m}\u00a0phút`, states: { open: 'Đang khám', paused: 'Tạm dừng', 'not-begun': 'Chưa mở', over: 'Đã hết buổi' }, noClinics: 'Hôm nay không có phòng nào khám',
  byHour: 'Vào khám trong 15 phút, theo giờ', arrivalsByHour: 'Lượt đến mỗi giờ và sức khám', legend: { today: 'Hôm nay', target: 'Mục tiêu', came: 'Đã đến', forecast: 'Dự báo', capacity: 'Sức khám', over: 'Quá sức' },
  forecastFrom: (n: number) => (n < 3 ? `Mới có ${n} ngày cùng thứ: dự báo chỉ dựa trên số đã hẹn, khoảng còn rộng.` : `Dự báo từ ${n} ngày cùng thứ gần đây và số đã hẹn.`),
  decision: (hour: string, room: string, m: number) => `${room} chậm ${m} phút lúc ${hour}.`, decisionWhy: (n: number, seats: number) => `${n} người đang chờ ở đó, còn ${seats} chỗ chưa đặt hôm nay.`, decisionAct: 'Xem hàng chờ và gửi giờ mới', overHour: (from: string, likely: number, capacity: number) => `Từ ${from} dự báo ${likely} người đến, sức khám ${capacity}.`,
  hourRow: (hour: string, arrivals: number, capacity: number) => `${hour}: ${arrivals} người, sức khám ${capacity}`, notLive: 'Ngày đã qua',
};

const en: typeof vi = {
  strip: 'Clinic hours today', cells: { seen: 'seen', now: 'inside', here: 'booked, here', expected: 'to come', 'no-show': 'absent', held: 'held', free: 'free' },
  late: (m) => `${m}\u00a0min behind`, lateRest: (n) => ` the booked times. ${n} booked ${n === 1 ? 'person is' : 'people are'} not here yet and can be told to come later.`,
  review: (n) => `Review and send new times to ${n}`, later: 'Later', noticeTitle: 'Send new times', noticeHint: (m) => `Each gets one message: the room runs about ${m} minutes late, so come at the new time. The booking itself stays.`,
  was: 'Booked', becomes: 'New time', name: 'Name', send: (n) => `Send to ${n}`, told: (n) => `New times were sent to ${n}.`, cancel: 'Cancel', close: 'Close', minutesLate: 'Minutes late to tell',
  title: 'Outpatients today', titleOf: (day) => `Outpatients on ${day}`, print: 'Print', date: 'Day', specialty: 'Specialty', allSpecialties: 'All specialties',
  waiting: 'Waiting now', people: 'people', insideNow: (n) => `${n} with a doctor`, onTime: 'Seen within 15 minutes', target: (p) => `target ${p}%`, ofSeen: (n, last) => `${n} seen so far${last === undefined ? '' : `, last week ${last}`}`,
  tooFew: 'too few to tell', median: 'Median wait', minutes: 'min', p90: (m) => `90% wait under ${m} min`, noShow: 'No-shows', noShowOf: (n, all) => `${n} of ${all} booked`, walkIns: 'Walk-ins', ofArrived: (n) => `of ${n} who have come`, lateStarts: 'Late starts', ofSessions: (n) => `of ${n} sessions begun`,
  clinics: 'Waiting by clinic', sorted: (n) => `${n} people, most first`, columns: { clinic: 'Room', waiting: 'Waiting', longest: 'Longest', seen: 'Seen', left: 'Seats left', lag: 'Against booked times' },
  onSchedule: 'On time', behind: (m) => `${m}\u00a0min behind`, states: { open: 'Open', paused: 'Paused', 'not-begun': 'Not begun', over: 'Over' }, noClinics: 'No clinic is held on this day',
  byHour: 'Seen within 15 minutes, by hour', arrivalsByHour: 'Arrivals and capacity by hour', legend: { today: 'Today', target: 'Target', came: 'Came', forecast: 'Forecast', capacity: 'Capacity', over: 'Over capacity' },
  forecastFrom: (n) => (n < 3 ? `Only ${n} earlier days of this weekday: the forecast rests on bookings alone and the range is wide.` : `Forecast from the last ${n} days of this weekday and from bookings.`),
  decision: (hour, room, m) => `${room} is ${m} min behind at ${hour}.`, decisionWhy: (n, seats) => `${n} people wait there, ${seats} seats of today are not booked.`, decisionAct: 'See the line and send new times', overHour: (from, likely, capacity) => `From ${from}, ${likely} are expected for a capacity of ${capacity}.`,
  hourRow: (hour, arrivals, capacity) => `${hour}: ${arrivals} people, capacity ${capacity}`, notLive: 'A past day',
};

export const strings = { vi, en };
