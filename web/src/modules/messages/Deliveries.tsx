// How each message fared: masked, without what it said; those in trouble can be sent again.
import type { MessageDay } from '@sen/contracts';
import { Bones, Empty, Failed } from '../../kit/Feedback.tsx';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useMessages, useResend, useTemplates, type Shown } from './requests.ts';
import { strings } from './strings.ts';

const shown: readonly Shown[] = ['all', 'waiting', 'sent', 'trouble'];
type MessageLine = MessageDay['messages'][number];
type State = MessageLine['state'];
const canResend: readonly State[] = ['failed', 'unsure', 'expired'];
const marks: Readonly<Record<State, readonly [IconName, string]>> = {
  queued: ['clock', ''], sending: ['clock', ''], sent: ['check', 'c-ok'], delivered: ['check', 'c-ok'], read: ['check', 'c-ok'], failed: ['warning', 'c-bad'], expired: ['warning', 'c-warn'], unsure: ['warning', 'c-warn'], suppressed: ['info', 'c3'], withdrawn: ['info', 'c3'],
};

export function Deliveries({ state: asked, template, set }: { state: string | null; template: string; set: (change: Readonly<Record<string, string>>) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const state = shown.find((one) => one === asked) ?? 'all';
  const found = useMessages(state, template);
  const templates = useTemplates().data ?? [];
  const resend = useResend();
  const day = found.data?.pages[0];
  const messages = found.data?.pages.flatMap((page) => page.messages) ?? [];
  return (
    <>
      {day !== undefined && <Channels day={day} />}
      <div className="message-filters" role="search">
        <div className="segments">{shown.map((one) => <button key={one} type="button" aria-pressed={state === one} onClick={() => set({ state: one === 'all' ? '' : one })}>{words.shown[one]}</button>)}</div>
        <label><span className="vh">{words.ofTemplate}</span>
          <select value={template} onChange={(event) => set({ template: event.currentTarget.value })}><option value="">{words.anyTemplate}</option>{templates.map(({ code, about }) => <option key={code} value={code}>{about[language]}</option>)}</select></label>
      </div>
      <p className="said" role="status">{resend.isSuccess ? words.resent : ''}</p>
      {(found.error ?? resend.error) !== null && <Failed error={(found.error ?? resend.error)!} retry={() => void found.refetch()} />}
      {found.isPending && <Bones rows={8} />}
      {found.data !== undefined && messages.length === 0 && <Empty title={words.none}>{words.noneHint}</Empty>}
      {messages.length > 0 && (
        <div className="messages-scroll" role="region" aria-label={words.list} tabIndex={0}>
          <table className="messages-table">
            <thead><tr><th scope="col">{words.when}</th><th scope="col">{words.to}</th><th scope="col">{words.what}</th><th scope="col">{words.through}</th><th scope="col">{words.state}</th><th scope="col"><span className="vh">{words.act}</span></th></tr></thead>
            <tbody>{messages.map((one) => <Row key={one.id} message={one} about={templates.find(({ code }) => code === one.template)?.about[language] ?? one.template} isBusy={resend.isPending} resend={() => resend.mutate(one.id)} />)}</tbody>
          </table>
          {found.hasNextPage && <button type="button" className="btn" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{words.more}</button>}
        </div>
      )}
    </>
  );
}

function Channels({ day }: { day: MessageDay }) {
  const words = useStrings(strings);
  if (day.channels.length === 0) return <p className="c-warn message-channels">{words.noChannel}</p>;
  return (
    <ul className="message-channels">
      {day.channels.map(({ channel, adapter, sentDay, failedDay }) => (
        <li key={channel}><b>{words.channels[channel]}</b>{adapter === 'outbox' && <span className="c3">{words.outbox}</span>}<span className={failedDay > 0 ? 'c-bad' : 'c3'}>{words.day(sentDay, failedDay)}</span></li>
      ))}
    </ul>
  );
}

function Row({ message, about, isBusy, resend }: { message: MessageLine; about: string; isBusy: boolean; resend: () => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { createdAt, to, channel, state, why, answer, attempts } = message;
  const [icon, tone] = marks[state];
  return (
    <tr>
      <td className="nw">{formatDateTime(createdAt, language)}</td><th scope="row" className="nw">{to ?? '–'}</th><td>{about}</td><td>{channel === undefined ? '–' : words.channels[channel]}{attempts > 1 && <small className="c3">{words.tries(attempts)}</small>}</td>
      <td><span className={`message-state ${tone}`}><Icon name={icon} size={16} />{words.states[state]}</span>{why !== undefined && <small>{words.whys[why] ?? why}</small>}{answer !== undefined && <small>{words.answered(words.answers[answer] ?? answer)}</small>}</td>
      <td>{canResend.includes(state) && <button type="button" className="btn small" disabled={isBusy} onClick={resend}><Icon name="retry" size={14} />{words.resend}</button>}</td>
    </tr>
  );
}
