// Days off of the Labour Code 45/2019/QH14, article 112, in force since 2021-01-01. The day beside Tết and National Day is announced each year: the hospital sets it.
import { addDays } from '../seats/local-time.ts';
import { lunarDate } from './lunar.ts';

/** Days off of a year by date. */
export function lawHolidays(year: number): Map<string, string> {
  const newYear = lunarDate(year, 1, 1);
  const tet = [-1, 0, 1, 2, 3].map((offset): [string, string] => [addDays(newYear, offset), 'Tết Nguyên đán']);
  return new Map([
    [`${year}-01-01`, 'Tết Dương lịch'],
    ...tet,
    [lunarDate(year, 3, 10), 'Giỗ Tổ Hùng Vương'],
    [`${year}-04-30`, 'Ngày Chiến thắng'],
    [`${year}-05-01`, 'Quốc tế Lao động'],
    [`${year}-09-01`, 'Quốc khánh'],
    [`${year}-09-02`, 'Quốc khánh'],
  ]);
}
