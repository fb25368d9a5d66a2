// Short illnesses: what brings people to the clinic, the emergency department or a bed for a few days.
import type { Diagnosis } from './chart.ts';
import type { DrugKey } from './drugs.ts';
import type { DepartmentKey } from './hospital.ts';
import type { ImagingKey } from './imaging-studies.ts';
import { bloodCount, kidneyTests, liverTests, type TestKey } from './laboratory-tests.ts';
import type { TrendKey } from './trends.ts';

export interface AcuteIllness extends Diagnosis {
  readonly department: DepartmentKey;
  readonly ages: readonly [number, number];
  readonly weight: number;
  readonly sex?: 'male' | 'female';
  /** Days in a bed; 0 when treated at home. */
  readonly stayDays: number;
  readonly emergency?: boolean;
  readonly temperature?: number;
  readonly saturation?: number;
  readonly tests: readonly TestKey[];
  /** Mean and spread of what the illness moves. */
  readonly values?: readonly (readonly [TrendKey, number, number])[];
  readonly imaging?: ImagingKey;
  readonly procedure?: ProcedureKey;
  readonly drugs: readonly DrugKey[];
  readonly days: number;
  readonly complaint: string;
}

export const procedures = {
  appendectomy: { icd9: '47.01', vi: 'Phẫu thuật nội soi cắt ruột thừa' },
  cataract: { icd9: '13.41', vi: 'Phẫu thuật tán nhuyễn thể thủy tinh (Phaco) đặt thể thủy tinh nhân tạo' },
  suture: { icd9: '86.59', vi: 'Khâu vết thương phần mềm' },
  cast: { icd9: '79.02', vi: 'Nắn, bó bột gãy đầu dưới xương quay' },
  gastroscopy: { icd9: '45.13', vi: 'Nội soi thực quản – dạ dày – tá tràng' },
  haemodialysis: { icd9: '39.95', vi: 'Thận nhân tạo thường quy' },
  delivery: { icd9: '73.59', vi: 'Đỡ đẻ thường ngôi chỏm' },
  nebuliser: { icd9: '93.94', vi: 'Khí dung thuốc giãn phế quản' },
  fistula: { icd9: '39.27', vi: 'Phẫu thuật tạo thông động tĩnh mạch cẳng tay trái' },
  phototherapy: { icd9: '99.83', vi: 'Chiếu đèn điều trị vàng da sơ sinh' },
} as const;

export type ProcedureKey = keyof typeof procedures;

const home = { stayDays: 0 } as const;

export const acuteIllnesses: readonly AcuteIllness[] = [
  { ...home, code: 'J06.9', vi: 'Nhiễm trùng đường hô hấp trên cấp', department: 'exam', ages: [18, 99], weight: 16, temperature: 37.8, tests: bloodCount, drugs: ['paracetamol', 'loratadine'], days: 5, complaint: 'Sốt nhẹ, ngạt mũi, đau họng 2 ngày' },
  { ...home, code: 'J06.9', vi: 'Nhiễm trùng đường hô hấp trên cấp', department: 'children', ages: [0, 17], weight: 30, temperature: 38.4, tests: bloodCount, drugs: ['paracetamolSyrup'], days: 5, complaint: 'Sốt, ho, chảy mũi 2 ngày, ăn uống kém' },
  { ...home, code: 'J20.9', vi: 'Viêm phế quản cấp', department: 'exam', ages: [18, 99], weight: 10, temperature: 37.6, tests: [...bloodCount, 'crp'], values: [['crp', 18, 6], ['wbc', 11.5, 1.5]], imaging: 'chestXray', drugs: ['cefuroxime', 'acetylcysteine', 'paracetamol'], days: 7, complaint: 'Ho đờm vàng 5 ngày' },
  { ...home, code: 'J02.9', vi: 'Viêm họng cấp', department: 'exam', ages: [6, 60], weight: 9, temperature: 38, tests: bloodCount, drugs: ['azithromycin', 'paracetamol'], days: 5, complaint: 'Đau họng, nuốt vướng, sốt' },
  { ...home, code: 'A09', vi: 'Tiêu chảy và viêm dạ dày – ruột nghi do nhiễm trùng', department: 'exam', ages: [1, 99], weight: 8, temperature: 37.5, tests: [...bloodCount, 'sodium', 'potassium'], drugs: ['oresol', 'diosmectite'], days: 3, complaint: 'Đi ngoài phân lỏng 6 lần từ hôm qua, buồn nôn' },
  { ...home, code: 'N39.0', vi: 'Nhiễm khuẩn tiết niệu', department: 'kidney', ages: [18, 95], weight: 7, sex: 'female', temperature: 37.9, tests: [...bloodCount, 'crp', ...kidneyTests], values: [['crp', 34, 10], ['wbc', 12.2, 2]], imaging: 'abdomenUltrasound', drugs: ['ciprofloxacin', 'paracetamol'], days: 7, complaint: 'Tiểu buốt, tiểu rắt 3 ngày' },
  { ...home, code: 'H81.1', vi: 'Chóng mặt kịch phát lành tính', department: 'neurology', ages: [35, 90], weight: 6, tests: ['glucose', 'sodium', 'potassium', 'hemoglobin'], drugs: ['betahistine'], days: 10, complaint: 'Chóng mặt quay khi xoay người trên giường' },
  { ...home, code: 'M54.5', vi: 'Đau cột sống thắt lưng', department: 'joints', ages: [22, 85], weight: 9, tests: ['crp', 'creatinine', 'egfr'], imaging: 'spineXray', drugs: ['meloxicam', 'paracetamol'], days: 7, complaint: 'Đau thắt lưng sau bê vật nặng' },
  { ...home, code: 'L50.9', vi: 'Mày đay', department: 'exam', ages: [3, 70], weight: 5, tests: bloodCount, drugs: ['loratadine'], days: 7, complaint: 'Nổi ban sẩn ngứa toàn thân sau ăn hải sản' },
  { ...home, code: 'S61.9', vi: 'Vết thương hở ở cổ tay và bàn tay', department: 'emergency', emergency: true, ages: [8, 75], weight: 4, tests: ['hemoglobin', 'platelets'], procedure: 'suture', drugs: ['cefuroxime', 'paracetamol'], days: 5, complaint: 'Đứt tay do dao khi nấu ăn, chảy máu' },
  { ...home, code: 'S52.5', vi: 'Gãy đầu dưới xương quay', department: 'emergency', emergency: true, ages: [6, 85], weight: 3, tests: ['hemoglobin', 'glucose'], imaging: 'wristXray', procedure: 'cast', drugs: ['paracetamol', 'calcium'], days: 14, complaint: 'Ngã chống tay, sưng đau biến dạng cổ tay' },
  { code: 'J18.9', vi: 'Viêm phổi', department: 'respiratory', ages: [45, 99], weight: 7, stayDays: 8, temperature: 38.8, saturation: 93, tests: [...bloodCount, 'crp', ...kidneyTests, ...liverTests], values: [['crp', 118, 30], ['wbc', 15.4, 2.5], ['neutrophils', 84, 4], ['lymphocytes', 10, 3]], imaging: 'chestXray', drugs: ['ceftriaxone', 'levofloxacin', 'paracetamol', 'acetylcysteine'], days: 8, complaint: 'Sốt rét run, ho đờm đặc, khó thở 4 ngày' },
  { code: 'J18.0', vi: 'Viêm phế quản phổi', department: 'children', ages: [0, 5], weight: 10, stayDays: 6, temperature: 38.9, saturation: 94, tests: [...bloodCount, 'crp'], values: [['crp', 42, 14], ['wbc', 16, 3]], imaging: 'chestXray', procedure: 'nebuliser', drugs: ['amoxiclavChild', 'paracetamolSyrup'], days: 6, complaint: 'Sốt cao, ho, thở nhanh, bú kém' },
  { code: 'A97.0', vi: 'Sốt xuất huyết Dengue không có dấu hiệu cảnh báo', department: 'exam', ages: [6, 75], weight: 6, stayDays: 5, temperature: 39.1, tests: [...bloodCount, ...liverTests], values: [['platelets', 68, 20], ['wbc', 2.9, 0.5], ['ast', 112, 30], ['alt', 84, 24], ['hematocrit', 0.45, 0.015]], imaging: 'abdomenUltrasound', drugs: ['paracetamol', 'oresol'], days: 5, complaint: 'Sốt cao liên tục ngày thứ 4, đau đầu, đau mỏi người, ban xung huyết' },
  { code: 'K35.8', vi: 'Viêm ruột thừa cấp', department: 'surgery', ages: [8, 65], weight: 4, stayDays: 4, temperature: 37.9, tests: [...bloodCount, 'crp', 'creatinine', 'egfr', 'inr'], values: [['crp', 62, 20], ['wbc', 14.8, 2], ['neutrophils', 85, 4]], imaging: 'abdomenUltrasound', procedure: 'appendectomy', drugs: ['ceftriaxone', 'paracetamol'], days: 4, complaint: 'Đau hố chậu phải 12 giờ, buồn nôn' },
  { code: 'H25.9', vi: 'Đục thể thủy tinh người già', department: 'eye', ages: [62, 95], weight: 7, stayDays: 1, tests: ['glucose', 'inr', 'hemoglobin'], procedure: 'cataract', drugs: ['paracetamol'], days: 3, complaint: 'Nhìn mờ tăng dần hai mắt' },
];
