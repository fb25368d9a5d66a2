const vi = {
  newTitle: 'Người bệnh mới', changeTitle: 'Sửa hồ sơ hành chính', close: 'Đóng', kind: 'Loại hồ sơ', kinds: { full: 'Đủ giấy tờ', newborn: 'Trẻ sơ sinh', unknown: 'Chưa rõ danh tính', foreigner: 'Người nước ngoài' },
  name: 'Họ và tên', birthDate: 'Ngày sinh', birthHint: 'Ngày/tháng/năm, tháng/năm, hoặc chỉ năm', sex: 'Giới', sexes: { female: 'Nữ', male: 'Nam', other: 'Khác', unknown: 'Chưa rõ' },
  citizenNumber: 'Số căn cước', insuranceNumber: 'Số thẻ BHYT', passport: 'Hộ chiếu', phone: 'Điện thoại', place: 'Xã, phường, tỉnh', addressLine: 'Số nhà, đường, thôn', mother: 'Mẹ (tên hoặc mã)', chosenMother: 'Mẹ', otherMother: 'Chọn người khác', birthTime: 'Giờ sinh', nationality: 'Quốc tịch (mã 2 chữ)', approximateAge: 'Khoảng bao nhiêu tuổi', foundAt: 'Nơi tìm thấy, đặc điểm', relativeName: 'Người thân liên hệ', relativePhone: 'Điện thoại người thân',
  likely: (percent: number) => `Có thể đã có hồ sơ, giống ${percent}%`, thisOne: 'Là người này', register: 'Lập hồ sơ', save: 'Lưu',
};
const en: typeof vi = {
  newTitle: 'New patient', changeTitle: 'Change who it is', close: 'Close', kind: 'Kind of record', kinds: { full: 'With papers', newborn: 'Newborn', unknown: 'Not identified', foreigner: 'Foreigner' },
  name: 'Full name', birthDate: 'Birth date', birthHint: 'Day/month/year, month/year, or the year alone', sex: 'Sex', sexes: { female: 'Female', male: 'Male', other: 'Other', unknown: 'Unknown' },
  citizenNumber: 'Citizen number', insuranceNumber: 'Insurance number', passport: 'Passport', phone: 'Phone', place: 'Commune, province', addressLine: 'House, street, hamlet', mother: 'Mother (name or number)', chosenMother: 'Mother', otherMother: 'Choose another', birthTime: 'Time of birth', nationality: 'Nationality (2 letters)', approximateAge: 'About how old', foundAt: 'Where found, what stands out', relativeName: 'Relative to call', relativePhone: 'Phone of the relative',
  likely: (percent) => `May have a record already, ${percent}% alike`, thisOne: 'It is this one', register: 'Register', save: 'Save',
};
export const strings = { vi, en };
