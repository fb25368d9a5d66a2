// The health insurance card: its number, and the QR of the paper card (fields by `|`, names as hex of UTF-8, dates dd/MM/yyyy, `$` at the end).
import { cardDate } from './citizen-card.ts';
import { finding, type CardFinding } from './citizen-number.ts';
import { birthProvinces, provincesNow } from './provinces.ts';

export interface InsuranceCard {
  /** 15 characters, or the social insurance number of 10 digits. */
  readonly insuranceNumber: string;
  readonly name?: string;
  readonly birthDate?: string;
  readonly sex?: 'male' | 'female';
  readonly address?: string;
  /** Facility of registration, MA_CSKCB: 5 digits. */
  readonly facilityCode?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
}

/** Object groups of the cards, decision 1351/QĐ-BHXH of 2015 and its additions; another group is told, not refused. */
const groups = new Set('DN HX CH NN TK HC XK HT TB NO CT XB TN CS XN MS CC CK CB KC HD TE BT HN DT DK XD TS TC TQ TA TY HG LS PV CN HS SV GB GD QN CA CY'.split(' '));

/** Reads a cleaned scan or a typed number; undefined for what is no insurance card. */
export function readInsuranceCard(text: string, today: string): { card: InsuranceCard; findings: CardFinding[] } | undefined {
  const fields = text.replace(/\$\s*$/, '').split('|').map((field) => field.trim());
  const insuranceNumber = (fields[0] ?? '').replace(/[\s-]/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{13}$/.test(insuranceNumber) && !/^\d{10}$/.test(insuranceNumber)) return undefined;
  // ten digits alone are more often a telephone number than a card
  if (fields.length === 1 && /^0[35789]\d{8}$/.test(insuranceNumber)) return undefined;
  const card = { insuranceNumber, ...(fields.length > 1 && detailsOf(fields)) };
  return { card, findings: [...insuranceNumberFindings(insuranceNumber), ...validityOf(card, today)] };
}

/** What is odd about a number of 15 characters. */
export function insuranceNumberFindings(number: string): CardFinding[] {
  if (!/^[A-Z]{2}\d{13}$/.test(number)) return [];
  const found: CardFinding[] = [];
  if (!groups.has(number.slice(0, 2))) found.push(finding('insurance-group-unknown', 'Hai chữ đầu của mã thẻ BHYT không phải nhóm đối tượng đã biết.', 'The first two letters are no known group of the insured.'));
  if (!/[1-5]/.test(number.charAt(2))) found.push(finding('insurance-benefit-digit', 'Ký tự thứ ba của mã thẻ BHYT phải từ 1 đến 5.', 'The third character of a card is 1 to 5.'));
  if (!birthProvinces.has(`0${number.slice(3, 5)}`) && !provincesNow.has(number.slice(3, 5)) && !/^9[79]$/.test(number.slice(3, 5))) {
    found.push(finding('insurance-province', 'Mã tỉnh trong thẻ BHYT không có trong danh mục.', 'The province within the card number is not known.'));
  }
  return found;
}

function detailsOf([, name = '', birth = '', sex = '', address = '', facility = '', from = '', to = '']: readonly string[]): Partial<InsuranceCard> {
  const [birthDate, validFrom, validTo, facilityCode] = [cardDate(birth), cardDate(from), cardDate(to), facility.replace(/\D/g, '')];
  const [shown, home] = [unhexed(name), unhexed(address)];
  return {
    ...(shown !== '' && { name: shown }), ...(home !== '' && { address: home }),
    ...(birthDate !== undefined && { birthDate }),
    ...(sex === '1' ? { sex: 'male' as const } : sex === '2' ? { sex: 'female' as const } : {}),
    ...(/^\d{5}$/.test(facilityCode) && { facilityCode }),
    ...(validFrom !== undefined && { validFrom }), ...(validTo !== undefined && { validTo }),
  };
}

function unhexed(text: string): string {
  if (!/^(?:[0-9a-f]{2})+$/i.test(text)) return text.normalize('NFC');
  const bytes = Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return new TextDecoder().decode(bytes).normalize('NFC').trim();
}

function validityOf({ validFrom, validTo }: Partial<InsuranceCard>, today: string): CardFinding[] {
  if (validTo !== undefined && validTo < today) return [finding('card-expired', 'Thẻ BHYT đã hết hạn.', 'The insurance card has expired.')];
  if (validFrom !== undefined && validFrom > today) return [finding('card-not-yet-valid', 'Thẻ BHYT chưa có hiệu lực.', 'The insurance card is not valid yet.')];
  return [];
}
