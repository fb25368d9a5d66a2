// Find anything, the open charts, the time, the language, who I am.
import { Menu } from '@mantine/core';
import type { OwnSession } from '@sen/contracts';
import { Link } from 'react-router';
import { Icon } from '../../kit/icons.tsx';
import { formatToday, initialOf } from '../../lib/format.ts';
import { useMinute } from '../../lib/clock.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useTheme, type Theme } from '../../lib/theme.tsx';
import { useDemoAccounts, useSignOut } from '../../modules/security/session.ts';
import { strings as securityStrings } from '../../modules/security/strings.ts';
import { ChartTabs } from './ChartTabs.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { forgetOpenPatients } from './open-patients.tsx';
import { pageOfPerson, placesFor } from './places.ts';
import { strings } from './strings.ts';

export function TopBar({ session, find, lock }: { session: OwnSession; find: () => void; lock: () => void }) {
  const words = useStrings(strings);
  return (
    <header className="top">
      <button type="button" className="find" onClick={find} aria-keyshortcuts="Control+K"><Icon name="search" /><span>{pageOfPerson(session.permissions) === undefined ? words.findPage : words.find}</span><kbd>Ctrl K</kbd></button>
      <ChartTabs />
      <span className="top-space" />
      <DemoMark />
      <Clock />
      <LanguageSwitch />
      <Me session={session} lock={lock} />
    </header>
  );
}

function Clock() {
  const { language } = useLanguage();
  const words = useStrings(strings);
  const { day, time } = formatToday(useMinute(), language);
  return <div className="clock" role="timer" aria-label={words.clock}><small>{day}</small> {time}</div>;
}

/** Nobody shall take the demo hospital for the real one. */
function DemoMark() {
  const { demoHospital } = useStrings(securityStrings);
  return useDemoAccounts().data?.password === undefined ? null : <span className="pill warn demo-mark">{demoHospital}</span>;
}

const themes: readonly Theme[] = ['auto', 'light', 'dark'];

function Me({ session: { account, permissions, lockMinutes }, lock }: { session: OwnSession; lock: () => void }) {
  const words = useStrings(strings);
  const { roles, lockNow } = useStrings(securityStrings);
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
        {placesFor(permissions).map(({ to, text }) => <Menu.Item key={to} component={Link} to={to}>{words.places[text]}</Menu.Item>)}
        <Menu.Divider />
        {lockMinutes !== undefined && <Menu.Item leftSection={<Icon name="lock" />} rightSection={<kbd>Alt L</kbd>} onClick={lock}>{lockNow}</Menu.Item>}
        <Menu.Item leftSection={<Icon name="out" />} closeMenuOnClick={false} disabled={signOut.isPending} onClick={() => signOut.mutate()}>{signOut.isError ? words.signOutFailed : words.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
