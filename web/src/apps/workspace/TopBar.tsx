// Find anything, the open charts, the time, the language, who I am.
import { Menu } from '@mantine/core';
import type { SignedInAccount } from '@sen/contracts';
import { Icon } from '../../kit/icons.tsx';
import { formatToday, initialOf } from '../../lib/format.ts';
import { useMinute } from '../../lib/clock.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useTheme, type Theme } from '../../lib/theme.tsx';
import { useSignOut } from '../../modules/security/session.ts';
import { strings as securityStrings } from '../../modules/security/strings.ts';
import { ChartTabs } from './ChartTabs.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { forgetOpenPatients } from './open-patients.tsx';
import { strings } from './strings.ts';

export function TopBar({ account, find }: { account: SignedInAccount; find: () => void }) {
  const words = useStrings(strings);
  return (
    <header className="top">
      <button type="button" className="find" onClick={find} aria-keyshortcuts="Control+K"><Icon name="search" /><span>{words.find}</span><kbd>Ctrl K</kbd></button>
      <ChartTabs />
      <span className="top-space" />
      <Clock />
      <LanguageSwitch />
      <Me account={account} />
    </header>
  );
}

function Clock() {
  const { language } = useLanguage();
  const words = useStrings(strings);
  const { day, time } = formatToday(useMinute(), language);
  return <div className="clock" role="timer" aria-label={words.clock}><small>{day}</small> {time}</div>;
}

const themes: readonly Theme[] = ['auto', 'light', 'dark'];

function Me({ account }: { account: SignedInAccount }) {
  const words = useStrings(strings);
  const { roles } = useStrings(securityStrings);
  const { theme, choose } = useTheme();
  const signOut = useSignOut(() => forgetOpenPatients(account.id));
  return (
    <Menu position="bottom-end" width={240} withinPortal={false} withInitialFocusPlaceholder={false} shadow="none" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className="me">
          <span className="av" aria-hidden="true">{initialOf(account.name)}</span>
          <span className="me-words"><span className="vh">{words.account}</span><b className="el">{account.name}</b><small className="el">{account.roles.map((role) => roles[role] ?? role).join(', ')}</small></span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.theme}</Menu.Label>
        <Menu.RadioGroup value={theme} onChange={(value) => choose(themes.find((one) => one === value) ?? 'auto')}>
          {themes.map((one) => <Menu.RadioItem key={one} value={one} closeMenuOnClick>{words.themes[one]}</Menu.RadioItem>)}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="out" />} closeMenuOnClick={false} disabled={signOut.isPending} onClick={() => signOut.mutate()}>{signOut.isError ? words.signOutFailed : words.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
