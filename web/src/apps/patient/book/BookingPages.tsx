// Booking in five taps: who, which specialty, which doctor, when, book.
import { useStrings } from '../../../lib/language.tsx';
import { useFamily } from '../family.tsx';
import { strings } from '../strings.ts';
import { useBooking } from './booking-choices.tsx';
import { BookingFrame } from './BookingFrame.tsx';
import { CheckStep } from './CheckStep.tsx';
import { DoctorStep } from './DoctorStep.tsx';
import { TimeStep } from './TimeStep.tsx';
import { WaitPage } from './WaitPage.tsx';
import { WhoStep } from './WhoStep.tsx';

export function BookingPages({ step }: { step: string }) {
  const words = useStrings(strings);
  const { day } = useFamily();
  const { choices: { specialty, hold } } = useBooking();
  if (day.kept === true) return <BookingFrame step={1} title={words.bookOffline}><p>{words.bookOfflineLead}</p></BookingFrame>;
  if (step === 'check' && hold !== undefined) return <CheckStep hold={hold} />;
  if (step === 'wait' && specialty !== undefined) return <WaitPage specialty={specialty} />;
  if ((step === 'time' || step === 'check') && specialty !== undefined) return <TimeStep specialty={specialty} />;
  if (step === 'doctor' && specialty !== undefined) return <DoctorStep specialty={specialty} />;
  return <WhoStep />;
}
