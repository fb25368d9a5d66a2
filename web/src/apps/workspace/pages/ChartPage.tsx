// One patient's chart: banner always in place, parts as addresses.
import './chart.css';
import { Suspense, useEffect } from 'react';
import { NavLink, Outlet, useNavigate, useParams } from 'react-router';
import { Bones, Failed } from '../../../kit/Feedback.tsx';
import { ApiError } from '../../../lib/api.ts';
import { useKeys } from '../../../lib/keys.ts';
import { useStrings } from '../../../lib/language.tsx';
import { PatientBanner } from '../../../modules/encounters/PatientBanner.tsx';
import { useBanner } from '../../../modules/encounters/requests.ts';
import { strings } from '../../../modules/encounters/strings.ts';
import { OpenApp } from '../../../modules/security/apps/OpenApp.tsx';
import { ClosedRecord } from '../../../modules/security/emergency/ClosedRecord.tsx';
import { useStanding } from '../../../modules/security/emergency/requests.ts';
import { useCloseChart } from '../ChartTabs.tsx';
import { useOpenPatients } from '../open-patients.tsx';

const parts = ['summary', 'timeline', 'results', 'medicines', 'documents'] as const;

export function Component() {
  const { patientId = '' } = useParams();
  const words = useStrings(strings);
  const navigate = useNavigate();
  const { open } = useOpenPatients();
  const close = useCloseChart();
  const banner = useBanner(patientId);
  const standing = useStanding(patientId);
  const isOpen = standing.data?.open === true;
  const missing = banner.error instanceof ApiError && banner.error.status === 404;
  useEffect(() => {
    if (isOpen) open(patientId);
  }, [patientId, open, isOpen]);
  useEffect(() => {
    document.title = `${banner.data?.name ?? '…'} – ${words.chart} – Sen`;
  }, [banner.data?.name, words.chart]);
  useKeys({
    ...Object.fromEntries(parts.map((part, at) => [String(at + 1), () => void navigate(`/patients/${patientId}/${part}`)])),
    x: () => close(patientId),
  });
  if (missing && banner.error !== null) return <div className="chart-scroll"><Failed error={banner.error} retry={() => void banner.refetch()} /></div>;
  if (standing.data?.open === false) return <ClosedRecord key={patientId} person={standing.data.person} mayOpen={standing.data.mayOpen} />;
  return (
    <div className="chart">
      <PatientBanner patientId={patientId} />
      <nav className="parts" aria-label={words.chart}>
        {parts.map((part) => <NavLink key={part} to={`/patients/${patientId}/${part}`}>{words.tabs[part]}</NavLink>)}
        <OpenApp patientId={patientId} />
      </nav>
      <Suspense fallback={<div className="chart-scroll"><Bones rows={10} /></div>}><Outlet key={patientId} /></Suspense>
    </div>
  );
}
