// Opens an app with this patient in view (SMART EHR launch). Shows nothing where there is no such app.
import './apps.css';
import { Menu } from '@mantine/core';
import { Icon } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { useLaunchableApps, useLaunchApp } from './requests.ts';
import { strings } from './strings.ts';

export function OpenApp({ patientId }: { patientId: string }) {
  const words = useStrings(strings);
  const { data } = useLaunchableApps();
  const launch = useLaunchApp();
  if (data === undefined || data.apps.length === 0) return null;
  const open = (appId: string) => {
    // At once, while the press still counts as the person's own: a window opened after the answer would be held back.
    const opened = window.open('about:blank', '_blank');
    launch.mutate({ appId, patientId }, {
      onSuccess: ({ url }) => {
        if (opened === null) return window.location.assign(url);
        opened.opener = null; // the app must not lead this page elsewhere
        opened.location.href = url;
      },
      onError: () => opened?.close(),
    });
  };
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target><button type="button" className="open-app" disabled={launch.isPending}><Icon name="right" size={15} />{launch.isPending ? words.opening : words.open}</button></Menu.Target>
      <Menu.Dropdown>{data.apps.map(({ id, name }) => <Menu.Item key={id} onClick={() => open(id)}>{name}</Menu.Item>)}</Menu.Dropdown>
    </Menu>
  );
}
