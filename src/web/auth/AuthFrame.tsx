import { Outlet } from "@tanstack/react-router";
import { Brand } from "../parts/Brand";
import css from "./AuthFrame.module.css";
import { SamplePicture } from "./SamplePicture";

/** Two halves: the form, and a picture of what waits behind it. */
export function AuthFrame() {
  return (
    <div className={css.frame}>
      <main id="main" className={css.left}>
        <p className={css.brand}>
          <Brand />
          Gridlens
        </p>
        <div className={css.form}>
          <Outlet />
        </div>
        <p className={css.foot}>{window.location.host}</p>
      </main>
      <section className={css.art} aria-hidden="true">
        <p className={css.claim}>Ask what your energy is doing. See how the answer was made.</p>
        <p className={css.text}>
          Plain-word questions become charts and SQL you can read, check and keep, on your own servers.
        </p>
        <p className={css.sentence}>
          Showing <b>supply by carrier</b> against <b>load</b> every <b>15 minutes</b> on <b>Thu 18 Jun</b>
        </p>
        <SamplePicture />
      </section>
    </div>
  );
}
