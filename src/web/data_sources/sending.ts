import { csrfHeaders } from "../app/api";
import { problemFrom } from "../app/problem";

export interface Sending<T> {
  answer: Promise<T>;
  cancel: () => void;
}

/** Sends a file as it lies on disk; `fetch` cannot tell how far an upload has come. */
export function sendFile<T>(url: string, file: File, onProgress: (share: number) => void): Sending<T> {
  const request = new XMLHttpRequest();
  const answer = new Promise<T>((resolve, reject) => {
    request.open("POST", url);
    request.responseType = "json";
    request.setRequestHeader("Content-Type", "application/octet-stream");
    for (const [name, value] of Object.entries(csrfHeaders())) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      if (request.status < 300) resolve(request.response);
      else reject(problemFrom(request.response, request.status, new Headers()));
    });
    request.addEventListener("error", () => reject(new TypeError("network: the upload broke off")));
    request.addEventListener("abort", () => reject(new DOMException("The upload was cancelled.", "AbortError")));
  });
  request.send(file);
  return { answer, cancel: () => request.abort() };
}
