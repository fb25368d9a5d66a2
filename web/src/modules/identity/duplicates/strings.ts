const vi = {
  title: 'Hồ sơ có thể trùng', waiting: (n: number) => `${n} cặp chờ xem`, none: 'Không còn cặp nào chờ xem', noneHint: 'Cặp mới hiện ở đây khi có người được đăng ký giống một hồ sơ đã có.', more: 'Xem thêm',
  pairs: 'Cặp chờ xem', history: 'Đã nhập', likely: (percent: number) => `${percent}% là một người`, grades: { certain: 'Chắc chắn', probable: 'Rất có thể', possible: 'Có thể' },
  compare: 'So sánh hai hồ sơ', keep: 'Giữ hồ sơ này', kept: 'Giữ lại', goes: 'Nhập vào', holds: (n: number) => `${n} mục bệnh án`, fact: 'Thông tin', takeThis: 'Lấy thông tin này', same: 'giống nhau', differs: 'khác nhau', unknown: 'chưa có',
  why: 'Vì sao', forSame: 'cho là một người', against: 'cho là hai người', merge: 'Nhập hai hồ sơ', mergeHint: 'Mọi mục của hồ sơ bên kia sẽ thuộc hồ sơ giữ lại. Có thể tách lại đúng như cũ.', different: 'Là hai người', later: 'Để sau',
  merged: (n: number) => `Đã nhập, chuyển ${n} mục.`, undo: 'Tách lại', undoHint: 'Mục đã sửa sau khi nhập sẽ ở lại hồ sơ giữ.', undone: (n: number) => `Đã tách. ${n} mục ở lại vì đã sửa sau khi nhập.`, sureUndo: 'Bấm lần nữa để tách', partedBy: (who: string) => `Đã tách bởi ${who}`,
  into: 'vào', decided: 'Đã xem', noMerges: 'Chưa nhập hồ sơ nào', close: 'Đóng', choose: 'Chọn một cặp để so sánh',
  fields: { name: 'Họ tên', sex: 'Giới tính', birthDate: 'Ngày sinh', citizenNumber: 'Số định danh', oldIdentityCard: 'CMND cũ', insuranceNumber: 'Thẻ BHYT', passport: 'Hộ chiếu', phone: 'Điện thoại', address: 'Địa chỉ', relatives: 'Người nhà', hospitalNumber: 'Mã người bệnh' },
  sexes: { male: 'Nam', female: 'Nữ', other: 'Khác', unknown: 'Chưa rõ' } as Record<string, string>,
};
const en: typeof vi = {
  title: 'Records that may be double', waiting: (n) => `${n} pairs to look at`, none: 'No pair waits', noneHint: 'New pairs appear when somebody is registered who is like a record that is there.', more: 'Show more',
  pairs: 'To look at', history: 'Merged', likely: (percent) => `${percent}% one person`, grades: { certain: 'Certain', probable: 'Probable', possible: 'Possible' },
  compare: 'Two records compared', keep: 'Keep this record', kept: 'Stays', goes: 'Goes into it', holds: (n) => `${n} entries`, fact: 'Fact', takeThis: 'Take this', same: 'the same', differs: 'differs', unknown: 'not known',
  why: 'Why', forSame: 'for one person', against: 'for two people', merge: 'Merge the records', mergeHint: 'All that lies in the other record will belong to the one that stays. It can be parted again exactly.', different: 'Two people', later: 'Later',
  merged: (n) => `Merged; ${n} entries moved.`, undo: 'Part again', undoHint: 'What was changed since stays with the kept record.', undone: (n) => `Parted. ${n} entries stayed, changed since the merge.`, sureUndo: 'Press again to part them', partedBy: (who) => `Parted by ${who}`,
  into: 'into', decided: 'Judged', noMerges: 'Nothing has been merged', close: 'Close', choose: 'Choose a pair to compare',
  fields: { name: 'Name', sex: 'Sex', birthDate: 'Birth date', citizenNumber: 'Citizen number', oldIdentityCard: 'Old identity card', insuranceNumber: 'Insurance card', passport: 'Passport', phone: 'Telephone', address: 'Address', relatives: 'Relatives', hospitalNumber: 'Hospital number' },
  sexes: { male: 'Male', female: 'Female', other: 'Other', unknown: 'Unknown' },
};
export const strings = { vi, en };
