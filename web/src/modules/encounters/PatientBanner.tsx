// Who this is: always in place above the chart.
import type { Allergy, Banner } from '@sen/contracts';
import { Answer } from '../../kit/Feedback.tsx';
import { Icon } from '../../kit/icons.tsx';
import { formatAge, formatDate, formatNumber, formatSex, formatShort, glued } from '../../lib/format.ts';
import { useMinute } from '../../lib/clock.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useBanner } from './requests.ts';
import { strings } from './strings.ts';

export function PatientBanner({ patientId }: { patientId: string }) {
  const words = useStrings(strings);
  const banner = useBanner(patientId);
  return (
    <section className="banner" aria-label={words.patient} aria-busy={banner.isPending}>
      <Answer asked={banner} bones={<div className="banner-bones"><span className="bone" style={{ width: 180, height: 18 }} /><span className="bone" style={{ width: 260, height: 12 }} /></div>}>
        {(data) => <Facts banner={data} />}
      </Answer>
    </section>
  );
}

function Facts({ banner }: { banner: Banner }) {
  return (
    <>
      <Who banner={banner} />
      <Allergies banner={banner} />
      {banner.insurance !== undefined && <Insurance insurance={banner.insurance} />}
      {banner.presentVisit !== undefined && <Where visit={banner.presentVisit} />}
    </>
  );
}

function Who({ banner }: { banner: Banner }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const age = banner.age === undefined ? undefined : formatAge(banner.age, language);
  const facts = [
    banner.birthDate === undefined ? undefined : formatDate(banner.birthDate, language),
    banner.hospitalNumber === undefined ? undefined : `${words.number}\u00a0${banner.hospitalNumber}`,
  ].filter((fact) => fact !== undefined);
  return (
    <div className="who">
      <h1>{banner.name}</h1>
      <small>
        <span className="m who-age">{[formatSex(banner.sex, language), age].filter((part) => part !== undefined).join(', ')}</span>
        {facts.map((fact) => <span key={fact}> · {fact}</span>)}
        {banner.deceased !== undefined && <b className="died"> {banner.deceased === '' ? words.died : `${words.diedOn} ${formatDate(banner.deceased, language)}`}</b>}
      </small>
    </div>
  );
}

function Allergies({ banner }: { banner: Banner }) {
  const words = useStrings(strings);
  if (banner.allergyState === 'known') return <KnownAllergies allergies={banner.allergies} />;
  const asked = banner.allergyState === 'none-known';
  return (
    <div>
      <small>{words.allergy}</small>
      <span className={asked ? 'fact c-ok' : 'fact c-warn'}><Icon name={asked ? 'check' : 'warning'} />{asked ? words.noAllergyKnown : words.allergyNotAsked}</span>
    </div>
  );
}

const allergiesShown = 2;

function KnownAllergies({ allergies }: { allergies: readonly Allergy[] }) {
  const words = useStrings(strings);
  const rest = allergies.length - allergiesShown;
  const all = allergies.map((allergy) => sayAllergy(allergy, words)).join('; ');
  return (
    <div className="allergies" title={all}>
      <small>{words.allergy}</small>
      <span className="fact">
        <Icon name="octagon" />
        <span className="el">{allergies.slice(0, allergiesShown).map((allergy) => sayAllergy(allergy, words)).join('; ')}</span>
        {rest > 0 && <span className="nw">{words.andMore(rest)}<span className="vh">: {allergies.slice(allergiesShown).map((allergy) => sayAllergy(allergy, words)).join('; ')}</span></span>}
      </span>
    </div>
  );
}

function sayAllergy(allergy: Allergy, words: typeof strings.vi): string {
  const notes = [allergy.reaction, allergy.unconfirmed ? words.unconfirmed : undefined].filter((note) => note !== undefined);
  return notes.length === 0 ? allergy.substance : `${allergy.substance}: ${notes.join(', ')}`;
}

function Insurance({ insurance }: { insurance: NonNullable<Banner['insurance']> }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const until = insurance.until === undefined ? undefined : formatDate(insurance.until, language);
  const percent = insurance.benefitPercent === undefined ? undefined : formatNumber(insurance.benefitPercent, language);
  const valid = percent !== undefined ? words.benefit(percent, until) : until === undefined ? words.valid : words.validUntil(until);
  return (
    <div className="insurance">
      <small className="el">{insurance.payer === '' ? words.insurance : insurance.payer}{insurance.cardMasked !== undefined && ` ${insurance.cardMasked}`}</small>
      <span className="fact"><span className={insurance.inForce ? 'c-ok' : 'c-warn'}><Icon name={insurance.inForce ? 'shield' : 'warning'} /></span>{insurance.inForce ? valid : `${words.expired}${until === undefined ? '' : ` ${until}`}`}</span>
    </div>
  );
}

function Where({ visit }: { visit: NonNullable<Banner['presentVisit']> }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const now = useMinute();
  return (
    <div className="where">
      <small className="el">{words.nowAt}{visit.since !== undefined && `, ${words.since(formatShort(visit.since, now, language))}`}</small>
      <span className="fact"><span className="c-brand"><Icon name="pin" /></span><span className="el">{glued([visit.place, visit.kind].filter((part) => part !== undefined).join(', '))}</span></span>
    </div>
  );
}
