// The QR of a citizen card: `number|old number|name|ddMMyyyy|sex|residence|ddMMyyyy of issue`. Cards since 2024 add fields: left out.
import { citizenNumberFindings, finding, type CardFinding } from './citizen-number.ts';
import { composeTyped, lacksMarks } from './scanned-text.ts';

export interface CitizenCard {
  readonly citizenNumber: string;
  /** May have been cancelled: never used to tell who somebody is. */
  readonly oldIdentityCard?: string;
  readonly name?: string;
  /** `1941` where the card knows the year alone. */
  readonly birthDate?: string;
  readonly sex?: 'male' | 'female';
  readonly address?: string;
  readonly issued?: string;
}

/** Reads a cleaned scan; undefined for what is no citizen card. */
export function readCitizenCard(text: string, today: string): { card: CitizenCard; findings: CardFinding[] } | undefined {
  const [number = '', old = '', name = '', birth = '', sex = '', address = '', issued = ''] = text.split('|').map((field) => field.trim());
  if (!text.includes('|') || !/^\d{12}$/.test(number)) return undefined;
  const [birthDate, issuedOn, shown] = [cardDate(birth), cardDate(issued), wholeName(name)];
  const card: CitizenCard = {
    citizenNumber: number,
    ...(/^\d{9}$/.test(old) && { oldIdentityCard: old }),
    ...(shown !== '' && { name: shown }),
    ...(birthDate !== undefined && { birthDate }),
    ...sexOf(sex),
    ...(address !== '' && { address: composeAddress(address) }),
    ...(issuedOn !== undefined && { issued: issuedOn }),
  };
  return { card, findings: findingsOf(card, { name, birth }, today) };
}

/** `14031941`, `00001941` and `1941`; undefined for a day that is none. */
export function cardDate(text: string): string | undefined {
  const digits = text.replace(/\D/g, '');
  if (/^\d{4}$/.test(digits)) return digits;
  if (!/^\d{8}$/.test(digits)) return undefined;
  const [day, month, year] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)];
  if (day === '00' && month === '00') return year;
  if (day === '00') return `${year}-${month}`;
  const date = `${year}-${month}-${day}`;
  return isDay(date) ? date : undefined;
}

function isDay(date: string): boolean {
  const instant = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date);
}

function wholeName(name: string): string {
  return (hasKeys(name) ? composeTyped(name) : name).replace(/\s+/g, ' ');
}

/** Digits within words (VNI), or tone keys behind syllables that no Vietnamese word ends in (Telex). */
function hasKeys(text: string): boolean {
  return /[A-Za-z][1-9]/.test(text) || (lacksMarks(text) && text.split(' ').some((word) => /(?:[aeiouy][sfrxj]|[aeiouy](?:n|m|t|c|p|ng|nh|ch)[sfrxj]|aw|ee|oo|ow|uw|dd|aa)$/i.test(word) || /^dd/i.test(word)));
}

/** House numbers stand beside letters (`12A3`): only words that are letters first and keys last are composed. */
function composeAddress(address: string): string {
  return address.split(' ').map((word) => (/^[A-Za-z]{2,}\d{1,2}$/.test(word) && hasKeys(word) && !/^(?:[A-Z]{1,3}\d+)$/.test(word) ? composeTyped(word) : word)).join(' ');
}

function sexOf(sex: string): { sex?: 'male' | 'female' } {
  const word = sex.toLowerCase();
  if (word === 'nam' || word === 'male' || word === 'm') return { sex: 'male' };
  return /^n(?:ữ|u|uwx|u74)$/.test(word) || word === 'female' || word === 'f' ? { sex: 'female' } : {};
}

function findingsOf(card: CitizenCard, raw: { name: string; birth: string }, today: string): CardFinding[] {
  const found = citizenNumberFindings(card.citizenNumber, card, today);
  if (raw.name === '') found.push(finding('name-missing', 'Mã không có họ tên.', 'The code has no name.'));
  else if (lacksMarks(card.name ?? '')) found.push(finding('marks-dropped', 'Máy quét làm mất dấu tiếng Việt: xem lại họ tên.', 'The scanner dropped the Vietnamese marks: check the name.'));
  if (raw.birth !== '' && card.birthDate === undefined) found.push(finding('birth-date-malformed', 'Ngày sinh trên thẻ không đọc được.', 'The birth date of the card cannot be read.'));
  if (card.birthDate !== undefined && card.birthDate > today) found.push(finding('birth-date-future', 'Ngày sinh ở tương lai.', 'The birth date lies ahead.'));
  return found;
}
