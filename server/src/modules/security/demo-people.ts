// The people and machines of the demo hospital who have an account: one for each role, tied to staff, places and patients of @sen/demo.
import type { Account } from './account.ts';
import type { Role } from './policy/roles.ts';

type Person = Pick<Account, 'username' | 'name' | 'kind' | 'places' | 'patients' | 'practitioner'> & { readonly role: Role };
type Ties = Partial<Pick<Account, 'kind' | 'places' | 'patients' | 'practitioner'>>;

const departmentsOf = (...keys: readonly string[]) => keys.map((key) => `Organization/sen-hong-${key}`);
const roomsOf = (...rooms: readonly string[]) => rooms.map((room) => `Location/sen-hong-${room}`);

export const demoPeople: readonly Person[] = [
  // Endocrinology, and on duty for the departments of inner medicine.
  person('bacsi', 'BS. Lê Minh Quang', 'doctor', { practitioner: 'le-minh-quang', places: [...departmentsOf('endocrine', 'dialysis', 'cardiology', 'exam'), ...roomsOf('205', '206')] }),
  person('dieuduong', 'ĐD. Vũ Thị Lan', 'nurse', { practitioner: 'vu-thi-lan', places: [...departmentsOf('endocrine'), ...roomsOf('205', '206')] }),
  person('truongkhoa', 'TS.BS. Phạm Quốc Anh', 'head', { practitioner: 'pham-quoc-anh', places: departmentsOf('dialysis') }),
  person('tiepdon', 'Phạm Thu Hà', 'reception'),
  person('tongdai', 'Nguyễn Thanh Trúc', 'operator'),
  person('xetnghiem', 'KTV. Đoàn Thị Mai', 'laboratory', { places: [...departmentsOf('laboratory'), ...roomsOf('xn1')] }),
  person('ktvhinhanh', 'KTV. Bùi Văn Tài', 'radiographer', { places: [...departmentsOf('imaging'), ...roomsOf('cdha1', 'cdha2')] }),
  person('bshinhanh', 'BSCKI. Hồ Thanh Sơn', 'radiologist', { places: departmentsOf('imaging') }),
  person('duocsi', 'DS. Ngô Thị Yến', 'pharmacist', { places: [...departmentsOf('pharmacy'), ...roomsOf('d1')] }),
  person('thungan', 'Trịnh Thị Loan', 'cashier'),
  person('baohiem', 'Mai Văn Toàn', 'insurance'),
  person('hosobenhan', 'Vũ Đức Thịnh', 'records'),
  person('giamdoc', 'PGS.TS. Đinh Công Chính', 'director'),
  person('quantri', 'Nguyễn Quốc Bảo', 'administrator'),
  person('kiemsoat', 'Lâm Thị Thu', 'auditor'),
  person('dulieu', 'Đào Minh Tuệ', 'privacy'),
  person('nguoibenh', 'Nguyễn Thị Hạnh', 'patient', { patients: ['nguyen-thi-hanh'] }),
  person('nguoinha', 'Phạm Thu Trang', 'relative', { patients: ['con-ba-pham-thu-trang'] }),
  person('bvdoitac', 'Bệnh viện đối tác', 'partner', { kind: 'service', places: ['Organization/benh-vien-doi-tac'] }),
  person('maykiosk', 'Máy nhận số Cửa 1', 'kiosk'),
  person('maysinhhoa', 'Máy sinh hóa XN1', 'device', { kind: 'service' }),
];

function person(username: string, name: string, role: Role, ties: Ties = {}): Person {
  return { username, name, role, kind: 'person', places: [], patients: [], ...ties };
}
