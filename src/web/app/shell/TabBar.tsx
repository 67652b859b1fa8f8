import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Suspense, lazy, useState } from "react";
import { Icon } from "../../parts/Icon";
import type { Place } from "../module";
import css from "./TabBar.module.css";

const MorePlaces = lazy(() => import("./MorePlaces"));

const TABS = 4;

/** Where the rail goes on a phone: four places, and the rest behind "More". */
export function TabBar({ places }: { places: Place[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <nav className={css.tabs} aria-label="Main">
        {places.slice(0, TABS).map((place) => (
          <Link key={place.to} to={place.to} className={css.tab} activeOptions={{ exact: place.to === "/" }}>
            <Icon name={place.icon} size={19} />
            {place.label}
          </Link>
        ))}
        <UnstyledButton className={css.tab} onClick={() => setOpen(true)} aria-haspopup="dialog">
          <Icon name="more" size={19} />
          More
        </UnstyledButton>
      </nav>
      <Suspense>{isOpen && <MorePlaces places={places.slice(TABS)} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
