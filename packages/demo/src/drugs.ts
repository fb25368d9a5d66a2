// A starter formulary: name and strength as on a Vietnamese prescription, ATC code of the WHO, usual dose.

export interface Drug {
  readonly vi: string;
  readonly atc: string;
  /** Unit counted on the prescription. */
  readonly unit: string;
  readonly route: string;
  /** Units each time. */
  readonly dose: number;
  readonly perDay: number;
  readonly when: string;
}

export const drugs = {
  metformin: drug('Metformin 1000 mg', 'A10BA02', 1, 2, 'sau ăn'),
  metformin500: drug('Metformin 500 mg', 'A10BA02', 1, 2, 'sau ăn'),
  gliclazide: drug('Gliclazid MR 60 mg', 'A10BB09', 1, 1, 'trước ăn sáng'),
  empagliflozin: drug('Empagliflozin 10 mg', 'A10BK03', 1, 1, 'sáng'),
  sitagliptin: drug('Sitagliptin 100 mg', 'A10BH01', 1, 1, 'sáng'),
  insulinGlargine: { ...drug('Insulin glargine 100 IU/mL', 'A10AE04', 12, 1, 'trước khi ngủ'), unit: 'đơn vị', route: 'Tiêm dưới da' },
  losartan: drug('Losartan 100 mg', 'C09CA01', 1, 1, 'sáng'),
  losartan50: drug('Losartan 50 mg', 'C09CA01', 1, 1, 'sáng'),
  perindopril: drug('Perindopril 5 mg', 'C09AA04', 1, 1, 'sáng, trước ăn'),
  amlodipine: drug('Amlodipin 5 mg', 'C08CA01', 1, 1, 'sáng'),
  amlodipine10: drug('Amlodipin 10 mg', 'C08CA01', 1, 1, 'sáng'),
  indapamide: drug('Indapamid SR 1,5 mg', 'C03BA11', 1, 1, 'sáng'),
  bisoprolol: drug('Bisoprolol 2,5 mg', 'C07AB07', 1, 1, 'sáng'),
  furosemide: drug('Furosemid 40 mg', 'C03CA01', 1, 1, 'sáng'),
  spironolactone: drug('Spironolacton 25 mg', 'C03DA01', 1, 1, 'sáng'),
  atorvastatin: drug('Atorvastatin 20 mg', 'C10AA05', 1, 1, 'tối'),
  rosuvastatin: drug('Rosuvastatin 10 mg', 'C10AA07', 1, 1, 'tối'),
  aspirin: drug('Aspirin 81 mg', 'B01AC06', 1, 1, 'sau ăn sáng'),
  clopidogrel: drug('Clopidogrel 75 mg', 'B01AC04', 1, 1, 'sau ăn sáng'),
  warfarin: drug('Warfarin 2 mg', 'B01AA03', 1, 1, 'tối'),
  nitroglycerin: drug('Nitroglycerin 2,6 mg', 'C01DA02', 1, 2, 'sáng, chiều'),
  trimetazidine: drug('Trimetazidin MR 35 mg', 'C01EB15', 1, 2, 'sau ăn'),
  esomeprazole: drug('Esomeprazol 40 mg', 'A02BC05', 1, 1, 'trước ăn sáng 30 phút'),
  omeprazole: drug('Omeprazol 20 mg', 'A02BC01', 1, 2, 'trước ăn 30 phút'),
  domperidone: drug('Domperidon 10 mg', 'A03FA03', 1, 3, 'trước ăn 15 phút'),
  tenofovir: drug('Tenofovir disoproxil fumarat 300 mg', 'J05AF07', 1, 1, 'sau ăn tối'),
  tenofovirAlafenamide: drug('Tenofovir alafenamid 25 mg', 'J05AF13', 1, 1, 'sau ăn'),
  paracetamol: drug('Paracetamol 500 mg', 'N02BE01', 1, 3, 'khi sốt trên 38,5 °C hoặc đau, cách nhau 6 giờ'),
  paracetamolSyrup: { ...drug('Paracetamol 250 mg', 'N02BE01', 1, 3, 'khi sốt trên 38,5 °C, cách nhau 6 giờ'), unit: 'gói' },
  amoxiclav: drug('Amoxicilin/acid clavulanic 875 mg/125 mg', 'J01CR02', 1, 2, 'đầu bữa ăn'),
  amoxiclavChild: { ...drug('Amoxicilin/acid clavulanic 250 mg/31,25 mg', 'J01CR02', 1, 2, 'đầu bữa ăn'), unit: 'gói' },
  cefuroxime: drug('Cefuroxim 500 mg', 'J01DC02', 1, 2, 'sau ăn'),
  ceftriaxone: { ...drug('Ceftriaxon 1 g', 'J01DD04', 2, 1, 'sáng'), unit: 'lọ', route: 'Tiêm tĩnh mạch' },
  levofloxacin: drug('Levofloxacin 500 mg', 'J01MA12', 1, 1, 'sáng'),
  azithromycin: drug('Azithromycin 500 mg', 'J01FA10', 1, 1, 'trước ăn 1 giờ'),
  ciprofloxacin: drug('Ciprofloxacin 500 mg', 'J01MA02', 1, 2, 'sau ăn'),
  salbutamol: { ...drug('Salbutamol 100 µg/liều xịt', 'R03AC02', 2, 4, 'khi khó thở'), unit: 'nhát xịt', route: 'Hít' },
  budesonideFormoterol: { ...drug('Budesonid/formoterol 160/4,5 µg', 'R03AK07', 1, 2, 'sáng, tối; súc miệng sau hít'), unit: 'nhát hít', route: 'Hít' },
  fluticasone: { ...drug('Fluticason 50 µg/liều xịt', 'R03BA05', 1, 2, 'sáng, tối qua buồng đệm; súc miệng sau hít'), unit: 'nhát xịt', route: 'Hít' },
  tiotropium: { ...drug('Tiotropium 2,5 µg', 'R03BB04', 2, 1, 'sáng'), unit: 'nhát hít', route: 'Hít' },
  montelukast: drug('Montelukast 5 mg', 'R03DC03', 1, 1, 'tối'),
  loratadine: drug('Loratadin 10 mg', 'R06AX13', 1, 1, 'tối'),
  acetylcysteine: { ...drug('Acetylcystein 200 mg', 'R05CB01', 1, 3, 'sau ăn'), unit: 'gói' },
  meloxicam: drug('Meloxicam 7,5 mg', 'M01AC06', 1, 1, 'sau ăn no'),
  glucosamine: drug('Glucosamin 750 mg', 'M01AX05', 1, 2, 'trong bữa ăn'),
  allopurinol: drug('Allopurinol 300 mg', 'M04AA01', 1, 1, 'sau ăn'),
  colchicine: drug('Colchicin 1 mg', 'M04AC01', 1, 1, 'sau ăn'),
  levothyroxine: drug('Levothyroxin 50 µg', 'H03AA01', 1, 1, 'sáng, lúc đói'),
  thiamazole: drug('Thiamazol 5 mg', 'H03BB02', 2, 2, 'sau ăn'),
  iron: drug('Sắt fumarat 200 mg và acid folic 1 mg', 'B03AD02', 1, 1, 'sáng, xa bữa ăn'),
  calcium: drug('Calci carbonat 1250 mg và vitamin D3', 'A12AX', 1, 2, 'trong bữa ăn'),
  oresol: { ...drug('Oresol', 'A07CA', 1, 4, 'pha đúng 200 mL nước, uống từng ngụm'), unit: 'gói' },
  diosmectite: { ...drug('Diosmectit 3 g', 'A07BC05', 1, 3, 'xa bữa ăn'), unit: 'gói' },
  tamsulosin: drug('Tamsulosin 0,4 mg', 'G04CA02', 1, 1, 'sau ăn tối'),
  betahistine: drug('Betahistin 16 mg', 'N07CA01', 1, 2, 'sau ăn'),
  erythropoietin: { ...drug('Epoetin alfa 2000 IU', 'B03XA01', 2, 1, 'cuối buổi lọc, 2 lần mỗi tuần'), unit: 'ống', route: 'Tiêm dưới da' },
  ironSucrose: { ...drug('Sắt sucrose 100 mg/5 mL', 'B03AC', 1, 1, 'trong buổi lọc, 1 lần mỗi tuần'), unit: 'ống', route: 'Truyền tĩnh mạch' },
  sevelamer: drug('Sevelamer 800 mg', 'V03AE02', 1, 3, 'trong bữa ăn'),
  calcitriol: drug('Calcitriol 0,25 µg', 'A11CC04', 1, 1, 'tối'),
  oxytocin: { ...drug('Oxytocin 5 IU/mL', 'H01BB02', 2, 1, 'sau sổ thai'), unit: 'ống', route: 'Tiêm bắp' },
  insulinAspart: { ...drug('Insulin aspart 100 IU/mL', 'A10AB05', 4, 3, 'ngay trước bữa ăn'), unit: 'đơn vị', route: 'Tiêm dưới da' },
} as const satisfies Record<string, Drug>;

export type DrugKey = keyof typeof drugs;

function drug(vi: string, atc: string, dose: number, perDay: number, when: string): Drug {
  return { vi, atc, unit: 'viên', route: 'Uống', dose, perDay, when };
}
