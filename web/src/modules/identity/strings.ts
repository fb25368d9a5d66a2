const vi = {
  number: 'Mã', citizen: 'CCCD', phone: 'ĐT', born: 'sinh', died: 'Đã mất', hit: { name: '', phone: 'số điện thoại', 'citizen-number': 'số căn cước', 'hospital-number': 'mã người bệnh' },
};
const en: typeof vi = {
  number: 'No.', citizen: 'Citizen no.', phone: 'Phone', born: 'born', died: 'Deceased', hit: { name: '', phone: 'phone number', 'citizen-number': 'citizen number', 'hospital-number': 'hospital number' },
};
export const strings = { vi, en };
