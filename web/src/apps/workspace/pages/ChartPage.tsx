// One patient's chart: banner always in place, parts as addresses.
import './chart.css';
import { Suspense, useEffect } from 'react';
import { Navigate, NavLink, Outlet, useNavigate, useParams } from 'react-router';
import { Bones, Failed } from '../../../kit/Feedback.tsx';
import { ApiError } from '../../../lib/api.ts';
import { useKeys } from '../../../lib/keys.ts';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { PatientBanner } from '../../../modules/encounters/PatientBanner.tsx';
import { useBanner } from '../../../modules/encounters/requests.ts';
import { strings } from '../../../modules/encounters/strings.ts';
import { OpenApp } from '../../../modules/security/apps/OpenApp.tsx';
import { ClosedRecord } from '../../../modules/security/emergency/ClosedRecord.tsx';
import { useCloseChart } from '../ChartTabs.tsx';
import { useOpenPatients } from '../open-patients.tsx';

const parts = ['summary', 'timeline', 'results', 'medicines', 'documents'] as const;

const waiting = <div className="chart-scroll"><Bones rows={10} /></div>;

export function Component() {
  const { patientId = '' } = useParams();
  const words = useStrings(strings);
  const navigate = useNavigate();
  const { open } = useOpenPatients();
  const close = useCloseChart();
  const banner = useBanner(patientId);
  const replacedBy = banner.data?.replacedBy;
  const isOpen = banner.data !== undefined && replacedBy === undefined;
  const refused = banner.error instanceof ApiError ? banner.error : undefined;
  useEffect(() => {
    if (isOpen) open(patientId);
  }, [patientId, open, isOpen]);
  usePageTitle(`${banner.data?.name ?? '…'} – ${words.chart}`);
  useKeys({
    ...Object.fromEntries(parts.map((part, at) => [String(at + 1), () => void navigate(`/patients/${patientId}/${part}`)])),
    x: () => close(patientId),
  });
  if (refused?.code === 'security.record-closed') return <ClosedRecord key={patientId} patientId={patientId} />;
  if (refused?.status === 404 || refused?.status === 403) return <div className="chart-scroll"><Failed error={refused} retry={() => void banner.refetch()} /></div>;
  if (replacedBy !== undefined) return <Navigate to={`/patients/${replacedBy}`} replace />;
  return (
    <div className="chart">
      <PatientBanner patientId={patientId} />
      <nav className="parts" aria-label={words.chart}>
        {parts.map((part) => <NavLink key={part} to={`/patients/${patientId}/${part}`}>{words.tabs[part]}</NavLink>)}
        <OpenApp patientId={patientId} />
      </nav>
      {/* A closed chart is asked for once, not once a part: each refusal stands in the audit. */}
      {banner.isPending ? waiting : <Suspense fallback={waiting}><Outlet key={patientId} /></Suspense>}
    </div>
  );
}
