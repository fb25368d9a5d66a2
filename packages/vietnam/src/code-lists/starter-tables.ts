// Small tables of our own for a machine without the official lists, so that nothing starts empty: whole where the list is short and well known,
// a first selection where it is long. The official lists replace them: `npm run sen -- import-codes <folder>`.

/** Chapters of ICD-10: number and range. */
const chapters = 'I A00-B99,II C00-D48,III D50-D89,IV E00-E90,V F00-F99,VI G00-G99,VII H00-H59,VIII H60-H95,IX I00-I99,X J00-J99,XI K00-K93,XII L00-L99,XIII M00-M99,XIV N00-N99,XV O00-O99,XVI P00-P96,XVII Q00-Q99,XVIII R00-R99,XIX S00-T98,XX V01-Y98,XXI Z00-Z99'
  .split(',').map((text) => text.split(' ') as [string, string]);

const icd10 = `A01 Thương hàn và phó thương hàn|A09 Tiêu chảy và viêm dạ dày - ruột do nhiễm trùng|A15 Lao hô hấp, có xác nhận vi khuẩn học|A37 Ho gà|A41 Nhiễm trùng huyết khác|A90 Sốt xuất huyết Dengue thể cổ điển|A91 Sốt xuất huyết Dengue nặng|B01 Thủy đậu|B05 Sởi|B15 Viêm gan A cấp|B18 Viêm gan vi rút mạn tính|B18.1 Viêm gan vi rút B mạn tính|B20 Bệnh do HIV dẫn đến bệnh nhiễm trùng và ký sinh trùng|B50 Sốt rét do Plasmodium falciparum
C16 U ác của dạ dày|C18 U ác của đại tràng|C22 U ác của gan và đường mật trong gan|C34 U ác của phế quản và phổi|C50 U ác của vú|C53 U ác của cổ tử cung|C73 U ác của tuyến giáp|D25 U cơ trơn tử cung|D50 Thiếu máu do thiếu sắt|D56 Bệnh thalassemia|D64 Thiếu máu khác
E03 Suy giáp khác|E04 Bướu giáp không độc khác|E05 Nhiễm độc giáp|E10 Đái tháo đường típ 1|E11 Đái tháo đường típ 2|E11.9 Đái tháo đường típ 2 không biến chứng|E66 Béo phì|E78 Rối loạn chuyển hóa lipoprotein và tăng lipid máu khác|E86 Giảm thể tích máu
F20 Tâm thần phân liệt|F32 Giai đoạn trầm cảm|F41 Rối loạn lo âu khác|F51 Rối loạn giấc ngủ không thực tổn|G20 Bệnh Parkinson|G40 Động kinh|G43 Migraine|G45 Cơn thiếu máu não thoáng qua|H10 Viêm kết mạc|H25 Đục thủy tinh thể tuổi già|H40 Glôcôm|H52 Tật khúc xạ và điều tiết|H66 Viêm tai giữa mủ và không xác định
I10 Tăng huyết áp vô căn (nguyên phát)|I11 Bệnh tim do tăng huyết áp|I20 Cơn đau thắt ngực|I21 Nhồi máu cơ tim cấp|I25 Bệnh tim thiếu máu cục bộ mạn|I48 Rung nhĩ và cuồng nhĩ|I50 Suy tim|I61 Xuất huyết não|I63 Nhồi máu não|I64 Đột quỵ, không xác định xuất huyết hay nhồi máu|I83 Giãn tĩnh mạch chi dưới|I84 Trĩ
J00 Viêm mũi họng cấp|J02 Viêm họng cấp|J03 Viêm amiđan cấp|J06 Nhiễm trùng hô hấp trên cấp ở nhiều vị trí|J11 Cúm, vi rút không xác định|J15 Viêm phổi do vi khuẩn, chưa phân loại nơi khác|J18 Viêm phổi, tác nhân không xác định|J20 Viêm phế quản cấp|J30 Viêm mũi vận mạch và dị ứng|J44 Bệnh phổi tắc nghẽn mạn tính khác|J45 Hen
K02 Sâu răng|K21 Bệnh trào ngược dạ dày - thực quản|K25 Loét dạ dày|K29 Viêm dạ dày và tá tràng|K35 Viêm ruột thừa cấp|K40 Thoát vị bẹn|K58 Hội chứng ruột kích thích|K70 Bệnh gan do rượu|K74 Xơ hóa và xơ gan|K80 Sỏi mật|K92 Bệnh khác của hệ tiêu hóa|L20 Viêm da cơ địa|L40 Vảy nến|L50 Mày đay
M05 Viêm khớp dạng thấp có yếu tố dạng thấp|M10 Gút|M17 Thoái hóa khớp gối|M47 Thoái hóa cột sống|M54 Đau lưng|M81 Loãng xương không kèm gãy xương bệnh lý|N18 Bệnh thận mạn|N20 Sỏi thận và niệu quản|N39 Biến đổi khác của hệ tiết niệu|N40 Tăng sản tuyến tiền liệt|N76 Viêm khác của âm đạo và âm hộ
O14 Tiền sản giật|O24 Đái tháo đường trong thai kỳ|O80 Đẻ một thai tự nhiên|O82 Đẻ một thai bằng mổ lấy thai|P07 Rối loạn liên quan đến thai ngắn và nhẹ cân|P59 Vàng da sơ sinh do nguyên nhân khác|Q21 Dị tật bẩm sinh vách tim|Q90 Hội chứng Down
R05 Ho|R07 Đau họng và ngực|R10 Đau bụng và vùng chậu|R42 Hoa mắt và chóng mặt|R50 Sốt không rõ nguyên nhân|R51 Đau đầu|S06 Tổn thương nội sọ|S52 Gãy xương cẳng tay|S72 Gãy xương đùi|S82 Gãy xương cẳng chân, bao gồm cổ chân|T14 Tổn thương vùng cơ thể không xác định|T30 Bỏng và ăn mòn, vùng cơ thể không xác định
Z00 Khám tổng quát|Z12 Khám sàng lọc phát hiện u|Z23 Cần tiêm chủng phòng một bệnh do vi khuẩn|Z34 Theo dõi thai bình thường|Z51 Chăm sóc y tế khác`;

function icd10Table(): string {
  const rows = icd10.split(/[\n|]/).map((line) => {
    const code = line.slice(0, line.indexOf(' '));
    const [chapter, range] = chapters.findLast(([, one]) => code.slice(0, 3) >= one.slice(0, 3)) ?? ['', ''];
    return [code, code.replace('.', ''), line.slice(code.length + 1), chapter, range, ''].join('\t');
  });
  return ['code\tcode_nodot\tvi\tchapter\tchapter_range\tblock', ...rows].join('\n');
}

/** Codes that count up from `first`, with `width` digits, beside their names. */
function counted(names: string, width: number, first = 1): string {
  return ['code\tvi', ...names.split('|').map((name, i) => `${String(i + first).padStart(width, '0')}\t${name}`)].join('\n');
}

function pairs(head: string, lines: string): string {
  return [head, ...lines.split('|').map((line) => line.replaceAll(';', '\t'))].join('\n');
}

/** The starter tables by the name of the official table that each stands for. */
export const starterTables: Readonly<Record<string, { readonly text: string; readonly whole: boolean }>> = {
  'icd10-4469.tsv': { text: icd10Table(), whole: false },
  'ma_dantoc.tsv': {
    whole: true,
    text: counted("Kinh|Tày|Thái|Hoa|Khơ-me|Mường|Nùng|Mông|Dao|Gia-rai|Ngái|Ê-đê|Ba-na|Xơ-đăng|Sán Chay|Cơ-ho|Chăm|Sán Dìu|Hrê|Mnông|Ra-glai|Xtiêng|Bru-Vân Kiều|Thổ|Giáy|Cơ-tu|Gié-Triêng|Mạ|Khơ-mú|Co|Ta-ôi|Chơ-ro|Kháng|Xinh-mun|Hà Nhì|Chu-ru|Lào|La Chí|La Ha|Phù Lá|La Hủ|Lự|Lô Lô|Chứt|Mảng|Pà Thẻn|Cơ Lao|Cống|Bố Y|Si La|Pu Péo|Brâu|Ơ-đu|Rơ-măm|Người nước ngoài", 2),
  },
  'ma_loai_kcb.tsv': {
    whole: true,
    text: counted('Khám bệnh|Điều trị ngoại trú|Điều trị nội trú|Điều trị nội trú ban ngày|Điều trị ngoại trú bệnh mạn tính: khám và lĩnh thuốc|Lưu tại trạm y tế, phòng khám|Nhận thuốc theo hẹn, không khám|Điều trị ngoại trú bệnh mạn tính có dịch vụ|Điều trị nội trú dưới 4 giờ|Khác|Khám chữa bệnh lưu động|Khám chữa bệnh tại nhà|Khám chữa bệnh y học gia đình|Khám chữa bệnh từ xa|Khám sức khỏe định kỳ|Khám sàng lọc', 2),
  },
  'ma_doituong_kcb.tsv': {
    whole: false,
    text: pairs('code;vi;en'.replaceAll(';', '\t'), '1.1;Đúng nơi đăng ký khám chữa bệnh ban đầu;At the facility of registration|1.3;Có phiếu chuyển cơ sở;With a referral|1.5;Có phiếu hẹn khám lại;With a re-examination slip|1.7;Trẻ sơ sinh;Newborn|2;Cấp cứu;Emergency|3.1;Tự đến cơ sở cấp chuyên sâu;Own choice, specialised level|9;Không khám chữa bệnh bảo hiểm y tế;Not insured'),
  },
  'ma_nhom.tsv': {
    whole: true,
    text: counted('Xét nghiệm|Chẩn đoán hình ảnh|Thăm dò chức năng|Thuốc trong danh mục bảo hiểm|Thuốc ngoài danh mục bảo hiểm|Thuốc thanh toán theo tỷ lệ|Máu|Phẫu thuật|Dịch vụ kỹ thuật thanh toán theo tỷ lệ|Vật tư trong danh mục bảo hiểm|Vật tư thanh toán theo tỷ lệ hoặc ngoài danh mục|Vận chuyển|Khám bệnh|Giường điều trị ban ngày|Giường điều trị nội trú|Ngày giường lưu|Chế phẩm máu|Thủ thuật|Dịch vụ khác', 1),
  },
  'ma_tai_nan.tsv': { whole: true, text: counted('Tai nạn giao thông|Tai nạn lao động|Tai nạn dưới nước|Bỏng|Bạo lực, xung đột|Tự tử|Ngộ độc các loại|Khác', 1) },
  'ma_khoa.tsv': {
    whole: false,
    text: pairs('code\tvi', 'K01;Khám bệnh|K02;Hồi sức cấp cứu|K03;Nội tổng hợp|K04;Nội tim mạch|K05;Nội tiêu hóa|K07;Nội thận - tiết niệu|K08;Nội tiết|K11;Truyền nhiễm|K14;Thần kinh|K18;Nhi|K19;Ngoại tổng hợp|K24;Chấn thương chỉnh hình|K26;Phẫu thuật, gây mê hồi sức|K27;Phụ sản|K28;Tai mũi họng|K29;Răng hàm mặt|K30;Mắt|K37;Hóa sinh|K38;Vi sinh|K39;Chẩn đoán hình ảnh|K44;Dược'),
  },
  'ma_nghe_nghiep-l2.tsv': {
    whole: false,
    text: pairs('code\tvi', '00;Không xác định|01;Quân đội|02;Công an|21;Nhà chuyên môn về khoa học và kỹ thuật|22;Nhà chuyên môn về sức khỏe|23;Nhà chuyên môn về giảng dạy|24;Nhà chuyên môn về kinh doanh và quản lý|25;Nhà chuyên môn về công nghệ thông tin và truyền thông|51;Nhân viên dịch vụ cá nhân|52;Nhân viên bán hàng|61;Lao động có kỹ năng trong nông nghiệp|71;Lao động xây dựng|83;Lái xe|91;Người quét dọn và giúp việc|92;Lao động giản đơn trong nông, lâm nghiệp và thủy sản'),
  },
  'provinces-34.tsv': {
    whole: true,
    text: pairs('code\tvi', '01;Thành phố Hà Nội|04;Tỉnh Cao Bằng|08;Tỉnh Tuyên Quang|11;Tỉnh Điện Biên|12;Tỉnh Lai Châu|14;Tỉnh Sơn La|15;Tỉnh Lào Cai|19;Tỉnh Thái Nguyên|20;Tỉnh Lạng Sơn|22;Tỉnh Quảng Ninh|24;Tỉnh Bắc Ninh|25;Tỉnh Phú Thọ|31;Thành phố Hải Phòng|33;Tỉnh Hưng Yên|37;Tỉnh Ninh Bình|38;Tỉnh Thanh Hóa|40;Tỉnh Nghệ An|42;Tỉnh Hà Tĩnh|44;Tỉnh Quảng Trị|46;Thành phố Huế|48;Thành phố Đà Nẵng|51;Tỉnh Quảng Ngãi|52;Tỉnh Gia Lai|56;Tỉnh Khánh Hòa|66;Tỉnh Đắk Lắk|68;Tỉnh Lâm Đồng|75;Thành phố Đồng Nai|79;Thành phố Hồ Chí Minh|80;Tỉnh Tây Ninh|82;Tỉnh Đồng Tháp|86;Tỉnh Vĩnh Long|91;Tỉnh An Giang|92;Thành phố Cần Thơ|96;Tỉnh Cà Mau'),
  },
  'provinces-63-to-34.tsv': { whole: true, text: oldProvinces() },
};

/** Old province, its code and the code of the province that took it up; the citizen number begins with the old code behind a zero. */
function oldProvinces(): string {
  const rows = 'Thành phố Hà Nội 01 01,Tỉnh Hà Giang 02 08,Tỉnh Cao Bằng 04 04,Tỉnh Bắc Kạn 06 19,Tỉnh Tuyên Quang 08 08,Tỉnh Lào Cai 10 15,Tỉnh Điện Biên 11 11,Tỉnh Lai Châu 12 12,Tỉnh Sơn La 14 14,Tỉnh Yên Bái 15 15,Tỉnh Hòa Bình 17 25,Tỉnh Thái Nguyên 19 19,Tỉnh Lạng Sơn 20 20,Tỉnh Quảng Ninh 22 22,Tỉnh Bắc Giang 24 24,Tỉnh Phú Thọ 25 25,Tỉnh Vĩnh Phúc 26 25,Tỉnh Bắc Ninh 27 24,Tỉnh Hải Dương 30 31,Thành phố Hải Phòng 31 31,Tỉnh Hưng Yên 33 33,Tỉnh Thái Bình 34 33,Tỉnh Hà Nam 35 37,Tỉnh Nam Định 36 37,Tỉnh Ninh Bình 37 37,Tỉnh Thanh Hóa 38 38,Tỉnh Nghệ An 40 40,Tỉnh Hà Tĩnh 42 42,Tỉnh Quảng Bình 44 44,Tỉnh Quảng Trị 45 44,Tỉnh Thừa Thiên Huế 46 46,Thành phố Đà Nẵng 48 48,Tỉnh Quảng Nam 49 48,Tỉnh Quảng Ngãi 51 51,Tỉnh Bình Định 52 52,Tỉnh Phú Yên 54 66,Tỉnh Khánh Hòa 56 56,Tỉnh Ninh Thuận 58 56,Tỉnh Bình Thuận 60 68,Tỉnh Kon Tum 62 51,Tỉnh Gia Lai 64 52,Tỉnh Đắk Lắk 66 66,Tỉnh Đắk Nông 67 68,Tỉnh Lâm Đồng 68 68,Tỉnh Bình Phước 70 75,Tỉnh Tây Ninh 72 80,Tỉnh Bình Dương 74 79,Tỉnh Đồng Nai 75 75,Tỉnh Bà Rịa - Vũng Tàu 77 79,Thành phố Hồ Chí Minh 79 79,Tỉnh Long An 80 80,Tỉnh Tiền Giang 82 82,Tỉnh Bến Tre 83 86,Tỉnh Trà Vinh 84 86,Tỉnh Vĩnh Long 86 86,Tỉnh Đồng Tháp 87 82,Tỉnh An Giang 89 91,Tỉnh Kiên Giang 91 91,Thành phố Cần Thơ 92 92,Tỉnh Hậu Giang 93 92,Tỉnh Sóc Trăng 94 92,Tỉnh Bạc Liêu 95 96,Tỉnh Cà Mau 96 96'.split(',');
  return ['old_code\tcccd_prefix\tvi\tnew_code', ...rows.map((row) => {
    const [, name = '', old = '', code = ''] = /^(.*) (\d\d) (\d\d)$/.exec(row) ?? [];
    return [old, `0${old}`, name, code].join('\t');
  })].join('\n');
}
