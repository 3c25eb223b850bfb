import type { Schemas } from '../../api/client';
import { smaller } from './smaller';

/**
 * Sends one photo and tells how much of it has gone, 0 to 1. Only this old way of asking tells it while sending. Throws the
 * api's refusal, or an Error when the line broke.
 */
export async function uploadPhoto(file: File, tell: (part: number) => void): Promise<Schemas['FileView']> {
  const bytes = await smaller(file);
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/v1/files?purpose=photo');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept-language', document.documentElement.lang);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 201) done(request.response as Schemas['FileView']);
      else fail(request.response ?? new Error('no answer'));
    };
    request.onerror = () => fail(new Error('the line broke'));
    request.send(bytes);
  });
}
