import { Drawer, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Icon } from "../../parts/Icon";
import type { Place } from "../module";
import css from "./TabBar.module.css";
import { UserMenu } from "./UserMenu";

const TABS = 4;

/** Where the rail goes on a phone: four places, and the rest behind "More". */
export function TabBar({ places }: { places: Place[] }) {
  const [isOpen, setOpen] = useState(false);
  const [shown, rest] = places.length > TABS + 1 ? [places.slice(0, TABS), places.slice(TABS)] : [places, []];
  return (
    <>
      <nav className={css.tabs} aria-label="Main">
        {shown.map((place) => (
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
      <Drawer opened={isOpen} onClose={() => setOpen(false)} position="bottom" size="auto" title="More">
        {rest.map((place) => (
          <Link key={place.to} to={place.to} className={css.row} onClick={() => setOpen(false)}>
            <Icon name={place.icon} />
            {place.label}
          </Link>
        ))}
        <UserMenu />
      </Drawer>
    </>
  );
}
