import { Modal, Switch } from "@mantine/core";
import { Fragment } from "react";
import { Kbd } from "../../parts/Kbd";
import { setPreference, usePreferences } from "../preferences";
import { namesOfKeys, useRegisteredShortcuts } from "../shortcuts";
import css from "./KeyboardList.module.css";

const GROUPS = ["This page", "Go to", "Everywhere"] as const;

/** Every key that does something here and now. */
export default function KeyboardList({ onClose }: { onClose: () => void }) {
  const shortcuts = useRegisteredShortcuts();
  const { hasSingleKeys } = usePreferences();
  return (
    <Modal opened onClose={onClose} title="Keyboard" size={460}>
      {GROUPS.map((group) => {
        const mine = shortcuts.filter((each) => each.group === group);
        if (mine.length === 0) return null;
        return (
          <section key={group} className={css.group}>
            <h3>{group}</h3>
            <dl className={css.list}>
              {mine.map(({ keys, label }) => (
                <div key={keys}>
                  <dt>{label}</dt>
                  <dd>
                    {namesOfKeys(keys).map((name, index) => (
                      <Fragment key={name}>
                        {index > 0 && " then "}
                        <Kbd>{name}</Kbd>
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
      <Switch
        label="Single keys, outside of fields"
        checked={hasSingleKeys}
        onChange={(event) => setPreference("hasSingleKeys", event.currentTarget.checked)}
      />
    </Modal>
  );
}
