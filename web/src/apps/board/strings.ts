const vi = {
  please: 'Mời vào', nobody: 'Chưa gọi ai', nobodyHint: 'Số được gọi sẽ hiện ở đây và đọc bằng loa', before: 'Vừa gọi', roomOf: (short: string) => `phòng ${short}`,
  room: 'Phòng', doctor: 'Bác sĩ', next: 'Tiếp theo', onTime: 'Đúng giờ', late: (m: number) => `Chậm ${m} phút`, calling: 'Đang gọi', paused: 'Tạm dừng', closed: 'Chưa mở',
  footLate: (room: string, m: number) => `${room} chậm ${m} phút. Đổi giờ: mời đến quầy tiếp đón.`, rules: 'A: có hẹn. B: chưa hẹn.', rulesPriority: 'Cấp cứu và người ưu tiên được gọi trước.', absent: 'Lỡ lượt gọi? Báo quầy tiếp đón, số được đưa lại vào hàng.',
  lost: (time: string) => `Mất kết nối lúc ${time}, xin nghe gọi tên`, unknown: 'Màn hình này chưa được mở', unknownHint: 'Đường dẫn sai hoặc đã thu hồi. Tạo lại ở trang Màn hình phòng chờ.', loading: 'Đang mở màn hình…',
  sound: 'Bật tiếng gọi số', voice: (ticket: string, room: string) => `Mời số ${ticket}, vào ${room}`, noVoice: 'Máy này không có giọng đọc tiếng Việt: chỉ có chuông',
};

const en: typeof vi = {
  please: 'Please come in', nobody: 'Nobody has been called', nobodyHint: 'The number called appears here and is read aloud', before: 'Before', roomOf: (short) => `room ${short}`,
  room: 'Room', doctor: 'Doctor', next: 'Next', onTime: 'On time', late: (m) => `${m} min late`, calling: 'Calling', paused: 'Paused', closed: 'Not open',
  footLate: (room, m) => `${room} runs ${m} minutes late. Another time: reception desk.`, rules: 'A: booked. B: walk-in.', rulesPriority: 'Emergencies and priority patients go first.', absent: 'Missed your call? Tell reception and you are put back in line.',
  lost: (time) => `Connection lost at ${time}, please listen for your name`, unknown: 'This screen is not open', unknownHint: 'The link is wrong or was withdrawn. Make a new one under Waiting-room screens.', loading: 'Opening the screen…',
  sound: 'Turn on the voice', voice: (ticket, room) => `Number ${ticket}, please go to ${room}`, noVoice: 'This machine has no voice of this language: chime only',
};

export const strings = { vi, en };
