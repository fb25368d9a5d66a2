// Common diseases of a Vietnamese general hospital: ICD-10 code, name, who gets them, what is measured and prescribed.
import type { Diagnosis } from './chart.ts';
import type { DrugKey } from './drugs.ts';
import type { DepartmentKey } from './hospital.ts';
import type { ImagingKey } from './imaging-studies.ts';
import { bloodCount, kidneyTests, lipidTests, liverTests, type TestKey } from './laboratory-tests.ts';
import type { TrendKey } from './trends.ts';

/** How a value leaves normal: start, goal, years to get there, spread. */
export type Shift = readonly [key: TrendKey, start: number, goal: number, years: number, spread: number];

export interface ChronicDisease extends Diagnosis {
  readonly department: DepartmentKey;
  readonly fromAge: number;
  /** Share of people of that age or older who have it. */
  readonly share: number;
  readonly sex?: 'male' | 'female';
  readonly tests: readonly TestKey[];
  /** First line, then what later visits may add. */
  readonly drugs: readonly DrugKey[];
  readonly shifts: readonly Shift[];
  readonly systolic?: number;
  readonly imaging?: ImagingKey;
  readonly complaint: string;
  readonly advice: string;
  readonly revisitDays: number;
}

export const chronicDiseases: readonly ChronicDisease[] = [
  {
    code: 'I10', vi: 'Tăng huyết áp vô căn (nguyên phát)', department: 'cardiology', fromAge: 40, share: 0.38, systolic: 24,
    tests: [...kidneyTests, ...lipidTests, 'glucose'], drugs: ['amlodipine', 'losartan50', 'indapamide'], shifts: [], imaging: 'electrocardiogram',
    complaint: 'Tái khám tăng huyết áp, thỉnh thoảng đau đầu vùng chẩm', advice: 'Ăn giảm muối dưới 5 g/ngày, đo huyết áp tại nhà sáng và tối', revisitDays: 28,
  },
  {
    code: 'E11.9', vi: 'Đái tháo đường típ 2, chưa có biến chứng', department: 'endocrine', fromAge: 38, share: 0.2,
    tests: ['hba1c', 'glucose', ...kidneyTests, ...lipidTests, 'acr'], drugs: ['metformin', 'gliclazide', 'empagliflozin'],
    shifts: [['hba1c', 9.4, 7.1, 0.8, 0.35], ['glucose', 12.4, 7.4, 0.7, 0.9], ['triglyceride', 3.1, 2.0, 2, 0.4]],
    complaint: 'Tái khám đái tháo đường, không hạ đường huyết', advice: 'Ăn giảm tinh bột, đi bộ 30 phút mỗi ngày, kiểm tra bàn chân', revisitDays: 28,
  },
  {
    code: 'E78.5', vi: 'Rối loạn lipid máu', department: 'cardiology', fromAge: 35, share: 0.2, tests: [...lipidTests, ...liverTests],
    drugs: ['atorvastatin'], shifts: [['ldl', 4.4, 2.4, 0.5, 0.3], ['cholesterol', 6.6, 4.6, 0.5, 0.4], ['triglyceride', 3.2, 2.0, 1, 0.5]],
    complaint: 'Khám định kỳ mỡ máu', advice: 'Hạn chế mỡ động vật, nội tạng; tập thể dục đều', revisitDays: 90,
  },
  {
    code: 'I25.1', vi: 'Bệnh tim thiếu máu cục bộ mạn', department: 'cardiology', fromAge: 55, share: 0.09, imaging: 'echocardiogram',
    tests: [...lipidTests, 'creatinine', 'egfr', 'potassium', 'troponin'], drugs: ['aspirin', 'bisoprolol', 'rosuvastatin', 'nitroglycerin'],
    shifts: [['ldl', 4.1, 1.7, 0.5, 0.25], ['cholesterol', 6.2, 3.8, 0.5, 0.3]],
    complaint: 'Đau ngực trái khi gắng sức, đỡ khi nghỉ', advice: 'Không gắng sức, mang theo thuốc giãn vành', revisitDays: 28,
  },
  {
    code: 'I50.9', vi: 'Suy tim', department: 'cardiology', fromAge: 62, share: 0.06, imaging: 'echocardiogram',
    tests: ['proBnp', ...kidneyTests], drugs: ['furosemide', 'spironolactone', 'bisoprolol', 'perindopril'],
    shifts: [['proBnp', 3800, 1500, 0.8, 300], ['egfr', 58, 48, 3, 3]],
    complaint: 'Khó thở khi leo 1 tầng, phù nhẹ hai chân về chiều', advice: 'Cân mỗi sáng, tăng trên 2 kg trong 3 ngày thì khám ngay', revisitDays: 28,
  },
  {
    code: 'J44.9', vi: 'Bệnh phổi tắc nghẽn mạn tính', department: 'respiratory', fromAge: 52, share: 0.1, sex: 'male', imaging: 'chestXray',
    tests: [...bloodCount, 'crp'], drugs: ['tiotropium', 'budesonideFormoterol', 'salbutamol'], shifts: [['hematocrit', 0.5, 0.52, 4, 0.015]],
    complaint: 'Ho đờm trắng buổi sáng, khó thở khi đi nhanh', advice: 'Bỏ thuốc lá, tập thở chúm môi, tiêm phòng cúm hằng năm', revisitDays: 28,
  },
  {
    code: 'B18.1', vi: 'Viêm gan vi rút B mạn', department: 'digestive', fromAge: 25, share: 0.08, imaging: 'abdomenUltrasound',
    tests: ['ast', 'alt', 'ggt', 'bilirubin', 'albumin', 'hbvDna', 'afp', 'platelets', 'creatinine', 'egfr'], drugs: ['tenofovir'],
    shifts: [['alt', 132, 31, 0.4, 7], ['ast', 98, 29, 0.4, 6], ['ggt', 88, 44, 0.8, 8], ['hbvDna', 2_400_000, 0, 0.12, 6]],
    complaint: 'Tái khám viêm gan B, mệt mỏi, ăn uống được', advice: 'Không tự ngừng thuốc, kiêng rượu bia, siêu âm gan mỗi 6 tháng', revisitDays: 90,
  },
  {
    code: 'N18.3', vi: 'Bệnh thận mạn, giai đoạn 3', department: 'kidney', fromAge: 58, share: 0.07, imaging: 'abdomenUltrasound',
    tests: [...kidneyTests, 'acr', 'hemoglobin', 'calcium', 'phosphate', 'uricAcid'], drugs: ['losartan50', 'calcium'],
    shifts: [['egfr', 56, 38, 5, 2], ['acr', 12, 34, 5, 4], ['urea', 8.4, 12.5, 5, 0.8], ['hemoglobin', 126, 112, 4, 4], ['potassium', 4.6, 5.0, 5, 0.25]],
    complaint: 'Tái khám bệnh thận mạn, tiểu đêm 2 lần', advice: 'Ăn giảm đạm, tránh thuốc giảm đau chống viêm và thuốc nam không rõ nguồn gốc', revisitDays: 28,
  },
  {
    code: 'K29.7', vi: 'Viêm dạ dày', department: 'digestive', fromAge: 20, share: 0.14, tests: bloodCount, drugs: ['esomeprazole', 'domperidone'], shifts: [],
    imaging: 'abdomenUltrasound', complaint: 'Đau thượng vị khi đói, ợ chua', advice: 'Ăn đúng bữa, tránh rượu, cà phê, đồ chua cay', revisitDays: 28,
  },
  {
    code: 'M17.1', vi: 'Thoái hóa khớp gối nguyên phát', department: 'joints', fromAge: 55, share: 0.17, imaging: 'kneeXray', tests: ['crp', 'uricAcid', 'creatinine', 'egfr'],
    drugs: ['glucosamine', 'meloxicam'], shifts: [], complaint: 'Đau khớp gối hai bên khi lên xuống cầu thang', advice: 'Giảm cân, tập cơ đùi, tránh ngồi xổm', revisitDays: 60,
  },
  {
    code: 'M10.9', vi: 'Gút', department: 'joints', fromAge: 38, share: 0.08, sex: 'male', tests: ['uricAcid', 'creatinine', 'egfr', 'crp', ...liverTests],
    drugs: ['allopurinol', 'colchicine'], shifts: [['uricAcid', 560, 350, 0.6, 28]], complaint: 'Sưng nóng đỏ đau khớp bàn ngón chân cái',
    advice: 'Kiêng rượu bia, nội tạng, hải sản; uống 2 lít nước mỗi ngày', revisitDays: 60,
  },
  {
    code: 'E03.9', vi: 'Suy giáp', department: 'endocrine', fromAge: 30, share: 0.05, sex: 'female', imaging: 'thyroidUltrasound', tests: ['tsh', 'ft4', 'cholesterol', 'ldl'],
    drugs: ['levothyroxine'], shifts: [['tsh', 18, 2.6, 0.4, 0.5], ['ft4', 8.2, 15.5, 0.4, 1]], complaint: 'Mệt, sợ lạnh, tăng cân', advice: 'Uống thuốc lúc đói, không uống cùng sắt và calci', revisitDays: 60,
  },
  {
    code: 'E05.0', vi: 'Basedow (nhiễm độc giáp với bướu lan tỏa)', department: 'endocrine', fromAge: 20, share: 0.03, sex: 'female', imaging: 'thyroidUltrasound',
    tests: ['tsh', 'ft4', ...liverTests, 'wbc', 'neutrophils'], drugs: ['thiamazole', 'bisoprolol'], shifts: [['tsh', 0.01, 0.9, 1, 0.1], ['ft4', 48, 17, 0.5, 1.5]],
    complaint: 'Hồi hộp, run tay, sút cân', advice: 'Sốt, đau họng phải xét nghiệm công thức máu ngay', revisitDays: 28,
  },
  {
    code: 'N40', vi: 'Tăng sản tuyến tiền liệt', department: 'kidney', fromAge: 60, share: 0.2, sex: 'male', imaging: 'abdomenUltrasound', tests: ['creatinine', 'egfr', 'urea'],
    drugs: ['tamsulosin'], shifts: [], complaint: 'Tiểu đêm 3 đến 4 lần, tia yếu', advice: 'Hạn chế uống nước buổi tối', revisitDays: 60,
  },
  {
    code: 'J45.9', vi: 'Hen phế quản', department: 'respiratory', fromAge: 6, share: 0.05, imaging: 'chestXray', tests: bloodCount, drugs: ['budesonideFormoterol', 'salbutamol'], shifts: [],
    complaint: 'Khò khè, ho về đêm khi thay đổi thời tiết', advice: 'Tránh khói bụi, lông thú; luôn mang bình xịt cắt cơn', revisitDays: 60,
  },
];

/** Finds a chronic disease of the starter list by its code. */
export function chronicDisease(code: string): ChronicDisease {
  return chronicDiseases.find((one) => one.code === code)!;
}
