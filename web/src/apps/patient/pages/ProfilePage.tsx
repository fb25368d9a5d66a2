// Oneself: language, how one is told, who looked at the record, and out.
import { Icon, type IconName } from '../../../kit/icons.tsx';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { useFamily } from '../family.tsx';
import { Refused } from '../Frame.tsx';
import { strings } from '../strings.ts';
import { MessageChoices } from './MessageChoices.tsx';
import { PushChoice } from './PushChoice.tsx';
import { useLeave } from './use-leave.ts';

const links: readonly (readonly [href: string, icon: IconName, word: 'sharing' | 'access' | 'requests' | 'account'])[] = [
  ['/my/sharing', 'people', 'sharing'], ['/my/access-log', 'clock', 'access'], ['/my/requests', 'document', 'requests'], ['/my/account', 'key', 'account'],
];

export function ProfilePage() {
  const words = useStrings(strings);
  const { language, choose } = useLanguage();
  const { day } = useFamily();
  const leave = useLeave();
  usePageTitle(words.tabs.me);
  return (
    <>
      <h1>{words.tabs.me}</h1>
      <h2 className="sec">{words.language}</h2>
      <div className="picks" role="group" aria-label={words.language}>
        <button type="button" lang="vi" aria-pressed={language === 'vi'} onClick={() => choose('vi')}>Tiếng Việt</button>
        <button type="button" lang="en" aria-pressed={language === 'en'} onClick={() => choose('en')}>English</button>
      </div>
      {day.kept !== true && <><h2 className="sec">{words.messages.title}</h2><PushChoice /><MessageChoices /></>}
      <h2 className="sec">{words.privacy}</h2>
      <nav className="rows" aria-label={words.privacy}>
        {links.map(([href, icon, word]) => <a key={href} href={href}><Icon name={icon} size={24} /><span>{words.links[word]}</span><Icon name="right" size={22} /></a>)}
      </nav>
      <Refused error={leave.error} />
      <button type="button" className="secondary out" disabled={leave.isPending} onClick={() => leave.mutate()}><Icon name="out" size={22} />{words.signOut}</button>
      <p className="lead">{words.signOutLead}</p>
    </>
  );
}
