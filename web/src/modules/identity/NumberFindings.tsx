// What looks wrong about the numbers while they are typed: told, never refused.
import { citizenNumberFindings, insuranceNumberFindings } from '@sen/vietnam/cards';
import { Icon } from '../../kit/icons.tsx';
import { useMinute } from '../../lib/clock.ts';
import { useLanguage } from '../../lib/language.tsx';
import type { RegistrationForm } from './registration-form.ts';

export function NumberFindings({ form }: { form: RegistrationForm }) {
  const { language } = useLanguage();
  const now = useMinute();
  const year = /(\d{4})$/.exec(form.birthDate)?.[1];
  const [citizen, insurance] = [form.citizenNumber.replace(/\s/g, ''), form.insuranceNumber.replace(/\s/g, '').toUpperCase()];
  const today = new Date(now).toISOString().slice(0, 10);
  const found = [...(citizen.length === 12 ? citizenNumberFindings(citizen, { sex: form.sex, birthDate: year }, today) : []), ...insuranceNumberFindings(insurance)];
  return <div role="status" className="wide findings">{found.map(({ code, text }) => <p key={code}><Icon name="warning" size={14} className="c-warn" />{text[language]}</p>)}</div>;
}
