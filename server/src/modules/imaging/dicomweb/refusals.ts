// What DICOMweb refuses.
import { Refusal } from '../../../platform/refusal.ts';

export const noSuchStudy = () => new Refusal('not-found', 'imaging.no-such-study', { vi: 'Không có ca chụp này, hoặc ca chụp không mở với bạn.', en: 'There is no such study, or it is not open to you.' });
export const noSuchPart = () => new Refusal('not-found', 'imaging.no-such-part', { vi: 'Ca chụp không có phần này.', en: 'The study has no such part.' });
export const notAcceptable = () => new Refusal('unsupported', 'imaging.not-acceptable', {
  vi: 'Không gửi được ở dạng (media type, transfer syntax) mà yêu cầu chấp nhận.', en: 'It cannot be sent in a media type and transfer syntax that the request accepts.',
});
export const wrongMediaType = () => new Refusal('unsupported', 'imaging.media-type', {
  vi: 'Nội dung phải là multipart/related với type="application/dicom".', en: 'The body must be multipart/related with type="application/dicom".',
});
export const brokenMultipart = () => new Refusal('incorrect', 'imaging.multipart-broken', {
  vi: 'Nội dung multipart bị hỏng hoặc bị cắt; các phần đứng trước chỗ hỏng đã được lưu.', en: 'The multipart body is broken or cut; the parts before the break have been stored.',
});
export const wrongQuery = (name: string) => new Refusal('incorrect', 'imaging.query', { vi: `Tham số tìm kiếm không hợp lệ: ${name}.`, en: `The search parameter is not valid: ${name}.` });
