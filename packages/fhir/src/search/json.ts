// The values of resources as the walk meets them: any JSON.
import type { Sink } from './sink.ts';

export type Json = Record<string, unknown>;
export type Leaf = (value: unknown, sink: Sink) => void;

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const object = (value: unknown): Json | undefined => (typeof value === 'object' && value !== null ? (value as Json) : undefined);

/** A phone number or address as it is compared: digits with a leading 0 for +84, or the text in lower case. */
export function contactText(value: string): string {
  if (!/^[+\d][\d\s().-]*$/.test(value)) return value.trim().toLowerCase();
  return value.replace(/[^\d+]/g, '').replace(/^\+84/, '0').replace(/^0084/, '0');
}
