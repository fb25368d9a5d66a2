// At the door: the camera reads the code there and the hospital knows that one has come. Without a camera the desk does the same.
import type * as contracts from '@sen/contracts';
import type { AppointmentView } from '@sen/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { call } from '../../../lib/api.ts';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { useFamily } from '../family.tsx';
import { CallForHelp, Refused } from '../Frame.tsx';
import { CodePart } from '../home/Pass.tsx';
import { forgetDay } from '../my-day.ts';
import { usePlace } from '../place.tsx';
import { strings } from '../strings.ts';

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const doorPrefix = 'SEN:D:';
const lookEveryMs = 250;

export function ArrivePage({ appointment }: { appointment: AppointmentView }) {
  const words = useStrings(strings);
  const { day } = useFamily();
  const { back, go } = usePlace();
  const queries = useQueryClient();
  usePageTitle(words.atTheDoor);
  const arrive = useMutation({
    mutationFn: (door: string) => call<typeof contracts.checkInMyself>('POST', '/api/my/appointments/:appointmentId/arrive', { appointmentId: appointment.id, door }),
    onSuccess: async () => {
      await forgetDay(queries);
      go('/', 'replace');
    },
  });
  return (
    <div className="booking">
      <header className="book-top"><div><button type="button" className="back" onClick={back}><Icon name="back" size={24} />{words.back}</button><CallForHelp /></div></header>
      <main>
        <h1>{words.scanDoor}</h1>
        <p className="lead">{words.scanDoorLead}</p>
        <Refused error={arrive.error} />
        <Camera found={(text) => text.startsWith(doorPrefix) && !arrive.isPending && arrive.mutate(text)} />
        <section className="card"><CodePart qr={appointment.qr} title={words.orShow} line={<>{words.code} <b>{appointment.code}</b></>} kept={day.kept === true} /></section>
      </main>
    </div>
  );
}

function Camera({ found }: { found: (text: string) => void }) {
  const words = useStrings(strings);
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef(found);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    told.current = found;
  });
  useEffect(() => {
    const end = new AbortController();
    watch(video.current, (text) => told.current(text), end.signal).catch(() => setMissing(true));
    return () => end.abort();
  }, []);
  if (isMissing) return <p className="none">{words.noCamera}</p>;
  return <video ref={video} className="camera" muted playsInline aria-label={words.cameraLabel} />;
}

async function watch(video: HTMLVideoElement | null, found: (text: string) => void, ended: AbortSignal): Promise<void> {
  const Reader = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (video === null || Reader === undefined) throw new Error('no reader');
  const reader = new Reader({ formats: ['qr_code'] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  const stop = () => stream.getTracks().forEach((track) => track.stop());
  if (ended.aborted) return stop();
  ended.addEventListener('abort', stop);
  video.srcObject = stream;
  await video.play();
  while (!ended.aborted) {
    for (const { rawValue } of await reader.detect(video).catch(() => [])) found(rawValue);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}
