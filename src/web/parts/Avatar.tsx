import css from "./Avatar.module.css";
import { initials } from "./initials";

export function Avatar({ name, size = 26 }: { name: string; size?: 20 | 26 }) {
  return (
    <span className={css.avatar} data-size={size} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
