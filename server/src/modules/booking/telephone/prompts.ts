// What can be said: the keys of prompts and their words. tools/make-prompts.ts makes the sounds from it; a hospital may record each with a real voice.
import { promptKey } from './prompt-key.ts';

const phrases = {
  welcome: 'Xin chào, đây là tổng đài đặt khám của bệnh viện.',
  main: 'Đặt khám, bấm phím 1. Nghe lại lịch hẹn, bấm phím 2. Huỷ lịch hẹn, bấm phím 3. Gặp tổng đài viên, bấm phím 0. Nghe lại, bấm phím sao.',
  'enter-number': 'Mời bấm số căn cước của người bệnh, hoặc số điện thoại đã đăng ký, rồi bấm phím thăng.',
  'the-patient-is': 'Người bệnh tên là', 'right-or-wrong': 'Đúng, bấm phím 1. Không đúng, bấm phím 2.',
  'whom-for': 'Chọn người bệnh.',
  'enter-birth': 'Mời bấm ngày sinh của người bệnh: hai số ngày, hai số tháng, bốn số năm. Nếu chỉ biết năm sinh, bấm bốn số của năm rồi bấm phím thăng.',
  'choose-specialty': 'Chọn chuyên khoa.', 'more-specialties': 'Chuyên khoa khác, bấm phím 9.',
  'choose-time': 'Các giờ khám sớm nhất còn chỗ.', 'later-times': 'Giờ muộn hơn, bấm phím 9.',
  'you-chose': 'Giờ khám đã chọn:', 'confirm-booking': 'Đặt giờ này, bấm phím 1. Chọn giờ khác, bấm phím 2.',
  booked: 'Đã đặt khám.', 'message-follows': 'Tin nhắn ghi lại lịch khám sẽ được gửi tới số điện thoại đã đăng ký.',
  'next-appointment': 'Lịch khám sắp tới:', 'no-appointment': 'Chưa có lịch khám nào sắp tới.',
  'confirm-cancel': 'Huỷ lịch này, bấm phím 1. Giữ lại, bấm phím 2.', cancelled: 'Đã huỷ lịch khám.', kept: 'Lịch khám được giữ nguyên.',
  'again-or-hang-up': 'Nghe lại, bấm phím sao. Làm việc khác, bấm phím 1. Nếu xong rồi, xin gác máy.',
  'nothing-pressed': 'Chưa nhận được phím nào.', 'not-understood': 'Phím bấm chưa đúng.',
  'number-not-known': 'Chưa tìm thấy số này.', 'birth-wrong': 'Ngày sinh chưa khớp.',
  'to-operator': 'Xin giữ máy, tổng đài viên sẽ nghe ngay.', goodbye: 'Xin cảm ơn. Chào tạm biệt.',
  press: 'bấm phím', hour: 'giờ', day: 'ngày', month: 'tháng', room: 'phòng', doctor: 'bác sĩ', 'arrive-at': 'Xin có mặt lúc',
} as const;

const weekdays = ['chủ nhật', 'thứ hai', 'thứ ba', 'thứ tư', 'thứ năm', 'thứ sáu', 'thứ bảy'];

const letters: Readonly<Record<string, string>> = {
  a: 'a', b: 'bê', c: 'xê', d: 'dê', e: 'e', g: 'gờ', h: 'hát', k: 'ca', l: 'lờ', m: 'mờ', n: 'nờ', p: 'pê', q: 'quy', r: 'rờ', s: 'sờ', t: 'tê', u: 'u', v: 'vê', x: 'ích',
};

const specialties = split(
  'Nội tiết|Nội tổng hợp|Tim mạch|Hô hấp|Tiêu hoá|Tiêu hóa|Thần kinh|Cơ xương khớp|Thận nhân tạo|Thận tiết niệu|Nội thận tiết niệu|Truyền nhiễm|Nhi|Sản phụ khoa|Phụ sản|Sản|Ngoại tổng hợp|Ngoại|Chấn thương chỉnh hình|Mắt|Tai mũi họng|Răng hàm mặt|Da liễu|Ung bướu|Huyết học|Tâm thần|Phục hồi chức năng|Y học cổ truyền|Lão khoa|Dinh dưỡng|Dị ứng|Khám bệnh|Khám tổng quát|Nội|Lọc máu|Nội tim mạch|Nội tiêu hoá|Nội thần kinh|Nội hô hấp|Nội cơ xương khớp|Nam học|Tiết niệu|Sức khoẻ tâm thần',
);

// Given names in use, one syllable each; a name that is not here is confirmed by the birth date instead.
const names = split(
  'An|Anh|Ái|Ánh|Ân|Ba|Bách|Bảo|Bắc|Bằng|Bích|Biên|Bình|Bông|Bốn|Bổng|Ca|Cam|Cảnh|Cao|Căn|Cẩm|Cần|Cậy|Chanh|Châm|Chất|Châu|Chi|Chí|Chiến|Chiêu|Chín|Chinh|Chính|Chung|Chuyên|Chương|Chức|Công|Cúc|Cư|Cường|Cương|Dân|Dần|Di|Diễm|Diễn|Diện|Diệp|Diệu|Dinh|Doan|Doanh|Du|Dung|Dũng|Duy|Duyên|Dư|Dương|Dưỡng|Đa|Đài|Đại|Đàn|Đang|Đào|Đạo|Đạt|Đăng|Đặng|Điểm|Điền|Điệp|Định|Đình|Đoan|Đoàn|Đô|Độ|Đồng|Đông|Đức|Được|Gái|Gấm|Giang|Giao|Giáp|Giàu|Hà|Hạ|Hai|Hải|Hạnh|Hán|Hành|Hào|Hảo|Hạo|Hằng|Hân|Hậu|Hiên|Hiền|Hiển|Hiến|Hiệp|Hiếu|Hiệu|Hinh|Hoa|Hoà|Hòa|Hoá|Hoài|Hoan|Hoàn|Hoàng|Hoành|Học|Hồ|Hồng|Hội|Hợi|Hợp|Huân|Huấn|Huệ|Huế|Hùng|Huy|Huyên|Huyền|Huynh|Huỳnh|Hưng|Hương|Hướng|Hường|Hữu|Hỷ|Kha|Khả|Khải|Khang|Khanh|Khánh|Khắc|Khiêm|Khoa|Khoát|Khôi|Khuê|Khương|Kiên|Kiệm|Kiệt|Kiều|Kim|Kính|Kỳ|Lai|Lam|Lan|Lanh|Lành|Lãm|Lâm|Lân|Lập|Lê|Lệ|Lễ|Liêm|Liên|Liễu|Linh|Lĩnh|Loan|Long|Lộc|Lợi|Luân|Luận|Luật|Lụa|Luyến|Lư|Lương|Lượng|Lưu|Lựu|Lý|Mai|Mạnh|Mận|Mẫn|Mậu|Mây|Mến|Mi|Miên|Minh|Mười|Mùi|My|Mỹ|Na|Nam|Năm|Năng|Nga|Ngà|Ngãi|Ngạn|Ngân|Nghi|Nghị|Nghĩa|Nghiêm|Ngọ|Ngoan|Ngọc|Ngôn|Nguyên|Nguyễn|Nguyệt|Nhã|Nhan|Nhàn|Nhạn|Nhật|Nhâm|Nhân|Nhẫn|Nhi|Nhiên|Nho|Nhơn|Nhu|Nhung|Như|Nhường|Nhựt|Ninh|Nở|Nụ|Nương|Oanh|Phán|Phát|Phấn|Phi|Phong|Phong|Phú|Phúc|Phụng|Phước|Phương|Phượng|Pha|Quang|Quảng|Quân|Quế|Quốc|Quy|Quý|Quyên|Quyền|Quyết|Quỳnh|Sa|San|Sang|Sáng|Sáu|Sâm|Sen|Sinh|Soa|Son|Song|Sơn|Sửu|Sử|Sự|Tài|Tám|Tâm|Tân|Tấn|Tạo|Thạch|Thái|Tham|Thanh|Thành|Thảnh|Thao|Thảo|Thạo|Thắm|Thắng|Thăng|Thân|Thập|Thế|Thêm|Thêu|Thi|Thi|Thiêm|Thiên|Thiện|Thiết|Thiều|Thìn|Thịnh|Thọ|Thoa|Thoan|Thông|Thời|Thơ|Thơm|Thu|Thuần|Thuận|Thuật|Thục|Thuý|Thúy|Thuỳ|Thùy|Thuỷ|Thủy|Thuyên|Thuyết|Thư|Thực|Thương|Thường|Thưởng|Tí|Tiên|Tiến|Tiếp|Tiệp|Tín|Tình|Tính|Tịnh|Toán|Toàn|Toản|Tố|Tới|Trà|Trạch|Trang|Tráng|Trâm|Trân|Trần|Tri|Trí|Trị|Triển|Triết|Triệu|Trinh|Trình|Trọng|Trúc|Trung|Trường|Trực|Tú|Tuân|Tuấn|Tuất|Tuệ|Tùng|Tuyên|Tuyến|Tuyền|Tuyết|Tư|Từ|Tứ|Tường|Tương|Tươi|Tý|Tỵ|Uyên|Uy|Út|Vạn|Vang|Vàng|Vân|Vấn|Văn|Vi|Vĩ|Viên|Viễn|Viện|Việt|Vinh|Vĩnh|Võ|Vũ|Vui|Vượng|Vương|Vy|Xoan|Xuân|Xuyến|Ý|Yên|Yến',
);

/** Every prompt by its key: the words it says. */
export const prompts: ReadonlyMap<string, string> = new Map<string, string>([
  ...Object.entries(phrases),
  ...Array.from({ length: 60 }, (_, number) => [`n/${number}`, String(number)] as const),
  ...weekdays.map((name, day) => [`weekday/${day}`, name] as const),
  ...Object.entries(letters).map(([letter, name]) => [`letter/${letter}`, name] as const),
  ...specialties.map((name) => [`specialty/${promptKey(name)}`, name] as const),
  ...names.map((name) => [`name/${promptKey(name)}`, name] as const),
]);

function split(list: string): string[] {
  return list.split('|');
}
