// Which passwords are refused. NIST SP 800-63B-4 §3.1.1.2 and OWASP ASVS 5.0 V6.2: length and known-bad lists, no rules of composition.

/** 15 where the password stands alone, 8 beside a second factor (NIST SP 800-63B-4 §3.1.1.2). */
export const shortestAlone = 15;
export const shortestWithSecondFactor = 8;
export const longestPassword = 128;

/** What of a password must be left when everything a guesser tries first is taken away. */
const leastOwn = 5;

export type PasswordFinding = 'too-short' | 'too-long' | 'too-easy';

export interface AboutPassword {
  /** Words a guesser knows of the person and the house: username, names, hospital. */
  readonly words: readonly string[];
  readonly secondFactor: boolean;
}

/** Judges a new password by itself; lists of stolen passwords are asked beside it. */
export function passwordFinding(password: string, { words, secondFactor }: AboutPassword): PasswordFinding | undefined {
  const length = [...password.normalize('NFKC')].length;
  if (length < (secondFactor ? shortestWithSecondFactor : shortestAlone)) return 'too-short';
  if (length > longestPassword) return 'too-long';
  return ownPart(password, words) < leastOwn ? 'too-easy' : undefined;
}

/** Counts what remains after common words, the person's own words, years, runs (12345, qwerty) and repetitions. */
function ownPart(password: string, words: readonly string[]): number {
  let rest = flat(password);
  const known = [...common, ...words.flatMap((word) => [flat(word), ...flat(word).split(/[^a-z0-9]+/)])];
  for (const word of known.filter((one) => one.length >= 3).toSorted((a, b) => b.length - a.length)) rest = rest.split(word).join(' ');
  rest = rest.replace(/(?:19|20)\d\d/g, ' ').replace(/(.{1,6}?)\1{2,}/g, '$1');
  return new Set([...withoutRuns(rest)].filter((letter) => /[^\s]/.test(letter))).size;
}

/** Lower case without accents, and the letters that digits and signs stand for: `M@tKh4u` is `matkhau`. */
function flat(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/đ/g, 'd');
  return plain.replace(/@/g, 'a').replace(/\$/g, 's').replace(/(?<=[a-z])[013457](?=[a-z])/g, (digit) => leet[digit] ?? digit);
}

const leet: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't' };
const rows = ['0123456789', '9876543210', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'abcdefghijklmnopqrstuvwxyz', '1qaz2wsx3edc'];

function withoutRuns(text: string): string {
  let rest = text;
  for (let size = 10; size >= 3; size--) {
    for (const row of rows) for (let at = 0; at + size <= row.length; at++) rest = rest.split(row.slice(at, at + size)).join(' ');
  }
  return rest;
}

// What people here and everywhere begin with. Lists of millions of stolen passwords are loaded beside it by `sen import-passwords`.
const common = `password passwd passw0rd welcome admin administrator user guest login letmein iloveyou monkey dragon master sunshine princess football
 shadow superman batman trustno secret changeme default test demo temp hello qwerty azerty asdf abc abcd
 matkhau matma mk matkhaumoi dangnhap quantri nguoidung khongbiet khongco anhyeuem emyeuanh yeuem yeuanh yeu toiyeu hanhphuc giadinh
 vietnam hanoi saigon hochiminh tphcm danang haiphong cantho nhatrang sen bacsi bsi dieuduong yta tiepdon thungan duocsi hosobenhan kythuatvien
 benhvien bv bachmai choray vietduc nhidong phongkham khoa khoanoi khoangoai capcuu noitru ngoaitru
 nguyen tran pham hoang huynh phan vo dang bui do ho ngo duong ly anh minh hung dung tuan linh huong lan mai hoa thu trang
 mot hai ba bon nam sau bay tam chin muoi thang tet xuan`.split(/\s+/);
