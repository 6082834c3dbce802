import { problemOf } from '@/api/problem';
import { csrfHeaders, goToLogin, unreachable } from '@/api/session';
import type { Send, UploadResult } from './queue';

interface Answer {
  results: readonly UploadResult[];
  notes?: readonly string[];
}

function answerOf(request: XMLHttpRequest): Answer | undefined {
  try {
    const body = JSON.parse(request.responseText) as Partial<Answer>;
    return body.results === undefined ? undefined : { results: body.results, notes: body.notes ?? [] };
  } catch {
    return undefined;
  }
}

/** Sends files by `/dicom/api/upload/`. XMLHttpRequest alone tells how much of a body is sent. */
export const sendFiles: Send = (parts, onProgress, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    for (const { name, file } of parts) body.append('file', file, name);
    request.open('POST', '/dicom/api/upload/');
    request.setRequestHeader('Accept', 'application/json');
    for (const [name, value] of Object.entries(csrfHeaders())) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = () => {
      const answer = answerOf(request);
      if (answer !== undefined) resolve({ results: answer.results, notes: answer.notes ?? [] });
      else void problemOf(new Response(request.responseText || null, { status: request.status })).then(reject);
      if (request.status === 401) goToLogin();
    };
    request.onerror = () => void Promise.resolve(undefined).then(unreachable).catch(reject);
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
