import { useEffect, useState } from "react";
import { clockText } from "../../parts/time";
import { useLocale } from "../../parts/locale";
import css from "./Clock.module.css";

/** The time where the user works, with its zone named. */
export function Clock() {
  const { locale, zone } = useLocale();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    let timer = 0;
    const tick = () => {
      setNow(new Date());
      timer = window.setTimeout(tick, 60_000 - (Date.now() % 60_000) + 50);
    };
    timer = window.setTimeout(tick, 60_000 - (Date.now() % 60_000) + 50);
    return () => clearTimeout(timer);
  }, []);
  return (
    <time className={css.clock} dateTime={now.toISOString()}>
      {clockText(now, { locale, zone })}
    </time>
  );
}
