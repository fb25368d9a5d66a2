const vi = { heading: 'Đón người bệnh', rooms: 'Chờ khám', day: 'Hôm nay', desk: 'Tiếp nhận', duplicates: 'Hồ sơ trùng', switchboard: 'Tổng đài', schedules: 'Lịch khám', messages: 'Tin nhắn', waiting: (n: number) => `${n} đang chờ` };
const en: typeof vi = { heading: 'Front desk', rooms: 'Waiting', day: 'Today', desk: 'Reception', duplicates: 'Doubles', switchboard: 'Switchboard', schedules: 'Schedules', messages: 'Messages', waiting: (n) => `${n} waiting` };
export const strings = { vi, en };
