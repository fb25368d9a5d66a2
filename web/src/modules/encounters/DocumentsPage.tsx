// Documents in a list; the chosen one is read beside it. Only the one that is read is loaded.
import type { ChartDocument } from '@sen/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { Answer, Bones, Empty, Failed } from '../../kit/Feedback.tsx';
import { formatDate, glued } from '../../lib/format.ts';
import { useKeys } from '../../lib/keys.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { DocumentReader } from './DocumentReader.tsx';
import { useDocuments } from './requests.ts';
import { strings } from './strings.ts';

const rowHeight = 52;

export function Component() {
  const { patientId = '', documentId } = useParams();
  const words = useStrings(strings);
  const documents = useDocuments(patientId);
  return (
    <div className="documents">
      <section className="documents-list" aria-label={words.documents}>
        <Answer asked={documents} bones={<div className="tiles-bones"><Bones rows={12} height={22} gap={16} /></div>}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.documents);
            return rows.length === 0 ? <Empty title={words.noDocuments} /> : <Rows patientId={patientId} rows={rows} chosen={documentId} documents={documents} />;
          }}
        </Answer>
      </section>
      <DocumentReader key={documentId} patientId={patientId} documentId={documentId} />
    </div>
  );
}

interface RowsProps {
  patientId: string;
  rows: readonly ChartDocument[];
  chosen: string | undefined;
  documents: ReturnType<typeof useDocuments>;
}

function Rows({ patientId, rows, chosen, documents }: RowsProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 8 });
  const shown = virtual.getVirtualItems();
  const nearEnd = (shown.at(-1)?.index ?? 0) >= rows.length - 4;
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, error } = documents;
  useEffect(() => {
    if (nearEnd && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [nearEnd, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  const move = (step: number) => {
    const at = rows.findIndex((row) => row.id === chosen);
    const next = Math.max(0, Math.min(rows.length - 1, at + step));
    virtual.scrollToIndex(next);
    void navigate(`/patients/${patientId}/documents/${rows[next]?.id}`, { replace: true });
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  return (
    <div className="documents-rows" ref={scroll}>
      {isFetchNextPageError && error !== null && <Failed error={error} retry={() => void fetchNextPage()} />}
      <ul style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {shown.map((item) => {
          const row = rows[item.index] as ChartDocument;
          return <li key={row.id} className="virtual-row" style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}><DocumentRow patientId={patientId} document={row} chosen={row.id === chosen} /></li>;
        })}
      </ul>
    </div>
  );
}

function DocumentRow({ patientId, document, chosen }: { patientId: string; document: ChartDocument; chosen: boolean }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const facts = [document.kind, document.author === undefined ? document.place : glued(document.author), document.superseded ? words.superseded : undefined].filter((fact) => fact !== undefined);
  return (
    <Link className="document-row" aria-current={chosen ? 'true' : undefined} to={`/patients/${patientId}/documents/${document.id}`} replace>
      <span className="m el" title={document.title}>{document.title}</span>
      <time className="c3 nw" dateTime={document.when}>{document.when === undefined ? words.undated : formatDate(document.when, language)}</time>
      <span className="c2 el small">{facts.join(' · ')}</span>
    </Link>
  );
}
