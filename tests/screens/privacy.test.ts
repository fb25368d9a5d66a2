// Whose record it is: a patient decides who sees it, a doctor opens one in an emergency, a privacy officer judges, the records office answers a request.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { openHospital, type ScreenHospital } from './hospital.ts';

let hospital: ScreenHospital;
const broken: string[] = [];

beforeAll(async () => {
  hospital = await openHospital();
}, 120_000);
afterAll(() => hospital.close());

async function pageOf(username: string, size = { width: 1366, height: 768 }): Promise<Page> {
  const page = await hospital.newPage();
  page.on('pageerror', (error) => broken.push(error.message));
  await page.setViewportSize(size);
  const { token } = await hospital.server.as(username);
  await page.context().addCookies([{ name: 'sen_session', value: token, url: hospital.server.base }]);
  return page;
}

const look = async (page: Page, name: string) => {
  if (process.env['SEN_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SEN_SHOTS']}/${name}.png`, fullPage: false });
};
const phone = { width: 390, height: 844 };

describe('a patient decides (Law 91/2025/QH15), on a phone', () => {
  let page: Page;
  it('shares the medicines with another hospital for a month, in five taps', async () => {
    await hospital.store([{ resourceType: 'Organization', id: 'benh-vien-doi-tac', name: 'Bệnh viện Đa khoa Đối tác', type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'prov' }] }] }]);
    page = await pageOf('nguoibenh', phone);
    await page.goto('/');
    await page.getByRole('heading', { name: 'Hồ sơ của tôi' }).waitFor();
    await look(page, 'my');
    await expectAccessible(page);
    await page.getByRole('link', { name: /Ai được xem hồ sơ/ }).click();
    await page.getByRole('heading', { name: 'Hồ sơ của Nguyễn Thị Hạnh' }).waitFor();
    await page.getByRole('link', { name: /Cho nơi khác xem/ }).click();
    await page.getByRole('button', { name: /Bệnh viện Đa khoa Đối tác/ }).waitFor();
    await look(page, 'share-who');
    await expectAccessible(page);
    await page.getByRole('button', { name: /Bệnh viện Đa khoa Đối tác/ }).click();
    await look(page, 'share-what');
    await page.getByRole('button', { name: 'Thuốc' }).click();
    await page.getByRole('button', { name: 'Một tháng' }).click();
    await page.getByText('Cho Bệnh viện Đa khoa Đối tác xem: Thuốc, đến hết ngày').waitFor();
    await look(page, 'share-check');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Đồng ý' }).click();
    await page.getByRole('article').getByText(/Cho Bệnh viện Đa khoa Đối tác xem: Thuốc/).waitFor();
    await look(page, 'sharing');
    await expectAccessible(page);
  });

  it('says that an insurer needs a paper', async () => {
    await page.getByRole('link', { name: /Cho nơi khác xem/ }).click();
    await page.getByRole('button', { name: 'Bên bảo hiểm' }).click();
    await page.getByText(/giấy yêu cầu có chữ ký/).waitFor();
    await page.getByRole('button', { name: 'Quay lại' }).click();
  });

  it('withdraws it with one question', async () => {
    await page.getByRole('button', { name: 'Thôi, rút lại' }).click();
    await page.getByRole('button', { name: 'Rút lại', exact: true }).click();
    await page.getByText('Bạn chưa cho thêm hay bớt điều gì.').waitFor();
  });

  it('asks for a copy and is told until when', async () => {
    await page.goto('/my/requests');
    await page.getByRole('button', { name: /Nhận bản sao/ }).waitFor();
    await look(page, 'my-requests');
    await expectAccessible(page);
    await page.getByRole('button', { name: /Nhận bản sao/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Nhận bản sao' }).waitFor();
    await page.getByRole('button', { name: 'Gửi yêu cầu' }).click();
    await page.getByRole('article').getByText(/Trả lời chậm nhất/).waitFor();
    await look(page, 'my-requests-made');
    await expectAccessible(page);
  });
});

describe('the same in English, and in the dark', () => {
  it('mixes no languages and keeps its contrast', async () => {
    const page = await pageOf('nguoibenh', phone);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto('/my/sharing');
    await page.getByRole('button', { name: /Switch to English/ }).click();
    await page.getByRole('heading', { name: 'Who may see my record' }).waitFor();
    expect(await page.getByRole('main').textContent()).not.toMatch(/Không|được|hồ sơ/);
    await look(page, 'sharing-en-dark');
    await expectAccessible(page);
    await page.goto('/my/requests');
    await page.getByRole('button', { name: /Have a copy/ }).waitFor();
    await expectAccessible(page);
    const officer = await pageOf('dulieu');
    await officer.emulateMedia({ colorScheme: 'dark' });
    for (const address of ['/emergencies', '/requests', '/privacy']) {
      await officer.goto(address);
      await officer.getByRole('heading', { level: 1 }).waitFor();
      await expectAccessible(officer);
    }
  });
});

describe('break-glass', () => {
  let page: Page;
  it('shows a closed record calmly, and opens it for a reason', async () => {
    await hospital.store([{ resourceType: 'Patient', id: 'ong-la', name: [{ use: 'official', text: 'Hoàng Văn Lạ' }], gender: 'male', birthDate: '1950-01-01' }]);
    page = await pageOf('bacsi');
    await page.goto('/patients/ong-la/summary');
    await page.getByRole('heading', { name: 'Hồ sơ này đang đóng với bạn' }).waitFor();
    await page.getByRole('button', { name: 'Mở hồ sơ' }).click();
    await page.getByText('Chọn một lý do.').waitFor();
    await look(page, 'closed-record');
    await expectAccessible(page);
    await page.getByLabel('Người bệnh không tự khai được').check();
    await page.getByLabel('Nói rõ trong một câu').fill('Hôn mê, cần biết dị ứng và thuốc đang dùng.');
    await page.getByRole('button', { name: 'Mở hồ sơ' }).click();
    await page.getByRole('region', { name: 'Vấn đề' }).waitFor();
    await page.getByText(/Đang mở khẩn cấp: Hoàng Văn Lạ, còn/).waitFor();
    await look(page, 'open-record');
    await expectAccessible(page);
  });

  it('is closed with one press, and the record with it', async () => {
    await page.getByRole('button', { name: 'Đóng ngay' }).click();
    await page.getByRole('heading', { name: 'Hồ sơ này đang đóng với bạn' }).waitFor();
  });

  it('is judged by the privacy officer, with a note', async () => {
    const officer = await pageOf('dulieu');
    await officer.goto('/emergencies');
    const card = officer.getByRole('article', { name: 'Rà soát lần mở hồ sơ Hoàng Văn Lạ' });
    await card.waitFor();
    await look(officer, 'emergencies');
    await expectAccessible(officer);
    await card.getByLabel('Chính đáng', { exact: true }).check();
    await card.getByLabel('Ghi chú kết luận').fill('Đúng ca trực, người bệnh hôn mê.');
    await card.getByRole('button', { name: 'Kết thúc rà soát' }).click();
    await officer.getByText('Không còn lần nào chờ rà soát').waitFor();
    await officer.getByRole('button', { name: 'Đã rà soát' }).click();
    await officer.getByText(/Đào Minh Tuệ/).first().waitFor();
    await expectAccessible(officer);
  });
});

describe('a patient keeps the own doctor out', () => {
  it('whose chart then says so instead of showing nothing; an emergency opens it, and the patient reads who and why', async () => {
    const doctor = await pageOf('bacsi');
    await doctor.goto('/patients/nguyen-thi-hanh/summary');
    await doctor.getByRole('region', { name: 'Vấn đề' }).waitFor();
    const patient = await pageOf('nguoibenh', phone);
    await patient.goto('/my/sharing');
    await patient.getByRole('link', { name: /Không cho xem/ }).click();
    await patient.getByRole('button', { name: 'Một người' }).click();
    await patient.getByRole('searchbox').fill('Lê Minh Quang');
    await patient.getByRole('button', { name: /Lê Minh Quang/ }).first().click();
    await look(patient, 'restrict-what');
    await patient.getByRole('button', { name: 'Toàn bộ hồ sơ' }).click();
    await patient.getByRole('button', { name: 'Cho tới khi tôi rút lại' }).click();
    await look(patient, 'restrict-check');
    await expectAccessible(patient);
    await patient.getByRole('button', { name: 'Đồng ý' }).click();
    await patient.getByRole('article').getByText(/Lê Minh Quang/).waitFor();
    await doctor.reload();
    await doctor.getByRole('heading', { name: 'Hồ sơ này đang đóng với bạn' }).waitFor();
    await doctor.getByText(/hoặc người bệnh đã hạn chế việc xem/).waitFor();
    await doctor.getByText(/^Mở trong 4 giờ/).waitFor();
    await doctor.getByLabel('Nguy hiểm tính mạng').check();
    await doctor.getByLabel('Nói rõ trong một câu').fill('Hạ đường huyết nặng, cần biết thuốc.');
    await doctor.getByRole('button', { name: 'Mở hồ sơ' }).click();
    await doctor.getByRole('region', { name: 'Vấn đề' }).waitFor();
    await patient.goto('/my/access-log?only=emergency');
    await patient.getByText(/Hạ đường huyết nặng/).first().waitFor();
    await look(patient, 'access-log-emergency');
    await expectAccessible(patient);
    await doctor.getByRole('button', { name: 'Đóng ngay' }).click();
    await doctor.getByRole('heading', { name: 'Hồ sơ này đang đóng với bạn' }).waitFor();
    await patient.goto('/my/sharing');
    await patient.getByRole('button', { name: 'Thôi, rút lại' }).click();
    await patient.getByRole('button', { name: 'Rút lại', exact: true }).click();
    await patient.getByText('Bạn chưa cho thêm hay bớt điều gì.').waitFor();
  }, 60_000);
});

describe('a request of a data subject, at the records office', () => {
  it('is answered, carried out and printed; the patient downloads the copy', async () => {
    const page = await pageOf('hosobenhan');
    await page.goto('/requests');
    await page.getByRole('cell', { name: /Nguyễn Thị Hạnh/ }).waitFor();
    await look(page, 'requests');
    await expectAccessible(page);
    await page.getByRole('link', { name: /^YC-/ }).click();
    await page.getByLabel('Lời trả lời người bệnh').fill('Bệnh viện đã nhận yêu cầu và đang chuẩn bị bản sao.');
    await page.getByRole('button', { name: 'Trả lời' }).click();
    await look(page, 'request');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Bắt đầu thực hiện' }).click();
    await page.getByRole('button', { name: 'Hoàn thành' }).waitFor();
    await page.getByLabel('Lời trả lời người bệnh').fill('Bản sao đã sẵn sàng, mời bà tải trong ứng dụng.');
    await page.getByRole('button', { name: 'Hoàn thành' }).click();
    await page.getByText('Đã xong').first().waitFor();
    await page.getByRole('link', { name: 'Thư trả lời' }).click();
    await page.getByRole('article').getByText(/Kính gửi: Ông\/Bà Nguyễn Thị Hạnh/).waitFor();
    await look(page, 'letter');
    await expectAccessible(page);
    const patient = await pageOf('nguoibenh', phone);
    await patient.goto('/my/requests');
    const download = patient.waitForEvent('download');
    await patient.getByRole('button', { name: 'Tải bản sao' }).click();
    expect((await download).suggestedFilename()).toMatch(/^ho-so-YC-\d{4}-\d{6}\.zip$/);
    await patient.getByText(/Đã tải lúc/).waitFor();
    await look(patient, 'copied');
    await expectAccessible(patient);
  });

  it('is taken down at the desk, of a person found by name', async () => {
    const page = await pageOf('tiepdon');
    await page.goto('/requests/new');
    await page.getByLabel('Tìm người bệnh').last().fill('hanh nguyen');
    await page.getByLabel(/Nguyễn Thị Hạnh/).first().check();
    await page.getByLabel('Loại yêu cầu').selectOption('correct');
    await page.getByLabel('Nói rõ thêm').fill('Ngày sinh ghi nhầm.');
    await look(page, 'request-new');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Ghi nhận' }).click();
    await page.getByText('Chưa xác minh').first().waitFor();
    await page.getByRole('button', { name: 'Đã xác minh' }).click();
    await page.getByText('Căn cước, đối chiếu tại quầy').first().waitFor();
  });

  it('records a consent on paper', async () => {
    const page = await pageOf('tiepdon');
    await page.goto('/consents');
    await page.getByRole('searchbox', { name: 'Tìm người bệnh' }).fill('hanh nguyen');
    await page.getByRole('link', { name: /Nguyễn Thị Hạnh/ }).first().click();
    await page.getByRole('heading', { name: 'Sự đồng ý của người bệnh' }).waitFor();
    await page.getByLabel('Tên').selectOption({ label: 'Bệnh viện Đa khoa Đối tác' });
    await page.getByLabel('Số hoặc nơi lưu giấy').fill('HS-26/118');
    await page.getByLabel('Ngày ký').fill('2026-03-01');
    await page.getByRole('button', { name: 'Ghi', exact: true }).click();
    await page.getByRole('article').getByText(/Cho Bệnh viện Đa khoa Đối tác xem: Toàn bộ hồ sơ/).waitFor();
    await look(page, 'desk-consents');
    await expectAccessible(page);
  });

  it('records a breach with its clock', async () => {
    const page = await pageOf('dulieu');
    await page.goto('/privacy');
    await page.getByLabel('Phát hiện lúc').fill(new Date(Date.now() + 7 * 3_600_000 - 3_600_000).toISOString().slice(0, 16));
    await page.getByLabel('Điều gì đã xảy ra').fill('Gửi nhầm kết quả cho người khác.');
    await page.getByLabel('Loại dữ liệu').fill('kết quả xét nghiệm');
    await page.getByLabel('Đã làm gì').fill('Đã thu hồi.');
    await page.getByRole('button', { name: 'Ghi nhận' }).click();
    await page.getByText(/còn 70 giờ|còn 71 giờ/).waitFor();
    await look(page, 'privacy');
    await expectAccessible(page);
  });

  it('broke nowhere on the way', () => {
    expect(broken).toEqual([]);
  });
});
