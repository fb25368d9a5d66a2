// What modules above the record add to the CapabilityStatement (R4 capabilitystatement.html).

export interface AddedCapabilities {
  /** Canonical URLs of CapabilityStatements whose demands are met. */
  readonly instantiates?: readonly string[];
  /** Profiles that resources of a type may claim and that the server acts on. */
  readonly supportedProfiles?: Readonly<Record<string, readonly string[]>>;
  /** Extensions of the entry of a type. */
  readonly typeExtensions?: Readonly<Record<string, readonly object[]>>;
  /** What is particular about a type, in Markdown. */
  readonly typeDocumentation?: Readonly<Record<string, string>>;
  /** Extensions of `rest`; `base` is the absolute address of the FHIR endpoint. */
  readonly restExtensions?: (base: string) => readonly object[];
}

const added: AddedCapabilities[] = [];

/** Adds to what /metadata tells. Call at start; the same addition counts once. */
export function addCapabilities(capabilities: AddedCapabilities): void {
  if (!added.includes(capabilities)) added.push(capabilities);
}

/** The elements that stand in the statement itself. */
export function addedToStatement(): { instantiates?: readonly string[] } {
  const instantiates = added.flatMap((one) => one.instantiates ?? []);
  return instantiates.length === 0 ? {} : { instantiates };
}

/** The elements that stand in the entry of a type. */
export function addedToType(type: string): { extension?: readonly object[]; supportedProfile?: readonly string[]; documentation?: string } {
  const extension = added.flatMap(({ typeExtensions }) => typeExtensions?.[type] ?? []);
  const supportedProfile = added.flatMap(({ supportedProfiles }) => supportedProfiles?.[type] ?? []);
  const documentation = added.map(({ typeDocumentation }) => typeDocumentation?.[type]).find((one) => one !== undefined);
  return { ...(extension.length === 0 ? {} : { extension }), ...(supportedProfile.length === 0 ? {} : { supportedProfile }), ...(documentation === undefined ? {} : { documentation }) };
}

/** The elements that stand in `rest`. */
export function addedToRest(base: string): { extension?: readonly object[] } {
  const extension = added.flatMap(({ restExtensions }) => restExtensions?.(base) ?? []);
  return extension.length === 0 ? {} : { extension };
}
