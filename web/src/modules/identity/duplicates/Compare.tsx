// Two records beside each other: what is the same, what differs, why they may be one, and what is done about it.
import type { ComparedField, DuplicatePair, LikenessReason, MergeField } from '@sen/contracts';
import { useState } from 'react';
import { Answer, Bones, Failed } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { formatDate } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { useDecide, useMerge, usePair } from './requests.ts';
import { strings } from './strings.ts';

type Side = 'left' | 'right';
const takeable: readonly ComparedField['field'][] = ['name', 'sex', 'birthDate', 'address', 'phone'];

export function Compare({ pairId, settled }: { pairId: string; settled: (said: string) => void }) {
  const asked = usePair(pairId);
  return (
    <Answer asked={asked} bones={<Bones rows={12} height={24} />}>
      {({ pair, fields, leftHolds, rightHolds }) => <Judge key={pair.id} pair={pair} fields={fields} holds={{ left: leftHolds, right: rightHolds }} settled={settled} />}
    </Answer>
  );
}

function Judge({ pair, fields, holds, settled }: { pair: DuplicatePair; fields: readonly ComparedField[]; holds: Readonly<Record<Side, number>>; settled: (said: string) => void }) {
  const words = useStrings(strings);
  const [kept, setKept] = useState<Side>(holds.right > holds.left ? 'right' : 'left');
  const [take, setTake] = useState<readonly MergeField[]>([]);
  const gone: Side = kept === 'left' ? 'right' : 'left';
  const merge = useMerge(({ moved }) => settled(words.merged(moved)));
  const decide = useDecide(() => settled(words.decided));
  const busy = merge.isPending || decide.isPending;
  const failure = merge.error ?? decide.error;
  const keep = (side: Side) => { setKept(side); setTake([]); };
  return (
    <section className="compare" aria-label={words.compare}>
      <h2>{words.compare}</h2>
      <table>
        <thead><tr><th scope="col">{words.fact}</th>{(['left', 'right'] as const).map((side) => <Head key={side} side={side} kept={kept} keep={keep} name={pair[side].name} holds={holds[side]} />)}</tr></thead>
        <tbody>{fields.filter(({ left, right }) => left !== undefined || right !== undefined).map((one) => <Row key={one.field} one={one} gone={gone} take={take} setTake={setTake} />)}</tbody>
      </table>
      <Reasons reasons={pair.reasons} />
      {failure !== null && <Failed error={failure} retry={() => { merge.reset(); decide.reset(); }} />}
      <p className="c3">{words.mergeHint}</p>
      <div className="acts">
        <button type="button" className="btn primary" disabled={busy} onClick={() => merge.mutate({ patientId: pair[kept].id, from: pair[gone].id, take: [...take] })}>{words.merge}</button>
        <button type="button" className="btn" disabled={busy} onClick={() => decide.mutate({ pairId: pair.id, decision: 'different' })}>{words.different}</button>
        <button type="button" className="btn" disabled={busy} onClick={() => decide.mutate({ pairId: pair.id, decision: 'later' })}>{words.later}</button>
      </div>
    </section>
  );
}

function Head({ side, kept, keep, name, holds }: { side: Side; kept: Side; keep: (side: Side) => void; name: string; holds: number }) {
  const words = useStrings(strings);
  return (
    <th scope="col" className={side === kept ? 'kept' : undefined}>
      <label><input type="radio" name="kept" checked={side === kept} onChange={() => keep(side)} /><span className="vh">{words.keep}: {name}. </span><b>{side === kept ? words.kept : words.goes}</b></label>
      <span className="c3">{words.holds(holds)}</span>
    </th>
  );
}

function Row({ one, gone, take, setTake }: { one: ComparedField; gone: Side; take: readonly MergeField[]; setTake: (take: readonly MergeField[]) => void }) {
  const words = useStrings(strings);
  const field = takeable.includes(one.field) ? (one.field as MergeField) : undefined;
  const taken = field !== undefined && take.includes(field);
  const cell = (side: Side) => (
    <td key={side}>
      <Value field={one.field} text={one[side]} />
      {side === gone && field !== undefined && !one.same && one[side] !== undefined && (
        <label className="take"><input type="checkbox" checked={taken} onChange={() => setTake(taken ? take.filter((other) => other !== field) : [...take, field])} />{words.takeThis}<span className="vh">: {words.fields[one.field]}</span></label>
      )}
    </td>
  );
  return (
    <tr className={one.same ? undefined : 'differs'}>
      <th scope="row">{words.fields[one.field]} <span className="vh">({one.same ? words.same : words.differs})</span>{!one.same && one.field !== 'hospitalNumber' && one.left !== undefined && one.right !== undefined && <Icon name="warning" size={14} className="c-warn" />}</th>
      {cell('left')}{cell('right')}
    </tr>
  );
}

function Value({ field, text }: { field: ComparedField['field']; text: string | undefined }) {
  const { language } = useLanguage();
  const words = useStrings(strings);
  if (text === undefined) return <span className="c3">{words.unknown}</span>;
  if (field === 'sex') return words.sexes[text] ?? text;
  return field === 'birthDate' ? formatDate(text, language) : text;
}

function Reasons({ reasons }: { reasons: readonly LikenessReason[] }) {
  const { language } = useLanguage();
  const words = useStrings(strings);
  return (
    <>
      <h3>{words.why}</h3>
      <ul className="reasons">{reasons.map(({ code, bits, text }) => <li key={code} className={bits > 0 ? 'for' : 'against'}><b aria-hidden="true">{bits > 0 ? '+' : '−'}</b>{text[language]}<span className="vh"> ({bits > 0 ? words.forSame : words.against})</span></li>)}</ul>
    </>
  );
}
