// At the door: the camera reads the code there and the hospital knows that one has come. Without a camera the desk does the same.
import type * as contracts from '@sen/contracts';
import type { AppointmentView } from '@sen/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { call } from '../../../lib/api.ts';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { CameraScan } from '../../../modules/identity/CameraScan.tsx';
import { useFamily } from '../family.tsx';
import { CallForHelp, Refused } from '../Frame.tsx';
import { CodePart } from '../home/Pass.tsx';
import { forgetDay } from '../my-day.ts';
import { usePlace } from '../place.tsx';
import { strings } from '../strings.ts';

const doorPrefix = 'SEN:D:';

export function ArrivePage({ appointment }: { appointment: AppointmentView }) {
  const words = useStrings(strings);
  const { day } = useFamily();
  const { back, go } = usePlace();
  const queries = useQueryClient();
  const [isOther, setOther] = useState(false);
  usePageTitle(words.atTheDoor);
  const arrive = useMutation({
    mutationFn: (door: string) => call<typeof contracts.checkInMyself>('POST', '/api/my/appointments/:appointmentId/arrive', { appointmentId: appointment.id, door }),
    onSuccess: async () => {
      await forgetDay(queries);
      go('/', 'replace');
    },
  });
  const take = (text: string) => {
    setOther(!text.startsWith(doorPrefix));
    if (text.startsWith(doorPrefix) && !arrive.isPending) arrive.mutate(text);
  };
  return (
    <div className="booking">
      <header className="book-top"><div><button type="button" className="back" onClick={back}><Icon name="back" size={24} />{words.back}</button><CallForHelp /></div></header>
      <main>
        <h1>{words.scanDoor}</h1>
        <p className="lead">{words.scanDoorLead}</p>
        <Refused error={arrive.error} />
        {isOther && <p className="refused" role="alert"><Icon name="warning" size={24} /><span>{words.otherCode}</span></p>}
        <CameraScan found={take} instead={words.noCamera} />
        <section className="card"><CodePart qr={appointment.qr} title={words.orShow} line={<>{words.code} <b>{appointment.code}</b></>} kept={day.kept === true} /></section>
      </main>
    </div>
  );
}
