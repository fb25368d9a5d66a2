const vi = {
  title: 'Đăng nhập', username: 'Tên đăng nhập', password: 'Mật khẩu', submit: 'Đăng nhập', submitting: 'Đang đăng nhập…',
  show: 'Hiện hoặc ẩn mật khẩu', needUsername: 'Nhập tên đăng nhập.', needPassword: 'Nhập mật khẩu.',
  lead: 'Bệnh án, lịch, thuốc, kết quả: một nơi.', demo: 'Bệnh viện mẫu: chọn một người để vào xem',
  demoNote: 'Mọi người bệnh ở đây đều do máy tạo ra.', failed: 'Chưa đăng nhập được.',
  roles: {
    doctor: 'Bác sĩ', nurse: 'Điều dưỡng', reception: 'Tiếp nhận', records: 'Hồ sơ bệnh án', administrator: 'Quản trị', system: 'Hệ thống',
  } as Record<string, string>,
};

const en: typeof vi = {
  title: 'Sign in', username: 'Username', password: 'Password', submit: 'Sign in', submitting: 'Signing in…',
  show: 'Show or hide the password', needUsername: 'Enter your username.', needPassword: 'Enter your password.',
  lead: 'Records, visits, medicines, results: in one place.', demo: 'Demo hospital: choose somebody to look around as',
  demoNote: 'Every patient here was made by a machine.', failed: 'You could not be signed in.',
  roles: {
    doctor: 'Doctor', nurse: 'Nurse', reception: 'Reception', records: 'Medical records', administrator: 'Administrator', system: 'System',
  },
};

export const strings = { vi, en };
