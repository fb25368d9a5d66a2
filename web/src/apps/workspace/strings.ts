const vi = {
  start: 'Trang đầu', duties: 'Vận hành', duty: { accounts: 'Tài khoản', apps: 'Ứng dụng', audit: 'Nhật ký' }, findPage: 'Tìm lệnh, trang…', hello: (name: string) => `Chào ${name}`,
  noWork: (role: string) => `Bản Sen này chưa có màn hình làm việc riêng cho vai trò ${role}`, noWorkHint: 'Dữ liệu vai trò này được dùng đã mở qua FHIR cho phần mềm chuyên khoa đã kết nối. Trong khi chờ, bạn có thể:',
  placeHints: { policy: 'Vai trò nào được xem, được làm gì', allowedApps: 'Ứng dụng đang dùng quyền của bạn', myAccount: 'Mật khẩu, xác thực hai bước, các phiên đăng nhập' },
  skip: 'Tới nội dung', tasks: 'Việc cần làm', forMe: 'Người bệnh', home: 'Người bệnh', homeShort: 'Người bệnh', present: 'Đang ở viện', presentShort: 'Ở viện', recent: 'Đã mở gần đây', recentShort: 'Gần đây',
  keys: 'Phím tắt', find: 'Tìm người bệnh, lệnh, trang…', findTitle: 'Tìm', openCharts: 'Hồ sơ đang mở', closeChart: (name: string) => `Đóng hồ sơ ${name}`,
  clock: 'Bây giờ', switchLanguage: 'English', switchLanguageLabel: 'Switch to English', account: 'Tài khoản', places: { myAccount: 'Tài khoản của tôi', allowedApps: 'Ứng dụng đã cho phép', ownAccess: 'Ai đã xem hồ sơ của tôi', accounts: 'Tài khoản', apps: 'Ứng dụng, thiết bị, đối tác', policy: 'Chính sách truy cập', audit: 'Nhật ký truy cập' }, signOut: 'Đăng xuất', signOutFailed: 'Chưa đăng xuất được, thử lại', theme: 'Giao diện', themes: { auto: 'Theo máy', light: 'Sáng', dark: 'Tối' },
  findPeople: 'Tìm người bệnh', findHint: 'Gõ tên (có dấu hay không, thứ tự nào cũng được), số điện thoại, số căn cước hoặc mã người bệnh.',
  noMatch: (typed: string) => `Không thấy ai khớp với “${typed}”`, noMatchHint: 'Thử bớt chữ, chỉ tên và họ, hoặc tìm bằng số điện thoại, số căn cước.', moreMatches: 'Còn người khác khớp: gõ thêm để thu hẹp.',
  people: 'Người bệnh', commands: 'Lệnh', pages: 'Trang', findingPeople: 'Đang tìm…', found: (n: number) => `${n} người khớp`,
  countPresent: (n: number, more: boolean) => (more ? `hơn ${n} người` : `${n} người`), noPresent: 'Chưa có ai đang ở viện', noPresentHint: 'Người vừa đến khám hoặc nhập viện sẽ hiện ở đây.', noRecent: 'Bạn chưa mở hồ sơ nào', noRecentHint: 'Nhấn Ctrl K rồi gõ tên để mở hồ sơ đầu tiên.',
  columns: { name: 'Họ tên', place: 'Nơi', kind: 'Lượt khám', reason: 'Lý do', since: 'Từ lúc', seen: 'Xem lúc' }, moreVisits: 'Xem tiếp',
  keySheet: 'Phím tắt', anywhere: 'Ở mọi nơi', inChart: 'Trong hồ sơ', inLists: 'Trong danh sách',
  keyTexts: { lock: 'Khóa màn hình', find: 'Tìm người bệnh, lệnh, trang', sheet: 'Mở bảng phím tắt', tab: 'Sang hồ sơ đang mở thứ 1 đến 8', close: 'Đóng hồ sơ đang xem', part: 'Sang thẻ thứ 1 đến 5 của hồ sơ', move: 'Xuống, lên trong danh sách', choose: 'Mở dòng đang chọn', leave: 'Đóng hộp đang mở', trend: 'Đọc từng lần đo trên biểu đồ' },
  singleKeys: 'Dùng phím một chữ (?, J, K, 1–5)', close: 'Đóng', notFound: 'Không có trang này', notFoundHint: 'Địa chỉ có thể đã gõ sai.', goHome: 'Về trang đầu', broken: 'Trang này gặp lỗi', reload: 'Tải lại trang', move: 'di chuyển', open: 'mở', leave: 'thoát',
  hintFind: 'Tìm', hintMove: 'Lên xuống', hintOpen: 'Mở hồ sơ',
  my: {
    title: 'Hồ sơ của tôi', app: 'Đi khám', sharing: 'Ai được xem hồ sơ', access: 'Ai đã mở hồ sơ', requests: 'Yêu cầu về dữ liệu', apps: 'Ứng dụng đã cho phép', account: 'Tài khoản, đăng nhập',
    hints: { app: 'Đặt khám, mã vào khám, số thứ tự', sharing: 'Cho thêm, hạn chế, rút lại', access: 'Từng lần xem: ai, lúc nào, vì sao', requests: 'Xem, sửa, nhận bản sao, xóa', apps: 'Ứng dụng đang đọc hồ sơ giúp tôi', account: 'Mật khẩu, khóa, thiết bị' },
  },
  watch: { heading: 'Bảo vệ dữ liệu', consents: 'Sự đồng ý', consentsShort: 'Đồng ý', emergencies: 'Mở khẩn cấp', requests: 'Yêu cầu dữ liệu', breaches: 'Sự cố dữ liệu', emergenciesShort: 'Khẩn cấp', requestsShort: 'Yêu cầu', breachesShort: 'Sự cố', waiting: (n: number, late: number) => (late > 0 ? `${n} đang chờ, ${late} quá hạn` : `${n} đang chờ`) },
};

const en: typeof vi = {
  start: 'Start', duties: 'Operations', duty: { accounts: 'Accounts', apps: 'Apps', audit: 'Audit' }, findPage: 'Find a command or page…', hello: (name) => `Hello, ${name}`,
  noWork: (role) => `This version of Sen has no work screens for the role ${role} yet`, noWorkHint: 'The data of this role are open over FHIR to the departmental software that is connected. Meanwhile you can:',
  placeHints: { policy: 'Which role may see and do what', allowedApps: 'Apps that use your rights', myAccount: 'Password, second factor, sessions' },
  skip: 'Skip to content', tasks: 'Tasks', forMe: 'Patients', home: 'Patients', homeShort: 'Patients', present: 'In the hospital now', presentShort: 'Here now', recent: 'Opened recently', recentShort: 'Recent',
  keys: 'Shortcuts', find: 'Find a patient, command, page…', findTitle: 'Find', openCharts: 'Open charts', closeChart: (name) => `Close the chart of ${name}`,
  clock: 'Now', switchLanguage: 'Tiếng Việt', switchLanguageLabel: 'Chuyển sang tiếng Việt', account: 'Account', places: { myAccount: 'My account', allowedApps: 'Allowed apps', ownAccess: 'Who has looked at my record', accounts: 'Accounts', apps: 'Apps, devices, partners', policy: 'Access policy', audit: 'Access audit' }, signOut: 'Sign out', signOutFailed: 'Not signed out yet, try again', theme: 'Appearance', themes: { auto: 'As the system', light: 'Light', dark: 'Dark' },
  findPeople: 'Find a patient', findHint: 'Type a name (with or without accents, in any order), a phone number, a citizen number or a hospital number.',
  noMatch: (typed) => `Nobody matches “${typed}”`, noMatchHint: 'Try fewer letters, only the given and family name, or a phone or citizen number.', moreMatches: 'More people match: type more to narrow it down.',
  people: 'Patients', commands: 'Commands', pages: 'Pages', findingPeople: 'Searching…', found: (n) => `${n} ${n === 1 ? 'person matches' : 'people match'}`,
  countPresent: (n, more) => `${more ? 'more than ' : ''}${n} ${n === 1 ? 'person' : 'people'}`, noPresent: 'Nobody is in the hospital now', noPresentHint: 'People who arrive or are admitted will appear here.', noRecent: 'You have not opened a chart yet', noRecentHint: 'Press Ctrl K and type a name to open the first.',
  columns: { name: 'Name', place: 'Place', kind: 'Visit', reason: 'Reason', since: 'Since', seen: 'Seen' }, moreVisits: 'Show more',
  keySheet: 'Keyboard shortcuts', anywhere: 'Anywhere', inChart: 'In a chart', inLists: 'In lists',
  keyTexts: { lock: 'Lock the screen', find: 'Find a patient, command or page', sheet: 'Open this sheet', tab: 'Go to open chart 1 to 8', close: 'Close the chart in view', part: 'Go to part 1 to 5 of the chart', move: 'Down and up in a list', choose: 'Open the selected row', leave: 'Close the open box', trend: 'Read each value of a trend' },
  singleKeys: 'Use single keys (?, J, K, 1–5)', close: 'Close', notFound: 'There is no such page', notFoundHint: 'The address may be mistyped.', goHome: 'Go to the start', broken: 'This page failed', reload: 'Reload the page', move: 'move', open: 'open', leave: 'close',
  hintFind: 'Find', hintMove: 'Up and down', hintOpen: 'Open chart',
  my: {
    title: 'My record', app: 'Visits', sharing: 'Who may see my record', access: 'Who opened my record', requests: 'Requests about my data', apps: 'Allowed apps', account: 'Account and sign-in',
    hints: { app: 'Book, code for the door, place in line', sharing: 'Share, restrict, withdraw', access: 'Every look: who, when, why', requests: 'See, correct, copy, delete', apps: 'Apps that read my record for me', account: 'Password, keys, devices' },
  },
  watch: { heading: 'Data protection', consents: 'Consents', consentsShort: 'Consents', emergencies: 'Emergency access', requests: 'Data requests', breaches: 'Data breaches', emergenciesShort: 'Emergency', requestsShort: 'Requests', breachesShort: 'Breaches', waiting: (n, late) => (late > 0 ? `${n} waiting, ${late} late` : `${n} waiting`) },
};

export const strings = { vi, en };
