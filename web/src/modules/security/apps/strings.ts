const vi = {
  wants: 'muốn dùng hồ sơ qua tài khoản của bạn', signedInAs: 'Bạn đang đăng nhập là', goesTo: 'Sau đó bạn sẽ được đưa tới', selfRegistered: 'Ứng dụng này tự đăng ký, bệnh viện chưa kiểm tra.',
  patient: 'Người bệnh', choosePatient: 'Chọn người bệnh cho ứng dụng', findPatient: 'Tên, số điện thoại hoặc mã người bệnh', noMatch: 'Không thấy ai khớp', chosen: 'Đã chọn', change: 'Chọn người khác',
  may: 'Cho phép ứng dụng', who: 'Biết bạn là ai (tên, vai trò)', offline: (days: number) => `Tiếp tục cả khi bạn đã đăng xuất, nhiều nhất ${days} ngày`, online: 'Tiếp tục cho tới khi bạn đăng xuất',
  allow: 'Cho phép', refuse: 'Không cho phép', going: 'Đang chuyển sang ứng dụng…', withdrawNote: 'Bạn rút lại được bất cứ lúc nào, ở trang Ứng dụng đã cho phép.', nothing: 'Ứng dụng chỉ hỏi bạn là ai.',
  never: 'Ứng dụng không bao giờ thấy nhiều hơn chính bạn được thấy.', needPatient: 'Hãy chọn người bệnh trước.', title: 'Ứng dụng xin phép',
  problem: 'Chưa mở được ứng dụng', problemBack: 'Về trang đầu',
  problems: {
    invalid_redirect_uri: 'Ứng dụng muốn đưa bạn tới một địa chỉ mà bệnh viện không biết. Đừng nhập mật khẩu ở đó, và báo cho quản trị.',
    invalid_client: 'Bệnh viện không biết ứng dụng này, hoặc đã tắt nó.',
    invalid_request: 'Yêu cầu của ứng dụng không đúng. Hãy báo cho người làm ứng dụng.',
  } as Record<string, string>,
  problemOther: 'Yêu cầu đã hết hạn hoặc không đúng. Hãy mở lại từ ứng dụng.',
  allowed: 'Ứng dụng đã cho phép', allowedLead: 'Những ứng dụng này dùng hồ sơ thay bạn. Rút lại thì chúng mất quyền ngay.', none: 'Bạn chưa cho phép ứng dụng nào', noneHint: 'Khi một ứng dụng xin phép, nó sẽ hiện ở đây.',
  since: 'Từ', lastUsed: 'dùng gần nhất', withdraw: 'Rút lại', withdrawOf: (name: string) => `Rút lại sự cho phép của ${name}`, offlineShort: 'Cả khi bạn đã đăng xuất',
  open: 'Mở ứng dụng', opening: 'Đang mở…',
  admin: 'Ứng dụng, thiết bị, đối tác', adminLead: 'Chỉ những gì có trong danh sách này mới xin được quyền vào hồ sơ qua FHIR.', add: 'Thêm', invite: 'Mời tự đăng ký', search: 'Tìm ứng dụng', noApps: 'Chưa có ứng dụng nào', noAppsHint: 'Thêm ứng dụng SMART, máy xét nghiệm hoặc bệnh viện đối tác.',
  kinds: { person: 'Ứng dụng của người dùng', service: 'Hệ thống tự động' } as Record<string, string>,
  roles: { partner: 'Đối tác', device: 'Thiết bị', integration: 'Hệ thống nội bộ' } as Record<string, string>,
  purposes: { TREAT: 'Khám chữa bệnh', HPAYMT: 'Thanh toán bảo hiểm', PUBHLTH: 'Y tế công cộng', HRESCH: 'Nghiên cứu' } as Record<string, string>,
  authentications: { none: 'Không (ứng dụng công khai)', secret: 'Mật khẩu ứng dụng', key: 'Khóa công khai' } as Record<string, string>,
  fields: {
    name: 'Tên', kind: 'Loại', role: 'Vai trò', purpose: 'Mục đích sử dụng dữ liệu', organisation: 'Mã tổ chức', redirectUris: 'Địa chỉ quay về (mỗi dòng một địa chỉ)', launchUri: 'Địa chỉ mở từ bệnh án', authentication: 'Cách xác thực', jwksUri: 'Địa chỉ khóa công khai', jwks: 'Khóa công khai (JWKS)', certificate: 'Chứng thư TLS phải đưa ra (SHA-256, base64url; có thể để trống)',
    scopes: 'Quyền được xin (cách nhau bằng dấu cách hoặc xuống dòng)', introspects: 'Được kiểm tra mã truy cập của ứng dụng khác',
  },
  clientId: 'Mã ứng dụng (client_id)', save: 'Lưu', saved: 'Đã lưu.', cancel: 'Thôi', disable: 'Tắt', enable: 'Bật lại', disabled: 'Đã tắt', renew: 'Đổi mật khẩu ứng dụng', secretOnce: 'Mật khẩu ứng dụng chỉ hiện một lần này. Chép lại ngay:', invitationOnce: 'Mã mời chỉ hiện một lần này, dùng trong 24 giờ, gửi tới',
  newApp: 'Thêm ứng dụng', badKeys: 'Khóa phải là JSON.', selfRegisteredTag: 'Tự đăng ký', choose: 'Chọn một ứng dụng để xem và sửa.', required: 'Bắt buộc',
};

const en: typeof vi = {
  wants: 'wants to use records through your account', signedInAs: 'You are signed in as', goesTo: 'Then you go on to', selfRegistered: 'This app registered itself; the hospital has not checked it.',
  patient: 'Patient', choosePatient: 'Choose the patient for the app', findPatient: 'Name, phone or hospital number', noMatch: 'Nobody matches', chosen: 'Chosen', change: 'Choose another',
  may: 'Let the app', who: 'Know who you are (name, role)', offline: (days) => `Go on after you have signed out, for ${days} days at most`, online: 'Go on until you sign out',
  allow: 'Allow', refuse: 'Do not allow', going: 'Going to the app…', withdrawNote: 'You can withdraw this at any time, on the page Allowed apps.', nothing: 'The app only asks who you are.',
  never: 'The app never sees more than you may see yourself.', needPatient: 'Choose the patient first.', title: 'An app asks',
  problem: 'The app could not be opened', problemBack: 'To the first page',
  problems: {
    invalid_redirect_uri: 'The app wants to lead you to an address that the hospital does not know. Enter no password there, and tell the administrator.',
    invalid_client: 'The hospital does not know this app, or has disabled it.',
    invalid_request: 'The app’s request is not right. Tell those who make the app.',
  },
  problemOther: 'The request has expired or is not right. Start again from the app.',
  allowed: 'Allowed apps', allowedLead: 'These apps use records for you. Withdrawn, they lose it at once.', none: 'You have allowed no app', noneHint: 'When an app asks, it will be listed here.',
  since: 'Since', lastUsed: 'last used', withdraw: 'Withdraw', withdrawOf: (name) => `Withdraw what ${name} is allowed`, offlineShort: 'Also after you have signed out',
  open: 'Open an app', opening: 'Opening…',
  admin: 'Apps, devices, partners', adminLead: 'Only what is in this list may ask for access to records through FHIR.', add: 'Add', invite: 'Invite to register', search: 'Find an app', noApps: 'No app yet', noAppsHint: 'Add a SMART app, a laboratory machine or a partner hospital.',
  kinds: { person: 'App of people', service: 'Service' },
  roles: { partner: 'Partner', device: 'Device', integration: 'In-house system' },
  purposes: { TREAT: 'Treatment', HPAYMT: 'Insurance payment', PUBHLTH: 'Public health', HRESCH: 'Research' },
  authentications: { none: 'None (public app)', secret: 'App secret', key: 'Public key' },
  fields: {
    name: 'Name', kind: 'Kind', role: 'Role', purpose: 'Purpose of use', organisation: 'Organization id', redirectUris: 'Redirect URIs (one a line)', launchUri: 'Launch URI (from the chart)', authentication: 'Authentication', jwksUri: 'Address of the public keys', jwks: 'Public keys (JWKS)', certificate: 'TLS certificate it must show (SHA-256, base64url; may be empty)',
    scopes: 'Scopes it may ask for (separated by spaces or lines)', introspects: 'May check the tokens of other apps',
  },
  clientId: 'client_id', save: 'Save', saved: 'Saved.', cancel: 'Cancel', disable: 'Disable', enable: 'Enable', disabled: 'Disabled', renew: 'New app secret', secretOnce: 'The app secret is shown only this once. Copy it now:', invitationOnce: 'The invitation is shown only this once, is good for 24 hours, and is sent to',
  newApp: 'Add an app', badKeys: 'Keys must be JSON.', selfRegisteredTag: 'Registered itself', choose: 'Choose an app to see and change it.', required: 'Required',
};

export const strings = { vi, en };
