// Our icons: one stroke, 24 × 24. Decoration only; the word beside them speaks.
const shapes = {
  search: 'M11 4.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M16 16l4.5 4.5',
  people: 'M9 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7M2.5 20c.5-4 3-6 6.5-6s6 2 6.500 6M16 4.800a3.500 3.500 0 0 1 0 6.400M18 14.500c2 .8 3.200 2.800 3.500 5.500',
  person: 'M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.500 20.500c.8-4.200 3.700-6 7.500-6s6.700 1.800 7.500 6',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5l3 2',
  flask: 'M9 3h6M10 3v6l-5 9a2 2 0 0 0 2 3h10a2 2 0 0 0 2-3l-5-9V3M7.500 15h9',
  bed: 'M3 6v13M3 15h18v4M21 15v-2a3 3 0 0 0-3-3h-8v5M6.500 9.500a1.500 1.500 0 1 0 0 3a1.500 1.500 0 0 0 0-3',
  keys: 'M4 6h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1M7 10h.1M10.300 10h.1M13.600 10h.1M17 10h.1M8 14h8',
  close: 'M6 6l12 12M18 6L6 18',
  octagon: 'M8.300 3h7.400L21 8.300v7.400L15.700 21H8.300L3 15.700V8.300zM12 8v5M12 16v.1',
  warning: 'M12 4l9 16H3zM12 10v4.500M12 17.200v.1',
  shield: 'M12 3l8 3v6c0 4.500-3.200 7.500-8 9-4.800-1.500-8-4.500-8-9V6zM8.500 12l2.500 2.500L15.500 10',
  pin: 'M12 21c4-4.500 6.500-8 6.500-11a6.500 6.500 0 0 0-13 0c0 3 2.500 6.500 6.500 11zM12 7.700a2.300 2.300 0 1 0 0 4.600a2.300 2.300 0 0 0 0-4.600',
  up: 'M6 15l6-6 6 6',
  down: 'M6 9l6 6 6-6',
  doubleUp: 'M6 12l6-6 6 6M6 18l6-6 6 6',
  doubleDown: 'M6 6l6 6 6-6M6 12l6 6 6-6',
  right: 'M9 6l6 6-6 6',
  back: 'M20 12H5M11 6l-6 6 6 6',
  stethoscope: 'M5 4v5a4 4 0 0 0 8 0V4M9 13v2a5 5 0 0 0 10 0v-2M19 9a2 2 0 1 0 0 4a2 2 0 0 0 0-4',
  syringe: 'M14 4l6 6M17 7l-9 9H5v-3l9-9M11 8l2 2M3 21l3-3',
  pill: 'M10 20a4.500 4.500 0 0 1-6-6l8-8a4.500 4.500 0 0 1 6.500 6zM8.500 9.500l6 6',
  image: 'M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1M4 16l4.500-4.500 4 4L15 13l5 5M15.500 7.500a1.500 1.500 0 1 0 0 3a1.500 1.500 0 0 0 0-3',
  scissors: 'M6 15.500a2.500 2.500 0 1 0 0 5a2.500 2.500 0 0 0 0-5M18 15.500a2.500 2.500 0 1 0 0 5a2.500 2.500 0 0 0 0-5M7.500 16L17 3M16.500 16L7 3',
  document: 'M7 3h7l5 5v12a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1M14 3v5h5M9 13h6M9 17h6',
  home: 'M4 11l8-7 8 7M6 9.500V20h12V9.500M10 20v-6h4v6',
  phone: 'M5 4h4l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v4a1 1 0 0 1-1 1A15 15 0 0 1 4 5a1 1 0 0 1 1-1z',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  info: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 11v5.500M12 7.800v.1',
  siren: 'M6 18v-5a6 6 0 0 1 12 0v5M4 21h16M4 18h16M12 3V2M4.500 6l-1-1M19.500 6l1-1',
  retry: 'M20 11a8 8 0 1 0-2.300 6.200M20 5v6h-6',
  save: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  moon: 'M20 14.500A8.500 8.500 0 1 1 9.500 4a7 7 0 0 0 10.500 10.500z',
  globe: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M3 12h18M12 3c5 5.500 5 12.500 0 18M12 3c-5 5.500-5 12.500 0 18',
  key: 'M8 10a4 4 0 1 0 0 8a4 4 0 0 0 0-8M11 11.500L20 3M16.500 6.500l3 3M13.500 9.300l2 2',
  lock: 'M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1M8 11V8a4 4 0 0 1 8 0v3',
  out: 'M14 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h8M10 12h10M17 9l3 3-3 3',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg className={className} width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}

export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="var(--sen-brand)" aria-hidden="true">
      <path d="M12 3C14.9 6 16.2 9 16.2 11.8 16.2 14.8 14.7 17.3 12 19.3 9.3 17.3 7.8 14.8 7.8 11.8 7.8 9 9.1 6 12 3Z" />
      <path d="M1 8.2C3 7.8 4.9 8.2 6.5 9.1 6.3 10 6.2 10.9 6.2 11.8 6.2 15.1 7.7 18 10.4 20.1 5.2 20.4 1 16 1 8.2Z" />
      <path d="M23 8.2C21 7.8 19.1 8.2 17.5 9.1 17.7 10 17.8 10.9 17.8 11.8 17.8 15.1 16.3 18 13.6 20.1 18.8 20.4 23 16 23 8.2Z" />
    </svg>
  );
}
