import { Button, Checkbox, CopyButton, Modal, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../../app/api";
import { useUser } from "../../app/session";
import { fieldError, formError } from "../../parts/fields";
import { Icon } from "../../parts/Icon";
import { Notice } from "../../parts/Notice";
import { SCOPES, scopeText } from "./scopes";
import css from "./settings.module.css";

const DAYS = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "One year" },
];

export function NewTokenDialog({ onClose, onMade }: { onClose: () => void; onMade: (secret: string) => void }) {
  const { permissions } = useUser();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const [days, setDays] = useState("90");
  const create = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST("/api/v1/tokens", {
          body: { name, days: Number(days), scopes: SCOPES.filter((each) => scopes.includes(each)) },
        }),
      ),
    onSuccess: ({ token }) => onMade(token),
  });
  const refusal = formError(create.error, ["name"]);
  return (
    <Modal opened onClose={onClose} title="New API token" size={520}>
      <form
        className={css.rows}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <TextInput
          label="Name"
          description="What will use it, so that you know it again."
          data-autofocus
          required
          withAsterisk={false}
          maxLength={100}
          value={name}
          error={fieldError(create.error, "name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group label="It may" value={[...scopes]} onChange={setScopes}>
          <div className={css.scopes}>
            {SCOPES.filter((scope) => permissions.includes(scope)).map((scope) => (
              <Checkbox key={scope} value={scope} label={scopeText(scope)} />
            ))}
          </div>
        </Checkbox.Group>
        <Select label="Works for" data={DAYS} allowDeselect={false} value={days} onChange={(value) => setDays(value ?? days)} />
        {refusal && <Notice tone="danger">{refusal}</Notice>}
        <div className={css.buttons}>
          <Button
            type="submit"
            variant="filled"
            disabled={name.trim() === "" || scopes.length === 0}
            loading={create.isPending}
          >
            Make the token
          </Button>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** The only time the secret can be read. */
export function SecretDialog({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title="Copy the token now"
      size={520}
      closeOnClickOutside={false}
    >
      <div className={css.rows}>
        <p>It is shown only this once. Gridlens keeps nothing it could be read from.</p>
        <div className={css.secret}>
          <code>{secret}</code>
          <CopyButton value={secret ?? ""}>
            {({ copied, copy }) => (
              <Button size="xs" leftSection={<Icon name={copied ? "check" : "copy"} size={14} />} onClick={copy}>
                {copied ? "Copied" : "Copy"}
              </Button>
            )}
          </CopyButton>
        </div>
        <div className={css.buttons}>
          <Button variant="filled" onClick={onClose}>
            I have copied it
          </Button>
        </div>
      </div>
    </Modal>
  );
}
