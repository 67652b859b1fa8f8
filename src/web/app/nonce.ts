import { setNonce } from "get-nonce";

/** The page's nonce: styles made at run time carry it, or the content security policy drops them. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

// The scroll lock of Mantine's dialogs makes a style element of its own and asks this package.
setNonce(nonce);
// The dashboard's grid makes one at the first drag (react-draggable) and looks for it here.
Reflect.set(globalThis, "__webpack_nonce__", nonce);

export function styleNonce(): string {
  return nonce;
}
