// The weekly templates in force or coming, and the form that adds or changes one.
import type { StoredTemplate } from '@sen/contracts';
import { useState } from 'react';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { formatDate, glued } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { useTemplates } from './requests.ts';
import { usePoolName } from './SessionPanel.tsx';
import { strings } from './strings.ts';
import { TemplateForm } from './TemplateForm.tsx';

export function Templates({ today }: { today: string }) {
  const words = useStrings(strings);
  const asked = useTemplates();
  const [specialty, setSpecialty] = useState('');
  const [edited, setEdited] = useState<StoredTemplate | 'new'>();
  return (
    <Answer asked={asked} bones={<Bones rows={10} />}>
      {({ templates, specialties, visitTypes }) => (
        <div className="week-with-panel">
          <div className="schedule-scroll" role="region" aria-label={words.tabs.weekly} tabIndex={0}>
            <div className="week-bar">
              <select aria-label={words.specialty} value={specialty} onChange={(event) => setSpecialty(event.currentTarget.value)}><option value="">{words.allSpecialties}</option>{specialties.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select>
              <button type="button" className="btn small" onClick={() => setEdited('new')}><Icon name="plus" size={14} />{words.add}</button>
            </div>
            {templates.length === 0 ? <Empty title={words.noTemplates} /> : <List templates={templates.filter((one) => specialty === '' || one.specialty === specialty)} visitTypes={visitTypes} edited={edited === 'new' ? undefined : edited?.id} edit={setEdited} />}
          </div>
          {edited !== undefined && <TemplateForm key={edited === 'new' ? 'new' : edited.id} today={today} replaces={edited === 'new' ? undefined : edited} specialty={specialty} close={() => setEdited(undefined)} />}
        </div>
      )}
    </Answer>
  );
}

interface Listed {
  readonly templates: readonly StoredTemplate[];
  readonly visitTypes: readonly { readonly code: string; readonly nameVi: string; readonly nameEn: string }[];
  readonly edited: string | undefined;
  edit(template: StoredTemplate): void;
}

function List({ templates, visitTypes, edited, edit }: Listed) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const poolName = usePoolName(visitTypes);
  const row = (one: StoredTemplate) => (
    <tr key={one.id} aria-current={one.id === edited ? 'true' : undefined}>
      <th scope="row">{glued(one.doctorName ?? words.noDoctor)}<small>{one.specialtyName}</small></th><td>{glued(one.roomName)}</td><td className="nw">{words.weekdays[one.weekday - 1]}</td><td className="nw">{one.from}–{one.until}<small>{words.step(one.stepMinutes)}</small></td>
      <td>{one.seats.filter(({ kept }) => kept > 0).map(({ pool, kept }) => `${poolName(pool)} ${kept}`).join(', ')}</td>
      <td className="nw">{formatDate(one.validFrom, language)}{one.validUntil !== undefined && ` – ${formatDate(one.validUntil, language)}`}</td>
      <td className="num"><button type="button" className="btn small" onClick={() => edit(one)}>{words.edit}<span className="vh"> {one.doctorName ?? one.roomName}, {words.weekdays[one.weekday - 1]} {one.from}</span></button></td>
    </tr>
  );
  return <table className="schedule-table templates"><thead><tr>{[words.doctor, words.room, words.weekday, words.hours, words.kept, words.valid].map((head) => <th key={head} scope="col">{head}</th>)}<th scope="col"><span className="vh">{words.acts}</span></th></tr></thead><tbody>{templates.map(row)}</tbody></table>;
}
