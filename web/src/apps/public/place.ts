// Where one is: the address holds what was chosen so far, so that back, reload and a sent link all work. Who one is never stands in it.
const base = '/dat-kham';

export type PageName = 'find' | 'doctor' | 'time' | 'person' | 'code' | 'booked' | 'look-up' | 'appointment';

const paths: Readonly<Record<PageName, string>> = {
  'find': '', 'doctor': '/bac-si', 'time': '/gio', 'person': '/nguoi-benh', 'code': '/ma', 'booked': '/da-dat', 'look-up': '/tra-cuu', 'appointment': '/lich-hen',
};

export interface Place {
  readonly page: PageName;
  readonly specialty?: string;
  readonly doctor?: string;
  readonly day?: string;
}

export function placeNow(): Place {
  const path = location.pathname.slice(base.length).replace(/\/+$/, '');
  const page = (Object.keys(paths) as PageName[]).find((one) => paths[one] === path) ?? 'find';
  const query = new URLSearchParams(location.search);
  const [specialty, doctor, day] = [query.get('khoa'), query.get('bac-si'), query.get('ngay')];
  return { page, ...(specialty !== null && { specialty }), ...(doctor !== null && { doctor }), ...(day !== null && { day }) };
}

export function addressOf({ page, specialty, doctor, day }: Place): string {
  const query = new URLSearchParams();
  if (specialty !== undefined) query.set('khoa', specialty);
  if (doctor !== undefined) query.set('bac-si', doctor);
  if (day !== undefined) query.set('ngay', day);
  return base + paths[page] + (query.size === 0 ? '' : `?${query}`);
}

let draw: () => void = () => undefined;

/** Draws the page at hand, now and whenever the address changes. */
export function followPlace(drawPage: () => void): void {
  draw = drawPage;
  window.addEventListener('popstate', draw);
  draw();
}

export function go(place: Place, how?: 'replace'): void {
  if (how === 'replace') history.replaceState(null, '', addressOf(place));
  else history.pushState(null, '', addressOf(place));
  draw();
  window.scrollTo(0, 0);
}
