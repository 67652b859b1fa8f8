import "@mantine/spotlight/styles.layer.css";
import { Spotlight, createSpotlight } from "@mantine/spotlight";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Icon, type IconName } from "../../parts/Icon";
import { Kbd } from "../../parts/Kbd";
import type { Found, Place } from "../module";
import { modules } from "../modules";
import { useMay } from "../session";
import css from "./Palette.module.css";
import { matchPlaces } from "./match";

const [store, spotlight] = createSpotlight();

/** One field for questions, places and things by name. */
export default function Palette({ places, onClose }: { places: Place[]; onClose: () => void }) {
  const navigate = useNavigate();
  const may = useMay();
  const [text, setText] = useState("");
  const typed = text.trim();
  useEffect(() => spotlight.open(), []);

  const found = useQuery({
    queryKey: ["palette", typed],
    enabled: typed.length > 1,
    queryFn: async ({ signal }) => {
      const answers = await Promise.allSettled(modules.map(async ({ find }) => (find ? find(typed, signal) : [])));
      return answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
    },
  });
  const go = (to: string) => void navigate({ to });
  const askPlace = places.find((place) => place.to === "/ask");
  const matching = matchPlaces(places, typed);

  return (
    <Spotlight.Root
      store={store}
      query={text}
      onQueryChange={setText}
      onSpotlightClose={onClose}
      shortcut={null}
      maxHeight={420}
      size={620}
      yOffset="12dvh"
      centered={false}
      attributes={{ content: { "aria-label": "Ask, jump or command" } }}
      classNames={{ content: css.content, body: css.body }}
      overlayProps={{ color: "var(--scrim)", backgroundOpacity: 1 }}
    >
      <Spotlight.Search
        placeholder={may("queries.run") ? "Ask a question or jump to…" : "Jump to…"}
        aria-label={may("queries.run") ? "Ask a question or jump to" : "Jump to"}
        leftSection={<Icon name="search" />}
        rightSection={<Kbd>Esc</Kbd>}
        classNames={{ input: css.input }}
      />
      <Spotlight.ActionsList className={css.list}>
        {askPlace && may("queries.run") && typed && (
          <Spotlight.ActionsGroup label="Ask" className={css.group}>
            <Row icon="ask" label={`Ask “${typed}”`} hint="" onRun={() => go(`/ask?q=${encodeURIComponent(typed)}`)} />
          </Spotlight.ActionsGroup>
        )}
        {(matching.length > 0 || (found.data?.length ?? 0) > 0) && (
          <Spotlight.ActionsGroup label="Go to" className={css.group}>
            {found.data?.map((each: Found) => (
              <Row key={each.to} icon={each.icon} label={each.label} hint={each.hint} onRun={() => go(each.to)} />
            ))}
            {matching.map((place) => (
              <Row key={place.to} icon={place.icon} label={place.label} hint="Page" onRun={() => go(place.to)} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {typed && matching.length === 0 && !found.data?.length && !found.isFetching && (
          <Spotlight.Empty>Nothing here is called “{typed}”.</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Row({ icon, label, hint, onRun }: { icon: IconName; label: string; hint: string; onRun: () => void }) {
  return (
    <Spotlight.Action className={css.row} onClick={onRun}>
      <Icon name={icon} />
      <span className={css.label}>{label}</span>
      <span className={css.hint}>{hint}</span>
      <span className={css.enter}>
        <Kbd>↵</Kbd>
      </span>
    </Spotlight.Action>
  );
}
