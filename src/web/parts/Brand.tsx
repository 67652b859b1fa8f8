/** The mark: a lens over three bars. */
export function Brand({ size = 22 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} fill="none" strokeLinecap="round" aria-hidden="true">
      <circle cx="10.5" cy="10.5" r="8.5" stroke="var(--ink)" strokeWidth="2" />
      <path d="M16.8 16.8 22 22" stroke="var(--ink)" strokeWidth="2.4" />
      <path d="M6.6 11v3.2M10.5 7v8.7M14.4 9.3v4.5" stroke="var(--accent)" strokeWidth="2.2" />
    </svg>
  );
}
