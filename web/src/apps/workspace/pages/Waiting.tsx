import { Mark } from '../../../kit/icons.tsx';

/** The first instant, before we know who is signed in. */
export function Waiting() {
  return <div className="waiting" role="status" aria-label="Sen"><Mark size={40} /></div>;
}
