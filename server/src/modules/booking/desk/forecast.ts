// People expected in an hour to come: those booked who usually show up, and those who usually come without appointment.
import type { ArrivalHistory } from './history-store.ts';
import { instantOf, localDay } from '../seats/local-time.ts';

/** 80 of 100 such hours lie within the range, as counts of independent people spread (Poisson, normal approximation). */
const spread = 1.28;

export function forecastOf(booked: number, here: number, history: ArrivalHistory, from: number, now: number): { low: number; likely: number; high: number } {
  const hour = Math.floor((from - instantOf(localDay(from), 0)) / 3_600_000);
  const share = Math.min(1, Math.max(0, (from + 3_600_000 - now) / 3_600_000));
  const coming = booked * history.showShare + (history.walkInsAt.get(hour) ?? 0) * share;
  const margin = spread * Math.sqrt(booked * history.showShare * (1 - history.showShare) + (history.walkInsAt.get(hour) ?? 0) * share);
  return { low: Math.max(0, Math.floor(here + coming - margin)), likely: Math.round(here + coming), high: Math.ceil(here + coming + margin) };
}
