import { styleNonce } from "../app/nonce";

type Plotly = typeof import("plotly.js-cartesian-dist-min");

let loading: Promise<Plotly> | null = null;

/**
 * Plotly, loaded when the first chart is shown. The cartesian bundle has every kind we draw in a third of the strict
 * one's size, and like it makes no code from text, which the content security policy forbids.
 */
export function loadPlotly(): Promise<Plotly> {
  loading ??= import("plotly.js-cartesian-dist-min").catch((error: unknown) => {
    loading = null;
    throw error;
  });
  allowItsRules();
  allowItsAttributes();
  return loading;
}

/** Plotly puts its rules into an element of this id; ours carries the nonce that lets them apply. */
function allowItsRules(): void {
  const id = "plotly.js-style-global";
  if (document.getElementById(id)) return;
  const style = document.createElement("style");
  style.id = id;
  style.nonce = styleNonce();
  style.append("");
  document.head.append(style);
}

/** Plotly writes some styles of its drawing as attributes, which the policy refuses; as properties they may be set. */
function allowItsAttributes(): void {
  if (Object.hasOwn(SVGElement.prototype, "setAttribute")) return;
  SVGElement.prototype.setAttribute = function setAttribute(name: string, value: string): void {
    if (name === "style") this.style.cssText = value;
    else Element.prototype.setAttribute.call(this, name, value);
  };
}
