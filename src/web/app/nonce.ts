import { setNonce } from "get-nonce";

/** The page's nonce: styles made at run time carry it, or the content security policy drops them. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

// The scroll lock of Mantine's dialogs makes a style element of its own and asks this package.
setNonce(nonce);

export function styleNonce(): string {
  return nonce;
}
