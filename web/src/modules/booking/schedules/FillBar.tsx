// How full a session is: taken, kept for a door, free.
export function FillBar({ taken, kept, seats, warn = false }: { taken: number; kept: number; seats: number; warn?: boolean }) {
  const share = (n: number) => `${seats === 0 ? 0 : (100 * n) / seats}%`;
  return <span className="fill-bar" aria-hidden="true"><i className={`fill ${warn ? 'warn' : 'taken'}`} style={{ width: share(taken) }} /><i className="fill kept" style={{ width: share(kept) }} /></span>;
}
