// Relatives who ask to act for the person at the desk: the desk sees the papers of both, and decides.
import type * as contracts from '@sen/contracts';
import type { FamilyRequest } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Icon } from '../../kit/icons.tsx';
import { ApiError, call } from '../../lib/api.ts';
import { formatDate } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { strings } from './family-strings.ts';
import './family-requests.css';

interface Decision { readonly request: FamilyRequest; readonly confirmed: boolean }

export function FamilyRequests({ patientId }: { patientId: string }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [told, setTold] = useState<Decision>();
  const requests = useRequests(patientId).data?.requests ?? [];
  const decide = useDecision(patientId, setTold);
  if (requests.length === 0 && told === undefined) return null;
  return (
    <section className="arrival-part family-requests" aria-label={words.title}>
      <h3><Icon name="people" size={16} />{words.title}</h3>
      {requests.map((request) => <Asked key={request.id} request={request} busy={decide.isPending} decide={(confirmed) => decide.mutate({ request, confirmed })} />)}
      {requests.length > 0 && <p className="c2">{words.papers}</p>}
      {told !== undefined && <p role="status" className="family-told"><Icon name={told.confirmed ? 'check' : 'close'} size={16} />{told.confirmed ? words.confirmed(told.request.by) : words.refused(told.request.by)}</p>}
      {decide.error instanceof ApiError && <p className="field-error" role="alert">{decide.error.text[language]}</p>}
    </section>
  );
}

function Asked({ request, busy, decide }: { request: FamilyRequest; busy: boolean; decide: (confirmed: boolean) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const facts = [
    request.byBirthDate === undefined ? undefined : `${words.born}\u00a0${formatDate(request.byBirthDate, language)}`,
    request.byCitizenMasked === undefined ? undefined : `${words.citizen}\u00a0${request.byCitizenMasked}`,
    request.byHospitalNumber === undefined ? undefined : `${words.number}\u00a0${request.byHospitalNumber}`,
    words.asked(formatDate(request.asked, language)),
  ].filter((fact) => fact !== undefined);
  return (
    <div className="family-request">
      <div><p>{words.lead(request.by, words.relations[request.relation])}</p><p className="c2">{facts.join(' · ')}</p></div>
      <div className="family-acts">
        <button type="button" className="btn small" disabled={busy} onClick={() => decide(false)}>{words.refuse}</button>
        <button type="button" className="btn small" disabled={busy} onClick={() => decide(true)}><Icon name="check" size={14} />{words.confirm}</button>
      </div>
    </div>
  );
}

/** Somebody may ask with their telephone while both stand here. */
const askAgainMs = 10_000;

function useRequests(patientId: string) {
  return useQuery({ queryKey: ['family-requests', patientId], refetchOnMount: 'always', refetchInterval: askAgainMs, queryFn: ({ signal }) => call<typeof contracts.listFamilyRequests>('GET', '/api/family-requests', { patient: patientId }, signal) });
}

function useDecision(patientId: string, done: (decision: Decision) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ request, confirmed }: Decision) => call<typeof contracts.decideFamilyRequest>('POST', '/api/family-requests/:request/decision', { request: request.id, confirmed }),
    onSuccess: async (_answer, decision) => {
      done(decision);
      await queries.invalidateQueries({ queryKey: ['family-requests', patientId] });
    },
  });
}
