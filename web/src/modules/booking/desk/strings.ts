const vi = {
  title: 'Tiếp nhận', day: 'Người đến hôm nay', live: { live: 'Trực tiếp', reconnecting: 'Nối lại…', offline: 'Mất kết nối' }, lastAt: (time: string) => `cập nhật lúc ${time}`,
  groups: { now: 'Cần quầy', expected: 'Chưa đến', here: 'Đã đến', done: 'Đã xong', gone: 'Vắng' }, more: (n: number) => `Chỉ hiện ${n} người đầu: gõ tên để tìm người khác.`,
  figures: { all: 'người hôm nay', expected: 'chưa đến', here: 'đang ở viện', done: 'đã khám xong' }, minutes: (n: number) => `${n}\u00a0phút`,
  sections: { late: 'Quá giờ, chưa đến', soon: 'Sắp đến, trong 45 phút', here: 'Đã tiếp nhận', later: 'Đến sau', over: 'Đã xong', new: 'Vừa thay đổi' },
  columns: { time: 'Hẹn', name: 'Họ tên', room: 'Phòng', state: 'Tình trạng', wait: 'Đã chờ' },
  states: { expected: 'Chưa đến', late: 'Quá giờ', waiting: 'Đang chờ', called: 'Đang gọi', inside: 'Đang khám', away: 'Đi cận lâm sàng', done: 'Đã khám xong', left: 'Đã về', 'no-show': 'Không đến', cancelled: 'Đã hủy' },
  walkIn: 'Không hẹn', confirmed: 'Đã báo sẽ đến', toCall: 'Cần gọi lại', ticket: (number: string) => number,
  filter: 'Tìm theo tên, mã hẹn, số thứ tự', empty: 'Không có ai trong phần này', emptyHint: 'Bỏ bộ lọc, hoặc quét thẻ của người vừa đến.', clear: 'Bỏ lọc', people: (n: number) => `${n}\u00a0người`,
  changesWaiting: (n: number) => `${n} thay đổi về thứ tự đang chờ`, applyChanges: 'Xếp lại',
  paper: { number: 'Số thứ tự', room: 'Phòng', slot: 'Giờ hẹn', came: 'Đến lúc', ahead: (n: number) => (n === 0 ? 'Bạn là người kế tiếp' : `Trước bạn: ${n} người`), wait: (from: number, to: number) => (to <= 1 ? 'Sắp đến lượt' : from === to ? `Chờ khoảng ${to} phút` : `Chờ khoảng ${from}–${to} phút`), keep: 'Giữ phiếu này. Nghe gọi số hoặc quét mã để xem chỗ trong hàng.', code: 'Mã của phiếu' },
};
const en: typeof vi = {
  title: 'Reception', day: 'Today’s arrivals', live: { live: 'Live', reconnecting: 'Reconnecting…', offline: 'Offline' }, lastAt: (time) => `updated ${time}`,
  groups: { now: 'At the desk', expected: 'Not here yet', here: 'Here', done: 'Finished', gone: 'Absent' }, more: (n) => `Only the first ${n} people are shown: type a name to find others.`,
  figures: { all: 'people today', expected: 'not here yet', here: 'here now', done: 'seen' }, minutes: (n) => `${n}\u00a0min`,
  sections: { late: 'Late, not here yet', soon: 'Due within 45 minutes', here: 'Received', later: 'Later today', over: 'Finished', new: 'Just changed' },
  columns: { time: 'Slot', name: 'Name', room: 'Room', state: 'State', wait: 'Waited' },
  states: { expected: 'Not here yet', late: 'Late', waiting: 'Waiting', called: 'Being called', inside: 'With the doctor', away: 'At tests', done: 'Seen', left: 'Went home', 'no-show': 'Did not come', cancelled: 'Cancelled' },
  walkIn: 'Walk-in', confirmed: 'Said they will come', toCall: 'To be called', ticket: (number) => number,
  filter: 'Find by name, booking code, ticket', empty: 'Nobody in this part', emptyHint: 'Clear the filter, or scan the card of who has just come.', clear: 'Clear the filter', people: (n) => `${n}\u00a0${n === 1 ? 'person' : 'people'}`,
  changesWaiting: (n) => `${n} change${n === 1 ? '' : 's'} of order waiting`, applyChanges: 'Reorder',
  paper: { number: 'Your number', room: 'Room', slot: 'Appointment', came: 'Arrived', ahead: (n) => (n === 0 ? 'You are next' : `${n} before you`), wait: (from, to) => (to <= 1 ? 'Almost your turn' : from === to ? `About ${to} minutes` : `About ${from}–${to} minutes`), keep: 'Keep this ticket. Listen for your number, or scan the code to follow the line.', code: 'Code of the ticket' },
};
export const strings = { vi, en };
