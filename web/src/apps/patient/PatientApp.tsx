// The patient app: who is signed in, for whom one looks, and the page at this address.
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { LanguageProvider } from '../../lib/language.tsx';
import { createQueries } from '../../lib/queries.ts';
import { sessionRefused, useSession } from '../../modules/security/session.ts';
import { BookingProvider } from './book/booking-choices.tsx';
import { BookingPages } from './book/BookingPages.tsx';
import { FamilyProvider, useFamily } from './family.tsx';
import { Frame, Loading, NoConnection } from './Frame.tsx';
import { HomePage } from './home/HomePage.tsx';
import { useMyDay } from './my-day.ts';
import { AppointmentPage } from './pages/AppointmentPage.tsx';
import { FamilyPage } from './pages/FamilyPage.tsx';
import { ArrivePage } from './pages/ArrivePage.tsx';
import { ProfilePage } from './pages/ProfilePage.tsx';
import { NotForPatients, SignIn } from './pages/SignIn.tsx';
import { PlaceProvider, usePlace } from './place.tsx';

export function PatientApp() {
  const [queries] = useState(() => {
    const cache = createQueries((error) => sessionRefused(cache, error));
    return cache;
  });
  return (
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <PlaceProvider><Door /></PlaceProvider>
      </QueryClientProvider>
    </LanguageProvider>
  );
}

function Door() {
  const session = useSession();
  if (session.data === null) return <SignIn />;
  if (session.isPending && session.fetchStatus === 'fetching' && navigator.onLine) return <Loading />;
  if (session.data !== undefined && !session.data.permissions.includes('booking.own')) return <NotForPatients />;
  return <Home />;
}

function Home() {
  const day = useMyDay();
  if (day.data === undefined) return day.isError ? <NoConnection error={day.error} again={() => void day.refetch()} /> : <Loading />;
  return (
    <FamilyProvider day={day.data}>
      <BookingProvider><Pages /></BookingProvider>
    </FamilyProvider>
  );
}

function Pages() {
  const { path } = usePlace();
  const { day } = useFamily();
  const [, first = '', second = '', third = ''] = path.split('/');
  if (first === 'book') return <BookingPages step={second} />;
  if (first === 'appointments') {
    const appointment = [...day.coming, ...day.past].find(({ id }) => id === second);
    if (appointment !== undefined && third === 'arrive') return <ArrivePage appointment={appointment} />;
    if (appointment !== undefined) return <AppointmentPage appointment={appointment} />;
  }
  if (first === 'family') return <Frame><FamilyPage /></Frame>;
  if (first === 'me') return <Frame><ProfilePage /></Frame>;
  return <Frame family><HomePage /></Frame>;
}
