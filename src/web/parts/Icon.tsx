import css from "./Icon.module.css";

/** Drawn on a 16 px grid with a 1.5 px stroke. */
const PATHS = {
  home: "M2.5 7.2 8 2.8l5.5 4.4v6h-4v-3.6h-3v3.6h-4z",
  ask: "M2.5 3.2h11v7.6H8.2L5 13.4v-2.6H2.5zM5.4 6h5.2M5.4 8.2h3",
  dashboard: "M2.5 2.5h4.6v6H2.5zM8.9 2.5h4.6v3.4H8.9zM8.9 7.7h4.6v5.8H8.9zM2.5 10.3h4.6v3.2H2.5z",
  database:
    "M2.8 4c0-1 2.3-1.7 5.2-1.7S13.2 3 13.2 4 10.9 5.7 8 5.7 2.8 5 2.8 4zM2.8 4v8c0 1 2.3 1.7 5.2 1.7s5.2-.7 5.2-1.7V4M2.8 8c0 1 2.3 1.7 5.2 1.7s5.2-.7 5.2-1.7",
  mail: "M2.2 3.8h11.6v8.4H2.2zM2.4 4.2 8 8.7l5.6-4.5",
  inbox: "M2.2 9.2 4 3h8l1.8 6.2V13H2.2zM2.4 9.2h3.4l.9 1.6h2.6l.9-1.6h3.4",
  settings:
    "M8 5.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6zM8 1.8v1.7M8 12.5v1.7M1.8 8h1.7M12.5 8h1.7M3.6 3.6l1.2 1.2M11.2 11.2l1.2 1.2M3.6 12.4l1.2-1.2M11.2 4.8l1.2-1.2",
  bell: "M8 2.2a3.9 3.9 0 0 0-3.9 3.9v2.7l-1.2 2.4h10.2l-1.2-2.4V6.1A3.9 3.9 0 0 0 8 2.2zM6.6 13.2h2.8",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.3 3.3",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  check: "M3 8.4l3.2 3.2L13 4.8",
  close: "M3.7 3.7l8.6 8.6M12.3 3.7l-8.6 8.6",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  grip: "M6 3.5h.01M10 3.5h.01M6 8h.01M10 8h.01M6 12.5h.01M10 12.5h.01",
  down: "M4 6.3 8 10.2l4-3.9",
  left: "M9.7 4 5.8 8l3.9 4",
  right: "M6.3 4l3.9 4-3.9 4",
  arrowUp: "M8 12.5v-9M4.5 7 8 3.5 11.5 7",
  arrowDown: "M8 3.5v9M4.5 9 8 12.5 11.5 9",
  warning: "M8 2.3 1.9 13.2h12.2zM8 6.5v3M8 11.4h.01",
  info: "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 7.4v3.4M8 5.3h.01",
  clock: "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 4.8V8l2.3 1.5",
  calendar: "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.3 2v2.7M10.7 2v2.7",
  pencil: "M9.8 3.3l2.9 2.9-7 7H2.8v-2.9zM8.3 4.8l2.9 2.9",
  phone: "M4.8 1.9h6.4v12.2H4.8zM7.3 12h1.4",
  laptop: "M3.3 3.5h9.4v6.7H3.3zM1.7 12.5h12.6",
  file: "M4 2h5.5L12.5 5v9H4zM9.3 2v3.3h3.2",
  lock: "M3.8 7.2h8.4v6.3H3.8zM5.5 7.2V5.3a2.5 2.5 0 0 1 5 0v1.9",
  shield: "M8 1.9 3 3.8v3.9c0 3 2.1 5.2 5 6.3 2.9-1.1 5-3.3 5-6.3V3.8zM5.8 8l1.6 1.6 2.9-3.2",
  key: "M5.4 7.3a3 3 0 1 0 .01 0zM7.6 8.3l5.7-5.7M11.2 4.7l1.9 1.9",
  person: "M8 2.4a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM2.9 13.6c.5-2.6 2.5-4 5.1-4s4.6 1.4 5.1 4",
  table: "M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.7h11M6.5 6.3V13",
  bars: "M2.5 13.5h11M4 13V8M8 13V3.5M12 13V6",
  line: "M2.5 2.5v11h11M4.5 10l2.7-3.5 2.4 1.9L13 4.5",
  area: "M2.5 13.5V9l3.5-3 3.5 2 4-4.5v10z",
  heatmap:
    "M2.5 2.5h3.3v3.3H2.5zM6.4 6.4h3.3v3.3H6.4zM10.2 2.5h3.3v3.3h-3.3zM2.5 10.2h3.3v3.3H2.5zM10.2 10.2h3.3v3.3h-3.3z",
  gauge: "M2.5 11.5a5.5 5.5 0 1 1 11 0M8 11.5l2.5-4",
  text: "M3 3.5h10M8 3.5v9",
  filter: "M2.3 3.5h11.4M4.5 8h7M6.7 12.5h2.6",
  refresh: "M13 8a5 5 0 1 1-1.6-3.7M13.2 2.2v2.9h-2.9",
  fullscreen: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  share: "M8 9.5V2.3M5.3 4.7 8 2.1l2.7 2.6M4.5 7.3H3v6.4h10V7.3h-1.5",
  download: "M8 2.3v7.4M5.2 7 8 9.8 10.8 7M3 12.9h10",
  upload: "M8 10V2.6M5.2 5.4 8 2.6l2.8 2.8M3 12.9h10",
  signOut: "M6.5 2.5h-4v11h4M10.3 5l3 3-3 3M13.2 8H6.3",
  copy: "M5.5 5.5h7.8v7.8H5.5zM10.5 5.5V2.7H2.7v7.8h2.8",
  code: "M5 4 1.9 8 5 12M11 4l3.1 4-3.1 4M9.2 3 6.8 13",
  bolt: "M8.8 1.8 3.6 9h3.6l-.8 5.2L11.6 7H8z",
  undo: "M5.5 3.5l-3 3 3 3M2.7 6.5h6.8a3.5 3.5 0 0 1 0 7H6",
  play: "M4.5 3l8 5-8 5z",
  stop: "M4 4h8v8H4z",
  pause: "M5 3.5v9M11 3.5v9",
  trash: "M2.8 4.2h10.4M6 4V2.5h4V4M4.2 4.4l.6 9.1h6.4l.6-9.1",
  history: "M3 8a5 5 0 1 0 1.6-3.7M2.8 2.2v2.9h2.9M8 5.4V8l2 1.3",
  sidebar: "M2.5 3h11v10h-11zM6.2 3v10",
  keyboard: "M1.8 4.5h12.4v7H1.8zM4.3 7h.01M6.8 7h.01M9.2 7h.01M11.7 7h.01M5.3 9.3h5.4",
  enter: "M12.8 4v4.3H3.6M6.2 5.6 3.5 8.3 6.2 11",
  star: "M8 2.3l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.5l-3.6 1.9.7-4-2.9-2.8 4-.6z",
  link: "M6.7 9.3l2.6-2.6M7.2 5.1l1.6-1.6a2.6 2.6 0 0 1 3.7 3.7l-1.6 1.6M8.8 10.9l-1.6 1.6a2.6 2.6 0 0 1-3.7-3.7l1.6-1.6",
  eye: "M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8zM8 6.3a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4z",
} as const;

export type IconName = keyof typeof PATHS;

/** A decoration: what it means is said in words beside it, or in the label of its button. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg className={css.icon} viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
