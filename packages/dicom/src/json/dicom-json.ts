// The DICOM JSON model (DICOM PS3.18 2024e, Annex F).

export interface JsonName {
  readonly Alphabetic?: string;
  readonly Ideographic?: string;
  readonly Phonetic?: string;
}

export type JsonValue = string | number | null | JsonName | JsonDataset;

export interface JsonElement {
  readonly vr: string;
  readonly Value?: readonly JsonValue[];
  readonly BulkDataURI?: string;
  readonly InlineBinary?: string;
}

/** By tag in eight hexadecimal capitals. */
export interface JsonDataset {
  readonly [tag: string]: JsonElement;
}
