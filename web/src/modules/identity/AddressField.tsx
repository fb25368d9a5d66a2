// Commune and province as one types, by names of today and of before.
import type * as contracts from '@sen/contracts';
import type { FoundPlace, HomeAddress } from '@sen/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../lib/api.ts';
import { useStrings } from '../../lib/language.tsx';
import { strings } from './registration-strings.ts';

export function AddressField({ address, change }: { address: HomeAddress | undefined; change: (address: HomeAddress | undefined) => void }) {
  const words = useStrings(strings);
  const list = useId();
  const [typed, setTyped] = useState(() => textOf(address));
  const places = usePlaces(typed);
  const take = (text: string) => {
    setTyped(text);
    const { line, former } = address ?? {};
    const place = places.find((one) => placeText(one) === text);
    const kept = { ...(line !== undefined && { line }), ...(former !== undefined && { former }) };
    if (place !== undefined) return change({ ...kept, ...ofPlace(place) });
    const [commune = '', province = ''] = [text.split(',').slice(0, -1).join(',').trim(), text.split(',').at(-1)?.trim()];
    // free text, where the list of communes is not loaded
    return change({ ...kept, ...(commune !== '' && { commune }), ...(province !== '' && { province }) });
  };
  return (
    <label className="wide">{words.place}
      <input value={typed} list={list} onChange={(event) => take(event.currentTarget.value)} autoComplete="off" maxLength={200} />
      <datalist id={list}>{places.map((place) => <option key={`${placeText(place)} ${place.foundBy ?? ''}`} value={placeText(place)}>{place.foundBy}</option>)}</datalist>
    </label>
  );
}

function usePlaces(typed: string): readonly FoundPlace[] {
  const [find] = useDebouncedValue(typed.split(',')[0]?.trim() ?? '', 200);
  return useQuery({
    queryKey: ['addresses', find], enabled: find.length > 1, staleTime: 600_000, placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call<typeof contracts.findAddresses>('GET', '/api/addresses', { find }, signal),
  }).data?.places ?? [];
}

function ofPlace({ province, provinceCode, commune, communeCode }: FoundPlace): HomeAddress {
  return { province, provinceCode, ...(commune !== undefined && { commune }), ...(communeCode !== undefined && { communeCode }) };
}

function placeText({ commune, province }: FoundPlace): string {
  return commune === undefined ? province : `${commune}, ${province}`;
}

function textOf(address: HomeAddress | undefined): string {
  return [address?.commune, address?.province].filter((part) => part !== undefined).join(', ');
}
