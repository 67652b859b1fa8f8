import { Button, Checkbox, CopyButton } from "@mantine/core";
import { useState } from "react";
import { download } from "../parts/download";
import { Icon } from "../parts/Icon";
import css from "./RecoveryCodes.module.css";
import form from "./form.module.css";

/** Shown once: nobody can read them again, so going on waits until they are saved. */
export function RecoveryCodes({ codes, onSaved }: { codes: readonly string[]; onSaved: () => void }) {
  const [isSaved, setSaved] = useState(false);
  const text = codes.join("\n");
  return (
    <div className={form.form}>
      <p className={form.lead}>
        Each of these {codes.length} codes logs you in once when your phone is not at hand. They are shown only now.
      </p>
      <ol className={css.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className={css.ways}>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="xs" leftSection={<Icon name={copied ? "check" : "copy"} size={14} />} onClick={copy}>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
        <Button
          size="xs"
          leftSection={<Icon name="download" size={14} />}
          onClick={() => download("gridlens-recovery-codes.txt", `Gridlens, ${window.location.host}\n\n${text}\n`)}
        >
          Download
        </Button>
      </div>
      <Checkbox
        label="I have saved them somewhere safe"
        checked={isSaved}
        onChange={(event) => setSaved(event.currentTarget.checked)}
      />
      <Button variant="filled" size="lg" fullWidth disabled={!isSaved} onClick={onSaved}>
        Continue
      </Button>
    </div>
  );
}
