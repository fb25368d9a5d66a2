// What a part of a screen shows while it waits, when it failed, and when there is nothing.
import type { ReactNode } from 'react';
import { ApiError } from '../lib/api.ts';
import { useLanguage, useStrings } from '../lib/language.tsx';
import { Icon } from './icons.tsx';

const strings = {
  vi: { loading: 'Đang tải', failed: 'Chưa tải được phần này', retry: 'Thử lại', code: 'Mã yêu cầu' },
  en: { loading: 'Loading', failed: 'This part could not be loaded', retry: 'Try again', code: 'Request' },
};

/** Grey lines in place of rows to come. */
export function Bones({ rows, height = 14, gap = 8 }: { rows: number; height?: number; gap?: number }) {
  const words = useStrings(strings);
  return (
    <div role="status" style={{ display: 'grid', gap, padding: '4px 0' }}>
      <span className="vh">{words.loading}</span>
      {Array.from({ length: rows }, (_, at) => <span key={at} className="bone" style={{ height, width: `${96 - ((at * 17) % 34)}%` }} aria-hidden="true" />)}
    </div>
  );
}

export function Failed({ error, retry }: { error: Error; retry: () => void }) {
  const { language } = useLanguage();
  const words = useStrings(strings);
  const told = error instanceof ApiError ? error : undefined;
  return (
    <div className="note bad" role="alert">
      <Icon name="warning" size={18} className="c-bad" />
      <div className="what">
        <b>{words.failed}</b>
        {told?.text[language]}
        {told?.requestId !== undefined && <small> {words.code} {told.requestId}</small>}
      </div>
      <button type="button" className="btn small" onClick={retry}><Icon name="retry" size={14} />{words.retry}</button>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return <div className="empty"><b>{title}</b>{children}</div>;
}

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** Shows bones, the failure or the answer of one request. */
export function Answer<T>({ asked, bones, children }: { asked: Asked<T>; bones: ReactNode; children: (data: T) => ReactNode }) {
  if (asked.data !== undefined) return children(asked.data);
  if (asked.error !== null) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  return bones;
}
