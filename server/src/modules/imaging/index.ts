// The front door: what other modules may use.
export { studyChanged } from './archive/file-instances.ts';
export { openDicomServices } from './dimse/open-dicom-services.ts';
export { holdDicomCaller, type DicomCaller } from './machines/dicom-caller.ts';
