import type * as contracts from '@sen/contracts';
import type { ManagedAccount } from '@sen/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Bones, Empty, Failed } from '../../kit/Feedback.tsx';
import { Icon } from '../../kit/icons.tsx';
import { call } from '../../lib/api.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useKeys } from '../../lib/keys.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { accountsKey, staffRoles } from './account-facts.tsx';
import { AccountPane, NewAccountPane } from './AccountPane.tsx';
import { strings } from './strings.ts';
import './account.css';

const states = ['active', 'disabled', 'all'] as const;
type State = (typeof states)[number];

/** Who may sign in: a list beside the account at hand; the filters stand in the address. */
export function Component() {
  const words = useStrings(strings);
  const [params, setParams] = useSearchParams();
  const filter = { q: params.get('q') ?? '', role: params.get('role') ?? '', state: states.find((one) => one === params.get('state')) ?? 'active' };
  const chosen = params.get('account');
  const [creating, setCreating] = useState(false);
  usePageTitle(words.accounts);
  const set = (change: Record<string, string>) => setParams((before) => {
    for (const [name, value] of Object.entries(change)) if (value === '') before.delete(name); else before.set(name, value);
    return before;
  }, { replace: true });
  const asked = useAccounts(filter);
  const accounts = asked.data?.pages.flatMap((page) => page.accounts) ?? [];
  const account = accounts.find(({ id }) => id === chosen);
  const choose = (id: string) => {
    setCreating(false);
    set({ account: id });
  };
  useMoves(accounts, chosen, choose);
  return (
    <div className="accounts">
      <div className="accounts-list">
        <div className="page-head"><h1>{words.accounts}</h1><span className="c3" role="status">{asked.data && words.found(asked.data.pages[0]?.total ?? 0)}</span>
          <button type="button" className="btn primary end" onClick={() => { setCreating(true); set({ account: '' }); }}>{words.newAccount}</button></div>
        <Filters filter={filter} set={set} />
        {asked.error !== null && <Failed error={asked.error} retry={() => void asked.refetch()} />}
        {asked.isPending && <div className="tiles-bones"><Bones rows={8} /></div>}
        {asked.data !== undefined && accounts.length === 0 && <Empty title={words.noAccounts}>{words.noAccountsHint}</Empty>}
        {accounts.length > 0 && <Table accounts={accounts} chosen={account?.id} choose={choose} />}
        {asked.hasNextPage && <button type="button" className="btn" disabled={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>{words.more}</button>}
      </div>
      {creating && <NewAccountPane close={() => setCreating(false)} />}
      {!creating && account !== undefined && <AccountPane key={account.id} account={account} close={() => set({ account: '' })} />}
    </div>
  );
}

function useAccounts({ q, role, state }: { q: string; role: string; state: State }) {
  return useInfiniteQuery({
    queryKey: [accountsKey, q, role, state],
    queryFn: ({ signal, pageParam }) => call<typeof contracts.listAccounts>('GET', '/api/accounts', {
      ...(q === '' ? {} : { q }), ...(role === '' ? {} : { role }), state, ...(pageParam === '' ? {} : { after: pageParam }),
    }, signal),
    initialPageParam: '', getNextPageParam: (page) => page.next, placeholderData: keepPreviousData,
  });
}

function useMoves(accounts: readonly ManagedAccount[], chosen: string | null, choose: (id: string) => void): void {
  const move = (by: number) => {
    const next = accounts[Math.min(Math.max(accounts.findIndex(({ id }) => id === chosen) + by, 0), accounts.length - 1)];
    if (next !== undefined) choose(next.id);
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
}

function Filters({ filter, set }: { filter: { q: string; role: string; state: State }; set: (change: Record<string, string>) => void }) {
  const words = useStrings(strings);
  return (
    <div className="filters" role="search">
      <label className="find-box"><Icon name="search" /><span className="vh">{words.findAccount}</span><input type="search" value={filter.q} placeholder={words.findAccount} onChange={(event) => set({ q: event.currentTarget.value })} autoFocus /></label>
      <label><span className="vh">{words.role}</span>
        <select value={filter.role} onChange={(event) => set({ role: event.currentTarget.value })}><option value="">{words.anyRole}</option>{[...staffRoles, 'patient', 'relative'].map((role) => <option key={role} value={role}>{words.roles[role]}</option>)}</select></label>
      <div className="segments">{states.map((state) => <button key={state} type="button" aria-pressed={filter.state === state} onClick={() => set({ state: state === 'active' ? '' : state })}>{words.states[state]}</button>)}</div>
    </div>
  );
}

function Table({ accounts, chosen, choose }: { accounts: readonly ManagedAccount[]; chosen: string | undefined; choose: (id: string) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  return (
    <div className="accounts-scroll" role="region" aria-label={words.accounts} tabIndex={0}>
      <table className="accounts-table">
        <thead><tr><th scope="col">{words.name}</th><th scope="col">{words.username}</th><th scope="col">{words.roleList}</th><th scope="col">{words.secondFactor}</th><th scope="col">{words.lastSignIn}</th></tr></thead>
        <tbody>
          {accounts.map(({ id, name, username, roles, secondFactor, lastSignedInAt, disabled, mustChangePassword, demo, kind }) => (
            <tr key={id} className={id === chosen ? 'selected' : undefined}>
              <th scope="row">
                {kind === 'person' ? <button type="button" className="link" aria-pressed={id === chosen} onClick={() => choose(id)}>{name}</button> : name}
                {disabled && <span className="pill bad">{words.disabledMark}</span>}{!disabled && mustChangePassword && <span className="pill warn">{words.waitingMark}</span>}{demo && <span className="pill">{words.demoMark}</span>}
              </th>
              <td>{username}</td><td>{roles.map((role) => words.roles[role] ?? role).join(', ')}</td><td>{secondFactor ? words.yes : words.no}</td>
              <td className="nw">{lastSignedInAt === undefined ? words.never : formatDateTime(lastSignedInAt, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
