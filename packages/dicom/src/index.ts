// The data set layer of DICOM: reading, writing, text, JSON. Computes; opens no file and no socket.
export type { Dataset, Element, Finding, FindingCode, PixelElement } from './dataset/dataset.ts';
export { isPixelData, pixelDataTag } from './dataset/dataset.ts';
export { DicomError, type DicomErrorCode } from './dataset/dicom-error.ts';
export { guessOf, nameKeysOf } from './dataset/guess-value.ts';
export { headerReader, type Header, type HeaderReader } from './dataset/header-reader.ts';
export { readDataset, type ReadDataset } from './dataset/read-dataset.ts';
export { readPart10, type Part10 } from './dataset/read-part10.ts';
export { bytesOf, itemsOf, numberOf, numbersOf, personNameOf, textOf, textsOf, uintOf } from './dataset/values.ts';
export type { ReadLimits } from './dataset/walk.ts';
export { dataElement, isPrivate, isPrivateCreator, tagName, tagOf, type DataElement } from './dictionary/data-element.ts';
export {
  deflatedLittleEndian, explicitBigEndian, explicitLittleEndian, implicitLittleEndian, storageClasses, transferSyntax, transferSyntaxes,
  type TransferSyntax,
} from './dictionary/transfer-syntax.ts';
export type { Vr } from './dictionary/vr.ts';
export { decodeText, type TextWay } from './text/decode-text.ts';
export { guessText, type Guess } from './text/guess-text.ts';
export { foldName, nameKeys } from './text/name-keys.ts';
export { personName, personNameText, spokenName, type PersonName } from './text/person-name.ts';
export { buildDataset, changeDataset, toUnicode, type Value, type Values } from './dataset/build-dataset.ts';
export { writeDataset } from './dataset/write-dataset.ts';
export { implementationClassUid, implementationVersionName, writeFileHead, writePart10, type FileMeta } from './dataset/write-part10.ts';
export type { JsonDataset, JsonElement, JsonName, JsonValue } from './json/dicom-json.ts';
export { fromJson, type FromJsonOptions } from './json/from-json.ts';
export { toJson, type JsonOptions } from './json/to-json.ts';
export { fragmentScanner, type Fragments, type FragmentScanner } from './frames/fragment-scanner.ts';
export { encapsulatedFrames, nativeFrames, type ByteRange, type FrameIndex } from './frames/frame-index.ts';
export { frameRanges, type ReadRange } from './frames/frame-ranges.ts';
export { jsonText } from './json/json-text.ts';
