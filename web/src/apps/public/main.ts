// The public booking page: for a cheap telephone on a slow line, without an account.
import './public.css';
import { appointmentPage, bookedPage, lookUpPage } from './appointment-pages.ts';
import { codePage } from './code-page.ts';
import { doctorPage } from './doctor-page.ts';
import { draft } from './draft.ts';
import { findPage } from './find-page.ts';
import { drawPage, type PageParts } from './frame.ts';
import { personPage } from './person-page.ts';
import { followPlace, go, placeNow, type Place } from './place.ts';
import { language, speak, words } from './speak.ts';
import { timePage } from './time-page.ts';

function pageAt(place: Place): PageParts {
  switch (place.page) {
    case 'find': return findPage();
    case 'doctor': return doctorPage(place);
    case 'time': return timePage(place);
    case 'person': return personPage(place);
    case 'code': return codePage(place);
    case 'booked': return draft.booked === undefined ? lookUpPage() : bookedPage(draft.booked);
    case 'look-up': return lookUpPage();
    case 'appointment': return draft.found === undefined ? lookUpPage() : appointmentPage(draft.found);
  }
}

/** A page opened anew has forgotten the time chosen: it is chosen again. */
function isLost({ page }: Place): boolean {
  return (page === 'person' || page === 'code') && draft.start === undefined;
}

speak(language());
const root = document.getElementById('root');
let isFirst = true;
if (root !== null) followPlace(() => {
  const place = placeNow();
  if (isLost(place)) {
    draft.told = draft.booked === undefined ? words().lost : undefined;
    return go(draft.booked === undefined ? { ...place, page: 'time' } : { page: 'booked' }, 'replace');
  }
  if (place.page !== 'find' && place.page !== 'look-up' && place.specialty === undefined && ['doctor', 'time'].includes(place.page)) return go({ page: 'find' }, 'replace');
  drawPage(root, pageAt(place), isFirst);
  isFirst = false;
});
