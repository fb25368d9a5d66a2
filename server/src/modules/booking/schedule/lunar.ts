// The Vietnamese lunar calendar (meridian 105°E): new moons and the sun's longitude by the truncated series of Meeus, Astronomical Algorithms, 2nd ed., ch. 25 and 49.
const rad = Math.PI / 180;
const zoneDays = 7 / 24;

/** Julian day number of a date of the Gregorian calendar. */
function julianDay(year: number, month: number, day: number): number {
  return Math.floor(Date.UTC(year, month - 1, day) / 86_400_000) + 2_440_588;
}

function dateOf(julian: number): string {
  return new Date((julian - 2_440_588) * 86_400_000).toISOString().slice(0, 10);
}

/** Local day (Julian) of the k-th new moon since 2000-01-06. */
function newMoonDay(k: number): number {
  const t = k / 1236.85;
  const mean = 2_451_550.09766 + 29.530588861 * k + 0.00015437 * t * t - 0.00000015 * t ** 3;
  const e = 1 - 0.002516 * t - 0.0000074 * t * t;
  const sun = (2.5534 + 29.1053567 * k - 0.0000014 * t * t) * rad;
  const moon = (201.5643 + 385.81693528 * k + 0.0107582 * t * t) * rad;
  const f = (160.7108 + 390.67050284 * k - 0.0016118 * t * t) * rad;
  const node = (124.7746 - 1.56375588 * k + 0.0020672 * t * t) * rad;
  const correction = -0.4072 * Math.sin(moon) + 0.17241 * e * Math.sin(sun) + 0.01608 * Math.sin(2 * moon) + 0.01039 * Math.sin(2 * f) + 0.00739 * e * Math.sin(moon - sun)
    - 0.00514 * e * Math.sin(moon + sun) + 0.00208 * e * e * Math.sin(2 * sun) - 0.00111 * Math.sin(moon - 2 * f) - 0.00057 * Math.sin(moon + 2 * f)
    + 0.00056 * e * Math.sin(2 * moon + sun) - 0.00042 * Math.sin(3 * moon) + 0.00042 * e * Math.sin(sun + 2 * f) + 0.00038 * e * Math.sin(sun - 2 * f)
    - 0.00024 * e * Math.sin(2 * moon - sun) - 0.00017 * Math.sin(node);
  const deltaT = 69 / 86_400; // terrestrial less universal time, early 21st century
  return Math.floor(mean + correction - deltaT + 0.5 + zoneDays);
}

/** Which of the twelve major terms holds at local midnight that begins a day: the sun's longitude in steps of 30°. */
function solarTerm(julian: number): number {
  const t = (julian - 0.5 - zoneDays - 2_451_545) / 36_525;
  const m = (357.52911 + 35_999.05029 * t - 0.0001537 * t * t) * rad;
  const centre = (1.914602 - 0.004817 * t) * Math.sin(m) + (0.019993 - 0.000101 * t) * Math.sin(2 * m) + 0.000289 * Math.sin(3 * m);
  const longitude = 280.46646 + 36_000.76983 * t + 0.0003032 * t * t + centre - 0.00569 - 0.00478 * Math.sin((125.04 - 1934.136 * t) * rad);
  return Math.floor((((longitude % 360) + 360) % 360) / 30);
}

/** k of the new moon that begins the month of the winter solstice (the eleventh) of a year. */
function eleventhMonth(year: number): number {
  const k = Math.floor((julianDay(year, 12, 31) - 2_451_550) / 29.530588861);
  return solarTerm(newMoonDay(k)) >= 9 ? k - 1 : k;
}

/** The months of a lunar year: k of the new moon that begins the first month, and the month after which a leap month stands, if one does. */
function yearOf(year: number): { first: number; leapAfter: number | undefined } {
  const [before, after] = [eleventhMonth(year - 1), eleventhMonth(year)];
  let leap: number | undefined;
  if (after - before === 13) {
    // The leap month is the first without a major term.
    for (let i = 1; i < 13 && leap === undefined; i++) if (solarTerm(newMoonDay(before + i)) === solarTerm(newMoonDay(before + i + 1))) leap = i;
  }
  const first = before + 2 + (leap !== undefined && leap <= 2 ? 1 : 0);
  return { first, leapAfter: leap === undefined || leap <= 2 ? undefined : leap - 2 };
}

/** The Gregorian date of a day of the Vietnamese lunar calendar (not of a leap month). */
export function lunarDate(year: number, month: number, day: number): string {
  const { first, leapAfter } = yearOf(year);
  const k = first + month - 1 + (leapAfter !== undefined && month > leapAfter ? 1 : 0);
  return dateOf(newMoonDay(k) + day - 1);
}
