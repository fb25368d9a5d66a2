import type { ConsentCategory, ConsentShown, RecipientKind } from '@sen/contracts';

const vi = {
  title: 'Ai được xem hồ sơ', lead: 'Bác sĩ, điều dưỡng đang điều trị cho bạn luôn xem được phần họ cần. Ở đây bạn cho thêm hoặc bớt đi; đổi ý lúc nào cũng được.',
  of: (name: string) => `Hồ sơ của ${name}`, share: 'Cho nơi khác xem', shareHint: 'Bệnh viện, phòng khám bạn sắp đến', restrict: 'Không cho xem', restrictHint: 'Một người, một khoa, hoặc một phần hồ sơ',
  inForce: 'Đang có hiệu lực', none: 'Bạn chưa cho thêm hay bớt điều gì.', past: 'Đã hết', withdraw: 'Thôi, rút lại', withdrawing: 'Đang rút…', withdrawn: 'Đã rút lại hoặc hết hạn', withdrawSure: 'Rút lại ngay?', yes: 'Rút lại', no: 'Giữ nguyên',
  who: { share: 'Cho ai xem?', restrict: 'Không cho ai xem?' }, what: { share: 'Cho xem phần nào?', restrict: 'Phần nào?' }, until: 'Đến khi nào?', check: 'Xem lại rồi đồng ý',
  step: (at: number, of: number) => `Bước ${at}/${of}`, back: 'Quay lại', next: 'Tiếp', confirm: 'Đồng ý', saving: 'Đang ghi…', find: 'Gõ tên để tìm', noMatch: 'Không thấy. Thử gõ ít chữ hơn.',
  kinds: { hospital: 'Bệnh viện, phòng khám', insurer: 'Bên bảo hiểm', department: 'Một khoa', person: 'Một người', role: 'Một nhóm', everyone: 'Tất cả mọi người' } satisfies Record<RecipientKind, string>,
  everyoneHint: 'Trừ khi cấp cứu', everyone: 'mọi người trong bệnh viện', insurerNote: 'Cho bên bảo hiểm xem cần giấy yêu cầu có chữ ký của bạn. Xin làm tại quầy tiếp nhận; bệnh viện không tự gửi cho bên bảo hiểm.',
  categories: {
    everything: 'Toàn bộ hồ sơ', hiv: 'Thông tin về HIV', 'mental-health': 'Sức khỏe tâm thần', genetic: 'Xét nghiệm di truyền', 'sexual-health': 'Sức khỏe tình dục, sinh sản', 'substance-use': 'Rượu, chất gây nghiện', violence: 'Bạo lực, xâm hại', documents: 'Giấy tờ, bệnh án', laboratory: 'Kết quả xét nghiệm, đo', medicines: 'Thuốc',
  } satisfies Record<ConsentCategory, string>,
  ends: { week: 'Một tuần', month: 'Một tháng', year: 'Một năm', open: 'Cho tới khi tôi rút lại' }, untilDay: (day: string) => `đến hết ngày ${day}`, openEnd: 'cho tới khi rút lại',
  sentence: { share: (who: string, what: string) => `Cho ${who} xem: ${what}`, restrict: (who: string, what: string) => `Không cho ${who} xem: ${what}` } satisfies Record<ConsentShown['effect'], (who: string, what: string) => string>,
  emergency: 'Khi cấp cứu nguy hiểm tính mạng, bác sĩ vẫn mở được; bạn sẽ thấy ai đã mở và vì sao.', all: 'Nếu đóng toàn bộ hồ sơ với mọi người, bác sĩ đang điều trị cũng không xem được thuốc và dị ứng của bạn.',
  onPaper: 'Bằng giấy', complex: 'Có thêm điều kiện riêng', since: (day: string) => `từ ${day}`, failed: 'Chưa ghi được. Thử lại.', forWhom: 'Cho ai?',
  deskTitle: 'Sự đồng ý của người bệnh', deskLead: 'Ghi lại giấy người bệnh đã ký: cho ai xem, không cho ai xem, hoặc rút lại. Có hiệu lực ngay.', record: 'Ghi sự đồng ý trên giấy', effect: 'Người bệnh muốn', effects: { share: 'Cho xem', restrict: 'Không cho xem' }, recipientKind: 'Đối tượng', recipient: 'Tên', category: 'Phần hồ sơ', untilField: 'Đến hết ngày (để trống: tới khi rút lại)', paper: 'Số hoặc nơi lưu giấy', signedOn: 'Ngày ký', save: 'Ghi', saved: 'Đã ghi, có hiệu lực.', choose: 'Chọn…', needRecipient: 'Chọn tên trong danh sách.', needPaper: 'Ghi số hoặc nơi lưu giấy.', needDay: 'Chọn ngày ký.',
};

const en: typeof vi = {
  title: 'Who may see my record', lead: 'The doctors and nurses who treat you always see what they need. Here you let others see more, or some see less; you may change your mind at any time.',
  of: (name) => `The record of ${name}`, share: 'Let others see it', shareHint: 'A hospital or clinic you will go to', restrict: 'Do not let it be seen', restrictHint: 'By a person, a department, or a part of the record',
  inForce: 'In force', none: 'You have not shared or restricted anything.', past: 'Past', withdraw: 'Withdraw', withdrawing: 'Withdrawing…', withdrawn: 'Withdrawn or ended', withdrawSure: 'Withdraw it now?', yes: 'Withdraw', no: 'Keep it',
  who: { share: 'Who may see it?', restrict: 'Who may not see it?' }, what: { share: 'Which part?', restrict: 'Which part?' }, until: 'Until when?', check: 'Check, then agree',
  step: (at, of) => `Step ${at} of ${of}`, back: 'Back', next: 'Next', confirm: 'I agree', saving: 'Saving…', find: 'Type a name', noMatch: 'Nothing found. Try fewer letters.',
  kinds: { hospital: 'Hospital or clinic', insurer: 'Insurer', department: 'A department', person: 'A person', role: 'A group', everyone: 'Everyone' },
  everyoneHint: 'Except in an emergency', everyone: 'everyone in the hospital', insurerNote: 'Letting an insurer see it needs a request on paper with your signature. Please make it at the reception desk; the hospital sends nothing to insurers by itself.',
  categories: { everything: 'The whole record', hiv: 'Information on HIV', 'mental-health': 'Mental health', genetic: 'Genetic tests', 'sexual-health': 'Sexual and reproductive health', 'substance-use': 'Alcohol and other substances', violence: 'Violence and abuse', documents: 'Documents and notes', laboratory: 'Test results and measurements', medicines: 'Medicines' },
  ends: { week: 'One week', month: 'One month', year: 'One year', open: 'Until I withdraw it' }, untilDay: (day) => `until the end of ${day}`, openEnd: 'until withdrawn',
  sentence: { share: (who, what) => `${who} may see: ${what}`, restrict: (who, what) => `Not to be seen by ${who}: ${what}` },
  emergency: 'When life is in danger doctors can still open it; you will see who did and why.', all: 'If you close the whole record to everyone, the doctors who treat you cannot see your medicines and allergies either.',
  onPaper: 'On paper', complex: 'With further conditions', since: (day) => `since ${day}`, failed: 'It could not be saved. Try again.', forWhom: 'For whom?',
  deskTitle: 'Consents of the patient', deskLead: 'Record the paper the patient signed: who may see, who may not, or what is withdrawn. It holds at once.', record: 'Record a consent on paper', effect: 'The patient wants', effects: { share: 'To let see', restrict: 'Not to let see' }, recipientKind: 'Whom', recipient: 'Name', category: 'Part of the record', untilField: 'Until the end of (empty: until withdrawn)', paper: 'Number or place of the paper', signedOn: 'Signed on', save: 'Record', saved: 'Recorded and in force.', choose: 'Choose…', needRecipient: 'Choose a name from the list.', needPaper: 'Give the number or place of the paper.', needDay: 'Choose the day it was signed.',
};

export const strings = { vi, en };
