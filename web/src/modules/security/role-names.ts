// Names of the roles, as the starter policy of the server has them (a test compares them).

const vi = {
  reception: 'Tiếp đón', nurse: 'Điều dưỡng', doctor: 'Bác sĩ', laboratory: 'Xét nghiệm', radiographer: 'Kỹ thuật viên hình ảnh', radiologist: 'Bác sĩ chẩn đoán hình ảnh',
  operator: 'Tổng đài đặt khám', pharmacist: 'Dược sĩ', cashier: 'Thu ngân', insurance: 'Giám định bảo hiểm', records: 'Hồ sơ bệnh án', head: 'Trưởng khoa', director: 'Giám đốc',
  administrator: 'Quản trị hệ thống', auditor: 'Kiểm soát truy cập', privacy: 'Cán bộ bảo vệ dữ liệu cá nhân', patient: 'Người bệnh', relative: 'Người nhà, người giám hộ',
  partner: 'Cơ sở y tế khác', kiosk: 'Máy tự nhận số', device: 'Thiết bị', integration: 'Hệ thống nội bộ',
};

const en: typeof vi = {
  reception: 'Reception', nurse: 'Nurse', doctor: 'Doctor', laboratory: 'Laboratory', radiographer: 'Radiographer', radiologist: 'Radiologist',
  operator: 'Switchboard', pharmacist: 'Pharmacist', cashier: 'Cashier', insurance: 'Insurance officer', records: 'Records officer', head: 'Head of department', director: 'Director',
  administrator: 'Administrator', auditor: 'Auditor', privacy: 'Privacy officer', patient: 'Patient', relative: 'Relative or guardian',
  partner: 'Partner hospital', kiosk: 'Kiosk', device: 'Device', integration: 'In-house system',
};

/** By role; a role of a later edition is shown by its code. */
export const roleNames: { readonly vi: Readonly<Record<string, string>>; readonly en: Readonly<Record<string, string>> } = { vi, en };
