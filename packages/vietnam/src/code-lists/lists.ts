// The official lists: where each stands, since when it holds, and how its rows become codes. What is not confirmed is marked, not left out.
import type { ListDefinition, ListedCode } from './code-system.ts';
import type { Row } from './table.ts';

export interface CodeList extends ListDefinition {
  /** Name of its table in a folder of lists. */
  readonly file: string;
  readonly columns: readonly string[];
  /** Further tables that add to it. */
  readonly besides?: readonly string[];
  readonly codes: (rows: readonly Row[], besides: Readonly<Record<string, readonly Row[]>>) => ListedCode[];
}

const unconfirmed = { chuaXacNhan: 'Chưa đối chiếu với văn bản gốc / Not yet compared with the official text' };

/** A plain list: code, Vietnamese, perhaps English. */
function plain(rows: readonly Row[]): ListedCode[] {
  return rows.map((row) => ({ code: row['code'] ?? '', display: row['vi'] || (row['code'] ?? ''), english: row['en'], properties: { chuaXacNhan: row['confirmed']?.startsWith('memory') === true } }));
}

const two = ['code', 'vi'];

export const codeLists: readonly CodeList[] = [
  {
    name: 'icd10-vn', file: 'icd10-4469.tsv', version: '2020-4469', from: '2020-10-28', columns: ['code', 'code_nodot', 'vi', 'chapter', 'chapter_range', 'block'],
    besides: ['icd10-4469-rules.tsv', 'icd10-4469-dagger-asterisk.tsv'],
    title: 'ICD-10 Việt Nam', description: 'Diagnoses, decision 4469/QĐ-BYT of 2020-10-28. Its successor (circular 06/2026/TT-BYT) holds for visits that end on or after 2026-07-01: load it as a further edition.',
    properties: {
      khongDau: 'Mã không có dấu chấm / Code without the dot, as in claims', khongLaBenhChinh: 'Không dùng làm bệnh chính / Not as principal diagnosis',
      gioiTinh: 'Chỉ dùng cho giới / Only for the sex', tuoi: 'Chỉ dùng cho tuổi / Only for the ages', maSao: 'Mã sao đi kèm (†*) / Asterisk codes that go with it',
    },
    codes: icdCodes,
  },
  {
    name: 'dvkt', file: 'dvkt-icd9-4440.tsv', version: '2020-4440', from: '2020-10-27', columns: ['dvkt_code', 'dvkt_name_vi', 'level', 'class', 'icd9cm', 'specialty_vi'],
    title: 'Dịch vụ kỹ thuật', description: 'Technical services with their ICD-9-CM, decision 4440/QĐ-BYT of 2020, appendix 3. Names predate circular 23/2024/TT-BYT and decision 2010/QĐ-BYT of 2025: load those as further editions.',
    properties: { tuyen: 'Phân tuyến / Level', loai: 'Phân loại phẫu thuật, thủ thuật / Class of surgery or procedure', icd9cm: 'ICD-9-CM', chuyenKhoa: 'Chuyên khoa / Specialty' },
    codes: (rows) => rows.map((row) => ({
      code: row['dvkt_code'] ?? '', display: row['dvkt_name_vi'] ?? '',
      properties: { tuyen: row['level'], loai: row['class'], icd9cm: (row['icd9cm'] ?? '').split(/[;,]\s*/), chuyenKhoa: row['specialty_vi'] },
    })),
  },
  { name: 'ma-khoa', file: 'ma_khoa.tsv', version: '2026-1804', columns: two, draft: true, title: 'Khoa', description: 'Departments (MA_KHOA). Mostly from memory of the list before 2026: load the official list of decision 1804/QĐ-BYT of 2026.', properties: unconfirmed, codes: plain },
  { name: 'ma-dantoc', file: 'ma_dantoc.tsv', version: '1979-121', from: '1979-03-02', columns: two, title: 'Dân tộc', description: 'Ethnic groups (MA_DANTOC), decision 121-TCTK/PPCĐ of 1979. Spellings vary.', properties: unconfirmed, codes: plain },
  { name: 'ma-nghe-nghiep', file: 'ma_nghe_nghiep-l2.tsv', version: '2020-34', from: '2025-01-01', columns: two, title: 'Nghề nghiệp (cấp 2)', description: 'Occupations, level 2 of decision 34/2020/QĐ-TTg, in claims since decision 3176/QĐ-BYT (2025-01-01).', properties: unconfirmed, codes: plain },
  { name: 'ma-loai-kcb', file: 'ma_loai_kcb.tsv', version: '2026-1804', columns: two, title: 'Loại hình khám bệnh, chữa bệnh', description: 'Types of visit (MA_LOAI_KCB), decision 1804/QĐ-BYT of 2026.', properties: unconfirmed, codes: plain },
  {
    name: 'ma-doituong-kcb', file: 'ma_doituong_kcb.tsv', version: '2025-3276', columns: two, title: 'Đối tượng đến khám bệnh, chữa bệnh', description: 'Entitlement of a visit (MA_DOITUONG_KCB), decision 3276/QĐ-BYT of 2025.',
    properties: { ...unconfirmed, tyLeNgoaiTru: 'Tỷ lệ hưởng ngoại trú, % mức hưởng của thẻ / Outpatient rate, % of the card\'s benefit', tyLeNoiTru: 'Tỷ lệ hưởng nội trú / Inpatient rate' },
    codes: (rows) => plain(rows).map((one, i) => ({ ...one, properties: { ...one.properties, tyLeNgoaiTru: rows[i]?.['outpatient_rate_pct_of_card_benefit'], tyLeNoiTru: rows[i]?.['inpatient_rate_pct_of_card_benefit'] } })),
  },
  { name: 'ma-nhom', file: 'ma_nhom.tsv', version: '2021-5937', columns: two, title: 'Nhóm chi phí', description: 'Groups of cost (MA_NHOM), decision 5937/QĐ-BYT of 2021, appendix 3.', properties: unconfirmed, codes: plain },
  { name: 'ma-tai-nan', file: 'ma_tai_nan.tsv', version: '2021-5937', columns: two, draft: true, title: 'Tai nạn, thương tích', description: 'Causes of injury (MA_TAI_NAN), decision 5937/QĐ-BYT of 2021, appendix 4; from memory.', properties: unconfirmed, codes: plain },
  { name: 'ma-xang-dau', file: 'ma_xang_dau.tsv', version: '2025-3276', columns: ['code'], title: 'Xăng dầu vận chuyển', description: 'Fuels of transport (MA_XANG_DAU), decision 3276/QĐ-BYT of 2025, appendix 2.', properties: unconfirmed, codes: plain },
  { name: 'ma-ket-qua-the', file: 'card-lookup-result-codes.tsv', version: 'vss', columns: ['code', 'meaning_vi'], title: 'Kết quả tra cứu thẻ BHYT', description: 'Answers of the insurance card look-up of the social insurance agency.', properties: { duocHuong: 'Được khám theo BHYT / May be treated as insured' }, codes: (rows) => rows.map((row) => ({ code: row['code'] ?? '', display: row['meaning_vi'] ?? '', english: row['meaning_en'], properties: { duocHuong: row['can_treat_as_insured'] } })) },
  { name: 'ma-nhom-may', file: 'device-groups.tsv', version: '2023-4750', columns: two, title: 'Nhóm máy', description: 'Groups of devices at the head of MA_MAY, decision 4750/QĐ-BYT of 2023.', properties: unconfirmed, codes: plain },
  { name: 'phac-do-lao-hiv', file: 'tb-regimens.tsv', version: '2023-4750', columns: ['table', 'code', 'regimen'], title: 'Phác đồ lao, HIV', description: 'Regimens of the claim tables XML6 and XML15, decision 4750/QĐ-BYT of 2023. The code is that of the table behind its name.', properties: unconfirmed, codes: (rows) => rows.map((row) => ({ code: `${row['table']}-${row['code']}`, display: row['regimen'] ?? '' })) },
  { name: 'tinh', file: 'provinces-34.tsv', version: '2025', from: '2025-07-01', columns: two, title: 'Tỉnh, thành phố', description: 'The 34 provinces and cities since 2025-07-01 (resolution 202/2025/QH15).', properties: unconfirmed, codes: plain },
  {
    name: 'tinh', file: 'provinces-63-to-34.tsv', version: '2008', from: '2008-08-01', until: '2025-06-30', columns: ['old_code', 'cccd_prefix', 'vi', 'new_code'], title: 'Tỉnh, thành phố', description: 'The 63 provinces and cities until 2025-06-30. Their codes live on in citizen and card numbers.',
    properties: { dauCccd: 'Ba số đầu của số định danh / First three digits of the citizen number', maMoi: 'Mã từ 2025-07-01 / Code since 2025-07-01' },
    codes: (rows) => rows.map((row) => ({ code: row['old_code'] ?? '', display: row['vi'] ?? '', properties: { dauCccd: row['cccd_prefix'], maMoi: row['new_code'] } })),
  },
  {
    name: 'xa', file: 'wards-2025.tsv', version: '2025', from: '2025-07-01', columns: ['code', 'vi', 'province_code'], title: 'Xã, phường, đặc khu', description: 'Communes, wards and special zones since 2025-07-01.',
    properties: { tinh: 'Mã tỉnh / Code of the province' }, codes: (rows) => rows.map((row) => ({ code: row['code'] ?? '', display: row['vi'] ?? '', properties: { tinh: row['province_code'] } })),
  },
  {
    name: 'huyen', file: 'districts-legacy.tsv', version: '2024', until: '2025-06-30', columns: ['code', 'vi', 'province_code'], title: 'Quận, huyện', description: 'Districts until they were abolished on 2025-07-01.',
    properties: { tinh: 'Mã tỉnh / Code of the province' }, codes: (rows) => rows.map((row) => ({ code: row['code'] ?? '', display: row['vi'] ?? '', properties: { tinh: row['province_code'] } })),
  },
];

const ages: Readonly<Record<string, string>> = {
  AGE_0_365_DAYS: '0–365 ngày', AGE_OVER_27_DAYS: '> 27 ngày', AGE_0_2_YEARS: '0–2 tuổi', AGE_0_10_YEARS: '0–10 tuổi', AGE_0_19_YEARS: '0–19 tuổi', AGE_8_19_YEARS: '8–19 tuổi',
  AGE_9_60_YEARS: '9–60 tuổi', AGE_1_YEAR_AND_OVER: '≥ 1 tuổi', AGE_OVER_15_YEARS: '> 15 tuổi', AGE_OVER_30_YEARS: '> 30 tuổi',
};

/** Chapters and blocks are headings above the three-character codes, and these above those with a dot. */
function icdCodes(rows: readonly Row[], besides: Readonly<Record<string, readonly Row[]>>): ListedCode[] {
  const rules = grouped(besides['icd10-4469-rules.tsv'] ?? [], 'code_nodot', 'rule');
  const asterisks = grouped(besides['icd10-4469-dagger-asterisk.tsv'] ?? [], 'dagger', 'asterisk');
  const dotted = new Map(rows.map((row) => [row['code_nodot'] ?? '', row['code'] ?? '']));
  const codes = new Set(rows.map((row) => row['code']));
  const headings = new Map<string, ListedCode>();
  for (const row of rows) {
    const [chapter = '', range = '', block = ''] = [row['chapter'], row['chapter_range'], row['block']];
    headings.set(range, { code: range, display: `Chương ${chapter} (${range})`, english: `Chapter ${chapter} (${range})`, heading: true });
    if (block !== '' && block !== range) headings.set(block, { code: block, display: `Nhóm ${block}`, english: `Block ${block}`, parent: range, heading: true });
  }
  const listed = rows.map((row): ListedCode => {
    const [code = '', bare = ''] = [row['code'], row['code_nodot']];
    const above = code.includes('.') ? code.slice(0, code.indexOf('.')) : undefined;
    const judged = rules.get(bare) ?? [];
    return {
      code, display: row['vi'] ?? '',
      parent: above !== undefined && codes.has(above) ? above : row['block'] || row['chapter_range'],
      properties: {
        khongDau: bare, khongLaBenhChinh: judged.includes('NOT_PRINCIPAL'),
        gioiTinh: judged.includes('SEX_FEMALE') ? 'nữ' : judged.includes('SEX_MALE') ? 'nam' : undefined,
        tuoi: judged.flatMap((rule) => ages[rule] ?? []),
        maSao: (asterisks.get(bare) ?? []).map((one) => dotted.get(one) ?? one),
      },
    };
  });
  return [...headings.values(), ...listed];
}

function grouped(rows: readonly Row[], key: string, value: string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) groups.set(row[key] ?? '', [...(groups.get(row[key] ?? '') ?? []), row[value] ?? '']);
  return groups;
}
