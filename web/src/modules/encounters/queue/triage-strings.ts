const vi = {
  title: (name: string) => `Sinh hiệu và mức ưu tiên của ${name}`, vitals: 'Sinh hiệu', save: 'Lưu', cancel: 'Thôi', saving: 'Đang lưu…',
  signs: { pulse: 'Mạch', systolic: 'HA tâm thu', diastolic: 'HA tâm trương', temperature: 'Nhiệt độ', saturation: 'SpO₂', breaths: 'Nhịp thở', weight: 'Cân nặng', height: 'Chiều cao', consciousness: 'Tri giác', onOxygen: 'Thở oxy' },
  pressure: 'Huyết áp', pressureExample: '120/80', units: { pulse: 'lần/phút', pressure: 'mmHg', temperature: '°C', saturation: '%', breaths: 'lần/phút', weight: 'kg', height: 'cm' },
  consciousness: { alert: 'Tỉnh táo', confused: 'Lú lẫn mới xuất hiện', voice: 'Đáp ứng lời gọi', pain: 'Đáp ứng khi đau', unresponsive: 'Không đáp ứng' }, notJudged: 'chưa đánh giá', onOxygen: 'Đang thở oxy', yes: 'có',
  impossible: (sign: string, low: number, high: number) => `${sign}: phải từ ${low} đến ${high}, xem lại số vừa gõ.`, unusual: (sign: string, low: number, high: number) => `${sign}: hiếm gặp ở tuổi này (thường ${low}–${high}), xem lại đơn vị và dấu phẩy.`, notNumber: (sign: string) => `${sign}: chưa phải là số.`,
  suggests: (what: string) => `Gợi ý: ${what}`, noChange: 'không cần sớm hơn', score: (n: number) => `${n} điểm`, points: (n: number) => `+${n}`, partial: 'tính trên phần đã đo', source: 'Nguồn',
  take: 'Theo gợi ý', mustSayWhy: 'Chọn muộn hơn gợi ý: ghi lý do.', howSoon: 'Mức', why: 'Lý do', note: 'Ghi chú', noteExample: 'Khó thở từ sáng, đã báo bác sĩ',
  measured: 'Đã đo trong lượt này', mistaken: 'Ghi nhầm', keep: 'Giữ lại',
};
const en: typeof vi = {
  title: (name) => `Vital signs and priority of ${name}`, vitals: 'Vital signs', save: 'Save', cancel: 'Cancel', saving: 'Saving…',
  signs: { pulse: 'Pulse', systolic: 'Systolic BP', diastolic: 'Diastolic BP', temperature: 'Temperature', saturation: 'SpO₂', breaths: 'Breathing', weight: 'Weight', height: 'Height', consciousness: 'Consciousness', onOxygen: 'On oxygen' },
  pressure: 'Blood pressure', pressureExample: '120/80', units: { pulse: '/min', pressure: 'mmHg', temperature: '°C', saturation: '%', breaths: '/min', weight: 'kg', height: 'cm' },
  consciousness: { alert: 'Alert', confused: 'New confusion', voice: 'Responds to voice', pain: 'Responds to pain', unresponsive: 'Unresponsive' }, notJudged: 'not judged', onOxygen: 'Breathes oxygen', yes: 'yes',
  impossible: (sign, low, high) => `${sign}: must be from ${low} to ${high}; look again at what was typed.`, unusual: (sign, low, high) => `${sign}: rare at this age (usually ${low}–${high}); look at the unit and the decimal point.`, notNumber: (sign) => `${sign}: not a number.`,
  suggests: (what) => `Suggested: ${what}`, noChange: 'not needed sooner', score: (n) => `${n} points`, points: (n) => `+${n}`, partial: 'of what was measured', source: 'Source',
  take: 'Follow it', mustSayWhy: 'Later than suggested: write why.', howSoon: 'How soon', why: 'Reasons', note: 'Note', noteExample: 'Short of breath since morning, doctor told',
  measured: 'Measured in this visit', mistaken: 'Mistake', keep: 'Keep',
};
export const triageStrings = { vi, en };
