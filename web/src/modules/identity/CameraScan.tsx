// The camera as a scanner: of a desk, of a machine at the door, of a telephone. What it reads goes the way of every other scanner's text.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Icon } from '../../kit/icons.tsx';
import { listCameras, NoCamera, openCamera, type CameraFailure } from '../../lib/camera/open-camera.ts';
import { watchCodes } from '../../lib/camera/watch-codes.ts';
import { useKept } from '../../lib/kept.ts';
import { useStrings } from '../../lib/language.tsx';
import './camera-scan.css';

const vi = {
  picture: 'Hình từ máy ảnh', asking: 'Đang mở máy ảnh. Trình duyệt hỏi thì chọn “Cho phép”.', looking: 'Đưa mã QR vào trong khung, giữ yên.', camera: 'Máy ảnh', nameless: (n: number) => `Máy ảnh ${n}`, light: 'Đèn', again: 'Thử lại',
  failed: {
    refused: 'Trình duyệt chưa được phép dùng máy ảnh. Bấm biểu tượng cạnh địa chỉ trang, cho phép máy ảnh rồi thử lại.', none: 'Máy này không có máy ảnh, hoặc máy ảnh chưa cắm.',
    busy: 'Phần mềm khác đang dùng máy ảnh. Đóng phần mềm đó rồi thử lại.', insecure: 'Trang mở bằng http nên không dùng được máy ảnh. Báo bộ phận công nghệ thông tin mở bằng https.',
  } satisfies Record<CameraFailure, string>,
};
const en: typeof vi = {
  picture: 'Picture of the camera', asking: 'Opening the camera. If the browser asks, choose “Allow”.', looking: 'Hold the QR code still inside the frame.', camera: 'Camera', nameless: (n) => `Camera ${n}`, light: 'Light', again: 'Try again',
  failed: {
    refused: 'The browser may not use the camera. Press the sign beside the address of this page, allow the camera and try again.', none: 'This machine has no camera, or it is not plugged in.',
    busy: 'Another program has the camera. Close it and try again.', insecure: 'This page was opened over http, where no camera can be used. Ask your IT people for the https address.',
  },
};

type State = 'asking' | 'looking' | CameraFailure;
interface Opened { readonly cameras: Awaited<ReturnType<typeof listCameras>>; readonly chosen?: string | undefined; readonly track: MediaStreamTrack }

/** Reads codes while it is shown; each text once, as long as the card stays. `instead` says what one does without a camera. */
export function CameraScan(props: { found: (text: string) => void; instead?: string }) {
  const [attempt, setAttempt] = useState(0);
  return <Look key={attempt} {...props} again={() => setAttempt(attempt + 1)} />;
}

function Look({ found, instead, again }: { found: (text: string) => void; instead?: string; again: () => void }) {
  const words = useStrings({ vi, en });
  const video = useRef<HTMLVideoElement>(null);
  const [kept, keepCamera] = useKept<string | undefined>('sen.camera', undefined);
  const [state, setState] = useState<State>('asking');
  const [opened, setOpened] = useState<Opened>();
  const told = useEffectEvent(found);
  useEffect(() => {
    const end = new AbortController();
    const show = async () => {
      setState('asking');
      const track = await play(video.current, kept, end.signal);
      if (track === undefined) return;
      track.addEventListener('ended', () => setState('none')); // the camera was unplugged
      setOpened({ track, cameras: await listCameras(), chosen: track.getSettings().deviceId });
      setState('looking');
      if (video.current !== null) await watchCodes(video.current, told, end.signal);
    };
    show().catch((error: unknown) => { if (!end.signal.aborted) setState(error instanceof NoCamera ? error.reason : 'none'); });
    return () => end.abort();
  }, [kept]);
  const isFailed = state !== 'asking' && state !== 'looking';
  return (
    <div className="camera-scan">
      <div className="camera-frame" data-state={isFailed ? 'failed' : state} hidden={isFailed}><video ref={video} muted playsInline aria-label={words.picture} /></div>
      <p role={isFailed ? 'alert' : 'status'}>{isFailed ? <><Icon name="camera" size={24} /><span>{words.failed[state]}{instead === undefined ? '' : ` ${instead}`}</span></> : words[state]}</p>
      {isFailed && <button type="button" className="btn" onClick={again}>{words.again}</button>}
      {state === 'looking' && opened !== undefined && (
        <div className="camera-choice">
          {opened.cameras.length > 1 && <label>{words.camera}<select value={opened.chosen ?? ''} onChange={(event) => keepCamera(event.currentTarget.value)}>{opened.cameras.map(({ id, name }, i) => <option key={id} value={id}>{name === '' ? words.nameless(i + 1) : name}</option>)}</select></label>}
          <Light key={opened.track.id} track={opened.track} />
        </div>
      )}
    </div>
  );
}

/** Undefined: it was ended meanwhile. */
async function play(video: HTMLVideoElement | null, camera: string | undefined, ended: AbortSignal): Promise<MediaStreamTrack | undefined> {
  const stream = await openCamera(camera);
  const stop = () => stream.getTracks().forEach((track) => track.stop());
  if (ended.aborted || video === null) {
    stop();
    return undefined;
  }
  ended.addEventListener('abort', stop);
  video.srcObject = stream;
  await video.play();
  return ended.aborted ? undefined : stream.getVideoTracks()[0];
}

/** The lamp of a telephone, where the camera has one (MediaStream Image Capture, `torch`). */
function Light({ track }: { track: MediaStreamTrack }) {
  const words = useStrings({ vi, en });
  const [isOn, setOn] = useState(false);
  const can = (track.getCapabilities?.() as { torch?: boolean } | undefined)?.torch === true;
  if (!can) return null;
  const turn = async () => {
    await track.applyConstraints({ advanced: [{ torch: !isOn } as MediaTrackConstraintSet] });
    setOn(!isOn);
  };
  return <button type="button" className="btn" aria-pressed={isOn} onClick={() => void turn()}>{words.light}</button>;
}
