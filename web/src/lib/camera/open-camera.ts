// Asks for a camera, and says why there is none.

/** `refused`: the person or the machine forbids it; `none`: there is no camera; `busy`: another program has it; `insecure`: not over https. */
export type CameraFailure = 'refused' | 'none' | 'busy' | 'insecure';

export class NoCamera extends Error {
  readonly reason: CameraFailure;
  constructor(reason: CameraFailure) {
    super(reason);
    this.reason = reason;
  }
}

/** A picture sharp enough for the QR of a citizen card, of about 50 × 50 squares. The caller stops its tracks. */
export async function openCamera(deviceId?: string): Promise<MediaStream> {
  if ((navigator as { mediaDevices?: MediaDevices }).mediaDevices === undefined) throw new NoCamera('insecure');
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...size, ...(deviceId === undefined ? { facingMode: 'environment' } : { deviceId: { ideal: deviceId } }) } });
  } catch (error) {
    throw new NoCamera(reasonOf(error));
  }
}

/** Names of Media Capture and Streams §10.2 (getUserMedia). */
function reasonOf(error: unknown): CameraFailure {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'none';
}

/** The cameras one may choose from; their names are known once one was allowed. */
export async function listCameras(): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '').map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}
