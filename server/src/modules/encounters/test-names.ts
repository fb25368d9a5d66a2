// Short names of common tests, by LOINC code, as doctors say them. Data, not rules: a code that is not here keeps the record's own name.
type Language = 'vi' | 'en';

const names: Readonly<Record<string, readonly [vi: string, en: string]>> = {
  '85354-9': ['Huyết áp', 'Blood pressure'], '8480-6': ['Tâm thu', 'Systolic'], '8462-4': ['Tâm trương', 'Diastolic'],
  '8867-4': ['Mạch', 'Heart rate'], '9279-1': ['Nhịp thở', 'Respiratory rate'], '8310-5': ['Nhiệt độ', 'Temperature'],
  '29463-7': ['Cân nặng', 'Weight'], '8302-2': ['Chiều cao', 'Height'], '39156-5': ['BMI', 'BMI'],
  '59408-5': ['SpO₂', 'SpO₂'], '2708-6': ['SaO₂', 'SaO₂'], '9843-4': ['Vòng đầu', 'Head circumference'],
  '72514-3': ['Mức đau 0–10', 'Pain 0–10'], '59576-9': ['Bách phân vị BMI', 'BMI percentile'], '77606-2': ['Bách phân vị cân theo dài', 'Weight-for-length percentile'],
  '72166-2': ['Hút thuốc', 'Smoking'],
  '4548-4': ['HbA1c', 'HbA1c'], '17856-6': ['HbA1c', 'HbA1c'], '59261-8': ['HbA1c (IFCC)', 'HbA1c (IFCC)'],
  '2339-0': ['Glucose máu', 'Blood glucose'], '2345-7': ['Glucose huyết thanh', 'Serum glucose'], '14749-6': ['Glucose', 'Glucose'],
  '1558-6': ['Glucose đói', 'Fasting glucose'], '14771-0': ['Glucose đói', 'Fasting glucose'],
  '2160-0': ['Creatinin', 'Creatinine'], '38483-4': ['Creatinin máu', 'Blood creatinine'], '14682-9': ['Creatinin', 'Creatinine'],
  '33914-3': ['eGFR (MDRD)', 'eGFR (MDRD)'], '62238-1': ['eGFR', 'eGFR'], '98979-8': ['eGFR', 'eGFR'], '69405-9': ['eGFR', 'eGFR'],
  '3094-0': ['Ure (BUN)', 'Urea nitrogen'], '6299-2': ['Ure máu (BUN)', 'Blood urea nitrogen'], '22664-7': ['Ure', 'Urea'], '3091-6': ['Ure', 'Urea'],
  '2951-2': ['Natri', 'Sodium'], '2947-0': ['Natri máu', 'Blood sodium'], '2823-3': ['Kali', 'Potassium'], '6298-4': ['Kali máu', 'Blood potassium'],
  '2075-0': ['Clo', 'Chloride'], '2069-3': ['Clo máu', 'Blood chloride'], '2028-9': ['CO₂ toàn phần', 'Total CO₂'], '20565-8': ['CO₂ máu toàn phần', 'Blood total CO₂'],
  '17861-6': ['Calci', 'Calcium'], '49765-1': ['Calci máu', 'Blood calcium'], '2000-8': ['Calci', 'Calcium'],
  '2885-2': ['Protein toàn phần', 'Total protein'], '1751-7': ['Albumin', 'Albumin'], '10834-0': ['Globulin', 'Globulin'],
  '1975-2': ['Bilirubin toàn phần', 'Total bilirubin'], '14631-6': ['Bilirubin toàn phần', 'Total bilirubin'], '6768-6': ['Phosphatase kiềm', 'Alkaline phosphatase'],
  '1742-6': ['ALT (GPT)', 'ALT'], '1920-8': ['AST (GOT)', 'AST'], '2324-2': ['GGT', 'GGT'], '3084-1': ['Acid uric', 'Uric acid'], '14933-6': ['Acid uric', 'Uric acid'],
  '2093-3': ['Cholesterol toàn phần', 'Total cholesterol'], '14647-2': ['Cholesterol toàn phần', 'Total cholesterol'], '2571-8': ['Triglycerid', 'Triglycerides'], '14927-8': ['Triglycerid', 'Triglycerides'],
  '18262-6': ['LDL-C', 'LDL-C'], '13457-7': ['LDL-C', 'LDL-C'], '22748-8': ['LDL-C', 'LDL-C'], '39469-2': ['LDL-C', 'LDL-C'], '2085-9': ['HDL-C', 'HDL-C'], '14646-4': ['HDL-C', 'HDL-C'],
  '14959-1': ['ACR niệu', 'Urine ACR'], '9318-7': ['ACR niệu', 'Urine ACR'], '30000-4': ['ACR niệu', 'Urine ACR'], '32294-1': ['ACR niệu', 'Urine ACR'],
  '718-7': ['Hemoglobin', 'Hemoglobin'], '59260-0': ['Hemoglobin', 'Hemoglobin'], '4544-3': ['Hematocrit', 'Hematocrit'], '20570-8': ['Hematocrit', 'Hematocrit'],
  '789-8': ['Hồng cầu', 'Red cells'], '6690-2': ['Bạch cầu', 'White cells'], '777-3': ['Tiểu cầu', 'Platelets'],
  '787-2': ['MCV', 'MCV'], '785-6': ['MCH', 'MCH'], '786-4': ['MCHC', 'MCHC'], '788-0': ['RDW', 'RDW'], '21000-5': ['RDW-SD', 'RDW-SD'],
  '32207-3': ['PDW', 'PDW'], '32623-1': ['MPV', 'MPV'],
  '770-8': ['Bạch cầu trung tính %', 'Neutrophils %'], '736-9': ['Lympho %', 'Lymphocytes %'], '5905-5': ['Mono %', 'Monocytes %'], '713-8': ['Bạch cầu ái toan %', 'Eosinophils %'], '706-2': ['Bạch cầu ái kiềm %', 'Basophils %'],
  '751-8': ['Bạch cầu trung tính', 'Neutrophils'], '731-0': ['Lympho', 'Lymphocytes'], '742-7': ['Mono', 'Monocytes'], '711-2': ['Bạch cầu ái toan', 'Eosinophils'], '704-7': ['Bạch cầu ái kiềm', 'Basophils'],
  '1988-5': ['CRP', 'CRP'], '30522-7': ['CRP siêu nhạy', 'hs-CRP'], '33959-8': ['Procalcitonin', 'Procalcitonin'], '2276-4': ['Ferritin', 'Ferritin'], '48065-7': ['D-dimer', 'D-dimer'],
  '89579-7': ['Troponin I siêu nhạy', 'hs-Troponin I'], '67151-1': ['Troponin T siêu nhạy', 'hs-Troponin T'], '33762-6': ['NT-proBNP', 'NT-proBNP'],
  '2157-6': ['CK', 'CK'], '14804-9': ['LDH', 'LDH'], '5902-2': ['PT', 'PT'], '6301-6': ['INR', 'INR'], '2857-1': ['PSA', 'PSA'],
  '3016-3': ['TSH', 'TSH'], '3024-7': ['FT4', 'Free T4'], '3051-0': ['FT3', 'Free T3'],
  '2744-1': ['pH máu động mạch', 'Arterial pH'], '2019-8': ['PaCO₂', 'PaCO₂'], '2703-7': ['PaO₂', 'PaO₂'], '1960-4': ['HCO₃⁻', 'HCO₃⁻'], '19994-3': ['FiO₂', 'FiO₂'],
  '2514-8': ['Ceton niệu', 'Urine ketones'], '20454-5': ['Protein niệu', 'Urine protein'], '5802-4': ['Nitrit niệu', 'Urine nitrite'], '25428-4': ['Glucose niệu', 'Urine glucose'],
  '5803-2': ['pH niệu', 'Urine pH'], '5811-5': ['Tỷ trọng niệu', 'Urine specific gravity'], '5804-0': ['Protein niệu (định lượng)', 'Urine protein (mass)'], '5792-7': ['Glucose niệu (định lượng)', 'Urine glucose (mass)'],
  '5797-6': ['Ceton niệu (định lượng)', 'Urine ketones (mass)'], '20505-4': ['Bilirubin niệu (định lượng)', 'Urine bilirubin (mass)'], '5770-3': ['Bilirubin niệu', 'Urine bilirubin'],
  '5794-3': ['Hồng cầu niệu', 'Urine blood'], '5799-2': ['Bạch cầu niệu', 'Urine leukocyte esterase'], '32167-9': ['Độ trong nước tiểu', 'Urine clarity'], '5778-6': ['Màu nước tiểu', 'Urine colour'],
  '58410-2': ['Tổng phân tích tế bào máu', 'Complete blood count'], '57023-4': ['Công thức bạch cầu', 'White cell differential'],
  '24323-8': ['Sinh hóa máu', 'Comprehensive metabolic panel'], '51990-0': ['Sinh hóa máu cơ bản', 'Basic metabolic panel'], '24321-2': ['Sinh hóa máu cơ bản', 'Basic metabolic panel'],
  '57698-3': ['Bộ mỡ máu', 'Lipid panel'], '24331-1': ['Bộ mỡ máu', 'Lipid panel'], '24357-6': ['Tổng phân tích nước tiểu', 'Urinalysis'], '24336-0': ['Khí máu động mạch', 'Arterial blood gases'],
  '75689-0': ['Sắt huyết thanh', 'Iron studies'], '89577-1': ['Troponin I siêu nhạy', 'hs-Troponin I'], '34528-0': ['Đông máu cơ bản', 'Coagulation screen'],
  '92143-7': ['Vi sinh hô hấp (PCR)', 'Respiratory pathogens (PCR)'], '80381-7': ['Test nhanh cúm A, B', 'Influenza A and B rapid test'], '69409-1': ['Giấy chứng tử', 'Death certificate'],
  '94531-1': ['SARS-CoV-2 PCR', 'SARS-CoV-2 PCR'], '5195-3': ['HBsAg', 'HBsAg'], '75622-1': ['HIV', 'HIV'],
};

/** The short name of a LOINC code in a language; undefined for a code without one. */
export function testName(loinc: string | undefined, language: Language): string | undefined {
  if (loinc === undefined) return undefined;
  return names[loinc]?.[language === 'vi' ? 0 : 1];
}
