// Media types of DICOMweb (DICOM PS3.18 2024e, 8.7): reading them and choosing among them. Pure.

export interface MediaType {
  /** In small letters. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

/** Reads a list as Accept has it, the most wanted first. */
export function mediaTypes(header: string): MediaType[] {
  return splitOutsideQuotes(header, ',').map(mediaType).filter(({ type, quality }) => type !== '' && quality > 0).sort((a, b) => b.quality - a.quality);
}

export function mediaType(text: string): MediaType {
  const [type = '', ...rest] = splitOutsideQuotes(text, ';').map((part) => part.trim());
  const parameters = new Map(rest.flatMap((one): [string, string][] => {
    const equals = one.indexOf('=');
    return equals === -1 ? [] : [[one.slice(0, equals).trim().toLowerCase(), one.slice(equals + 1).trim().replace(/^"(.*)"$/s, '$1')]];
  }));
  const quality = Number(parameters.get('q') ?? 1);
  return { type: type.toLowerCase(), parameters, quality: Number.isNaN(quality) ? 0 : quality };
}

export type Framing = 'parts' | 'single';

/**
 * How content of one media type and transfer syntax may be sent to who accepts these; undefined: not at all. Without a transfer syntax named, any will do:
 * everything is given as it was stored.
 */
export function framingFor(accepted: readonly MediaType[], content: { readonly types: readonly string[]; readonly transferSyntax: string; readonly single: boolean }): Framing | undefined {
  for (const { type, parameters } of accepted) {
    const syntax = parameters.get('transfer-syntax') ?? '*';
    if (syntax !== '*' && syntax !== content.transferSyntax) continue;
    if (type === '*/*' || type === 'multipart/*') return 'parts';
    if (type === 'multipart/related' && covers(parameters.get('type')?.toLowerCase() ?? '*/*', content.types)) return 'parts';
    if (content.single && covers(type, content.types)) return 'single';
  }
  return undefined;
}

function covers(wanted: string, types: readonly string[]): boolean {
  return types.some((type) => wanted === type || wanted === '*/*' || wanted === `${type.slice(0, type.indexOf('/'))}/*`);
}

function splitOutsideQuotes(text: string, sign: ',' | ';'): string[] {
  return text.match(sign === ',' ? /(?:"[^"]*"|[^,"])+/g : /(?:"[^"]*"|[^;"])+/g) ?? [];
}
