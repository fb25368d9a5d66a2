// A starter list of laboratory tests: LOINC, Vietnamese name, units, reference ranges for adults as Vietnamese laboratories print them.

export type Range = readonly [low: number | undefined, high: number | undefined];

export interface LaboratoryTest {
  readonly loinc: string | undefined;
  readonly vi: string;
  readonly unit: string;
  readonly ucum: string;
  readonly decimals: number;
  readonly range: Range;
  readonly female?: Range;
  /** Below or above these the laboratory calls the ward. */
  readonly critical?: Range;
  readonly panel: PanelKey;
}

export interface Panel {
  readonly loinc: string | undefined;
  readonly vi: string;
}

export type PanelKey = keyof typeof panels;

export const panels = {
  blood: { loinc: '58410-2', vi: 'Tổng phân tích tế bào máu ngoại vi' },
  chemistry: { loinc: '24323-8', vi: 'Sinh hóa máu' },
  lipids: { loinc: '24331-1', vi: 'Bộ mỡ máu' },
  hba1c: { loinc: '4548-4', vi: 'Định lượng HbA1c' },
  urine: { loinc: '32294-1', vi: 'Albumin/creatinin niệu' },
  immunology: { loinc: undefined, vi: 'Miễn dịch' },
  clotting: { loinc: '5902-2', vi: 'Đông máu cơ bản' },
  iron: { loinc: undefined, vi: 'Đánh giá thiếu máu, xương và khoáng chất' },
  gases: { loinc: undefined, vi: 'Hiệu quả lọc máu' },
} as const satisfies Record<string, Panel>;

export const laboratoryTests = {
  wbc: test('6690-2', 'Bạch cầu (WBC)', 'G/L', '10*9/L', 1, [4, 10], 'blood', { critical: [1.5, 40] }),
  rbc: test('789-8', 'Hồng cầu (RBC)', 'T/L', '10*12/L', 2, [4.3, 5.8], 'blood', { female: [3.9, 5.2] }),
  hemoglobin: test('718-7', 'Hemoglobin', 'g/L', 'g/L', 0, [130, 170], 'blood', { female: [120, 155], critical: [60, 200] }),
  hematocrit: test('4544-3', 'Hematocrit', 'L/L', 'L/L', 2, [0.4, 0.5], 'blood', { female: [0.36, 0.46] }),
  mcv: test('787-2', 'Thể tích trung bình hồng cầu (MCV)', 'fL', 'fL', 1, [80, 98], 'blood'),
  platelets: test('777-3', 'Tiểu cầu (PLT)', 'G/L', '10*9/L', 0, [150, 400], 'blood', { critical: [30, 1000] }),
  neutrophils: test('770-8', 'Bạch cầu trung tính', '%', '%', 1, [45, 74], 'blood'),
  lymphocytes: test('736-9', 'Bạch cầu lympho', '%', '%', 1, [20, 40], 'blood'),
  glucose: test('14771-0', 'Glucose máu lúc đói', 'mmol/L', 'mmol/L', 1, [3.9, 6.4], 'chemistry', { critical: [2.5, 25] }),
  urea: test('22664-7', 'Urê', 'mmol/L', 'mmol/L', 1, [2.5, 7.5], 'chemistry'),
  creatinine: test('14682-9', 'Creatinin', 'µmol/L', 'umol/L', 0, [62, 120], 'chemistry', { female: [53, 100] }),
  egfr: test('98979-8', 'Mức lọc cầu thận ước tính (eGFR, CKD-EPI 2021)', 'mL/phút/1,73 m²', 'mL/min/{1.73_m2}', 0, [60, undefined], 'chemistry'),
  sodium: test('2951-2', 'Natri', 'mmol/L', 'mmol/L', 0, [135, 145], 'chemistry', { critical: [120, 160] }),
  potassium: test('2823-3', 'Kali', 'mmol/L', 'mmol/L', 1, [3.5, 5.0], 'chemistry', { critical: [2.8, 6.2] }),
  ast: test('1920-8', 'AST (GOT)', 'U/L', 'U/L', 0, [undefined, 37], 'chemistry', { critical: [undefined, 1000] }),
  alt: test('1742-6', 'ALT (GPT)', 'U/L', 'U/L', 0, [undefined, 40], 'chemistry', { critical: [undefined, 1000] }),
  ggt: test('2324-2', 'GGT', 'U/L', 'U/L', 0, [undefined, 55], 'chemistry'),
  bilirubin: test('14631-6', 'Bilirubin toàn phần', 'µmol/L', 'umol/L', 1, [undefined, 17], 'chemistry'),
  albumin: test('1751-7', 'Albumin', 'g/L', 'g/L', 0, [35, 50], 'chemistry'),
  uricAcid: test('14933-6', 'Acid uric', 'µmol/L', 'umol/L', 0, [200, 420], 'chemistry', { female: [140, 360] }),
  crp: test('1988-5', 'CRP', 'mg/L', 'mg/L', 1, [undefined, 5], 'chemistry'),
  cholesterol: test('14647-2', 'Cholesterol toàn phần', 'mmol/L', 'mmol/L', 1, [undefined, 5.2], 'lipids'),
  ldl: test('22748-8', 'LDL-C', 'mmol/L', 'mmol/L', 1, [undefined, 3.4], 'lipids'),
  hdl: test('14646-4', 'HDL-C', 'mmol/L', 'mmol/L', 1, [1.0, undefined], 'lipids'),
  triglyceride: test('14927-8', 'Triglycerid', 'mmol/L', 'mmol/L', 1, [undefined, 1.7], 'lipids'),
  hba1c: test('4548-4', 'HbA1c', '%', '%', 1, [4.0, 6.0], 'hba1c'),
  acr: test('32294-1', 'Albumin/creatinin niệu (ACR)', 'mg/mmol', 'mg/mmol', 1, [undefined, 3], 'urine'),
  tsh: test('3016-3', 'TSH', 'mIU/L', 'm[IU]/L', 2, [0.4, 4.2], 'immunology'),
  ft4: test('14920-3', 'FT4', 'pmol/L', 'pmol/L', 1, [12, 22], 'immunology'),
  proBnp: test('33762-6', 'NT-proBNP', 'pg/mL', 'pg/mL', 0, [undefined, 125], 'immunology'),
  troponin: test('89579-7', 'Troponin I độ nhạy cao', 'ng/L', 'ng/L', 0, [undefined, 26], 'immunology'),
  hbvDna: test('29615-2', 'HBV-DNA định lượng', 'IU/mL', '[IU]/mL', 0, [undefined, 20], 'immunology'),
  afp: test('1834-1', 'AFP', 'ng/mL', 'ng/mL', 1, [undefined, 7], 'immunology'),
  ferritin: test('2276-4', 'Ferritin', 'ng/mL', 'ng/mL', 0, [30, 300], 'iron', { female: [15, 150] }),
  calcium: test('2000-8', 'Calci toàn phần', 'mmol/L', 'mmol/L', 2, [2.15, 2.55], 'iron', { critical: [1.6, 3.25] }),
  phosphate: test('14879-1', 'Phospho', 'mmol/L', 'mmol/L', 2, [0.81, 1.45], 'iron'),
  pth: test('2731-8', 'PTH', 'pg/mL', 'pg/mL', 0, [15, 65], 'iron'),
  inr: test('6301-6', 'INR', '', '1', 2, [0.85, 1.2], 'clotting', { critical: [undefined, 5] }),
  ktv: test(undefined, 'Kt/V (Daugirdas II)', '', '1', 2, [1.2, undefined], 'gases'),
  urr: test(undefined, 'Tỷ lệ giảm urê (URR)', '%', '%', 0, [65, undefined], 'gases'),
} as const;

export type TestKey = keyof typeof laboratoryTests;

interface Extras {
  readonly female?: Range;
  readonly critical?: Range;
}

function test(loinc: string | undefined, vi: string, unit: string, ucum: string, decimals: number, range: Range, panel: PanelKey, extras: Extras = {}): LaboratoryTest {
  return { loinc, vi, unit, ucum, decimals, range, panel, ...extras };
}

export const bloodCount: readonly TestKey[] = ['wbc', 'rbc', 'hemoglobin', 'hematocrit', 'mcv', 'platelets', 'neutrophils', 'lymphocytes'];
export const kidneyTests: readonly TestKey[] = ['urea', 'creatinine', 'egfr', 'sodium', 'potassium'];
export const lipidTests: readonly TestKey[] = ['cholesterol', 'ldl', 'hdl', 'triglyceride'];
export const liverTests: readonly TestKey[] = ['ast', 'alt'];
