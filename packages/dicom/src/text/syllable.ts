// Whether a word can be Vietnamese: onset, rime and tone as the language has them. What tells a right reading of bytes from a wrong one.

const onset = /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?/;
const rimes = new Set(`a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et
ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay
oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê
uêch uênh ui um un ung uôc uôi uôm uôn uông uôp uôt up ut uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương
ươp ươt ươu ưt ưu ưm y yêm yên yêng yêt yêu`.split(/\s+/));

/** Syllables that names and the words around them are made of; a reading that gives them is rarely chance. */
const usual = new Set(`nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn trịnh trương lâm mai tô hà cao tạ thái
châu lương vương tăng quách triệu kiều từ chu đào văn thị hữu đức ngọc minh thanh quốc công xuân thu hồng kim bảo anh gia khánh hải hùng dũng
cường tuấn thành trung hiếu nghĩa phúc lộc thọ phước tâm hạnh hạ huệ hương lan liên loan mỹ nga nhung phượng phương quyên quỳnh thảo thùy thúy
thủy tiên trang trâm tuyết uyên vân vy yến bình an khoa khôi long lợi lực mạnh nam nhân nhật phát quân quang quý sơn tài tân thắng thiện thịnh
thông thuận tiến toàn tú tùng việt vinh ánh bích chi diễm diệp dung duyên giang giao hằng hậu hiền hoa hoài hòa hoà huyền hiệp đạt điệp đông
bé út tí sáu bảy tám chín mười bệnh viện khám bụng ngực sọ não chụp cắt lớp gối cột sống trẻ nữ ông bà tuổi năm`.split(/\s+/));

const tones = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** How well a word sits in Vietnamese: 0 not at all, 1 it could be a syllable, 2 it is one that names are made of. */
export function vietnameseness(word: string): 0 | 1 | 2 {
  const small = word.toLowerCase();
  if (usual.has(small)) return 2;
  const apart = small.normalize('NFD');
  const marks = apart.match(tones) ?? [];
  if (marks.length > 1) return 0;
  const plain = apart.replace(tones, '').normalize('NFC');
  const rest = plain.replace(onset, '');
  // `gì`, `qua`: the letter that ends the onset belongs to the rime as well.
  const rime = [rest, ...(/^(?:gi|qu)/.test(plain) ? [plain.slice(1)] : [])].find((part) => rimes.has(part));
  if (rime === undefined) return 0;
  // Syllables that end in a stop have one of two tones.
  return /(?:c|ch|p|t)$/.test(rime) && !/[\u0301\u0323]/.test(marks[0] ?? '') ? 0 : 1;
}
