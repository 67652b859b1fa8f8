/** The server's QR code as the address of an image, which needs a namespace and a box that inline drawings go without. */
export function imageOf(svg: string): string {
  const [, width = "0", height = "0"] = /width="([\d.]+)" height="([\d.]+)"/u.exec(svg) ?? [];
  const box = svg.includes("viewBox") || width === "0" ? "" : ` viewBox="0 0 ${width} ${height}"`;
  const namespace = svg.includes("xmlns=") ? "" : ' xmlns="http://www.w3.org/2000/svg"';
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg.replace("<svg", `<svg${namespace}${box}`))}`;
}
