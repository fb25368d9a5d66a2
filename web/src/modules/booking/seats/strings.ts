const vi = {
  title: 'Chọn giờ khám', specialty: 'Chuyên khoa', anySpecialty: 'Chọn chuyên khoa', doctor: 'Bác sĩ', anyDoctor: 'Bác sĩ nào cũng được', visitType: 'Loại khám', anyType: 'Khám thường',
  days: 'Ngày khám', times: (day: string) => `Giờ khám ngày ${day}`, free: (n: number) => (n === 0 ? 'hết chỗ' : `${n} chỗ`), closed: 'nghỉ', holiday: 'lễ', earlier: 'Tuần trước', laterDays: 'Tuần sau',
  noStarts: 'Ngày này không còn giờ trống', noStartsHint: 'Chọn ngày khác, bác sĩ khác, hoặc ghi vào danh sách chờ.', chooseFirst: 'Chọn chuyên khoa hoặc bác sĩ để xem giờ trống.', taken: 'đã kín',
  help: 'Phím mũi tên để đi giữa các ngày, các giờ; Enter để chọn.', of: (n: number) => `${n} phòng`,
};
const en: typeof vi = {
  title: 'Choose a time', specialty: 'Specialty', anySpecialty: 'Choose a specialty', doctor: 'Doctor', anyDoctor: 'Any doctor', visitType: 'Kind of visit', anyType: 'Ordinary visit',
  days: 'Day', times: (day) => `Times on ${day}`, free: (n) => (n === 0 ? 'full' : `${n} free`), closed: 'closed', holiday: 'holiday', earlier: 'Week before', laterDays: 'Week after',
  noStarts: 'No free time left on this day', noStartsHint: 'Choose another day or doctor, or join the waiting list.', chooseFirst: 'Choose a specialty or a doctor to see free times.', taken: 'taken',
  help: 'Arrow keys move between days and times; Enter chooses.', of: (n) => `${n} rooms`,
};
export const strings = { vi, en };
