// Imaging and function tests: name on the request, what a normal report says, what an abnormal one says.

export interface ImagingStudy {
  readonly loinc: string | undefined;
  readonly vi: string;
  readonly category: 'RAD' | 'RUS' | 'RX' | 'CT' | 'CUS' | 'EC';
  readonly normal: string;
  readonly findings: readonly string[];
}

export const imagingStudies = {
  chestXray: {
    loinc: '24648-8', vi: 'X-quang ngực thẳng', category: 'RX', normal: 'Hình ảnh tim phổi bình thường trên phim X-quang ngực thẳng.',
    findings: ['Đám mờ không đều thùy dưới phổi phải, theo dõi viêm phổi.', 'Rốn phổi hai bên đậm, dày thành phế quản lan tỏa.', 'Hai phổi tăng sáng, vòm hoành dẹt: hình ảnh giãn phế nang.'],
  },
  abdomenUltrasound: {
    loinc: '24558-9', vi: 'Siêu âm ổ bụng', category: 'RUS', normal: 'Hiện tại không thấy hình ảnh bất thường trên siêu âm ổ bụng.',
    findings: ['Gan nhiễm mỡ độ I. Túi mật không sỏi.', 'Nhu mô gan thô, bờ đều, không thấy khối khu trú.', 'Nang đơn thuần thận trái 18 mm. Thận phải có sỏi đài dưới 5 mm, không giãn đài bể thận.'],
  },
  echocardiogram: {
    loinc: '34552-0', vi: 'Siêu âm tim Doppler màu', category: 'CUS', normal: 'Kích thước các buồng tim bình thường, chức năng tâm thu thất trái bảo tồn (EF Simpson 64 %).',
    findings: ['Thất trái giãn, giảm vận động thành dưới, EF Simpson 42 %. Hở hai lá vừa.', 'Dày đồng tâm thất trái, rối loạn chức năng tâm trương độ I, EF 58 %.'],
  },
  electrocardiogram: {
    loinc: '11524-6', vi: 'Điện tâm đồ 12 chuyển đạo', category: 'EC', normal: 'Nhịp xoang đều, tần số 76 chu kỳ/phút, trục trung gian.',
    findings: ['Nhịp xoang, dày thất trái theo tiêu chuẩn Sokolow-Lyon.', 'Rung nhĩ, đáp ứng thất trung bình 92 chu kỳ/phút.'],
  },
  kneeXray: {
    loinc: undefined, vi: 'X-quang khớp gối thẳng, nghiêng', category: 'RX', normal: 'Không thấy tổn thương xương khớp gối trên phim.',
    findings: ['Hẹp khe khớp đùi chày trong, gai xương chày: thoái hóa khớp gối hai bên độ II (Kellgren–Lawrence).'],
  },
  spineXray: {
    loinc: undefined, vi: 'X-quang cột sống thắt lưng thẳng, nghiêng', category: 'RX', normal: 'Trục và đường cong cột sống thắt lưng bình thường.',
    findings: ['Thoái hóa cột sống thắt lưng, hẹp khe đĩa đệm L4–L5.'],
  },
  wristXray: {
    loinc: undefined, vi: 'X-quang cổ tay thẳng, nghiêng', category: 'RX', normal: 'Không thấy đường gãy xương.', findings: ['Gãy đầu dưới xương quay, di lệch ra sau (kiểu Pouteau–Colles).'],
  },
  thyroidUltrasound: {
    loinc: undefined, vi: 'Siêu âm tuyến giáp', category: 'RUS', normal: 'Tuyến giáp kích thước và cấu trúc bình thường.',
    findings: ['Tuyến giáp hai thùy to, nhu mô không đồng nhất, tăng tưới máu.', 'Nhân thùy phải 8 mm, TIRADS 3, theo dõi sau 6 tháng.'],
  },
  headCt: {
    loinc: '30799-1', vi: 'CT sọ não không tiêm thuốc cản quang', category: 'CT', normal: 'Không thấy hình ảnh chảy máu hay tổn thương khu trú trong sọ.',
    findings: ['Ổ giảm tỷ trọng vùng bao trong trái: nhồi máu não giai đoạn sớm. Teo não tuổi già.'],
  },
  fetalUltrasound: {
    loinc: '11525-3', vi: 'Siêu âm thai', category: 'RUS', normal: 'Một thai sống trong buồng tử cung, phát triển tương ứng tuổi thai, ối bình thường.', findings: ['Một thai sống, ước tính cân nặng trên bách phân vị 90, dư ối nhẹ.'],
  },
} as const satisfies Record<string, ImagingStudy>;

export type ImagingKey = keyof typeof imagingStudies;
