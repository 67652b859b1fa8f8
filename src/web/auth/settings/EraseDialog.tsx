import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type Schemas, api, unwrap } from "../../app/api";
import { formError } from "../../parts/fields";
import { Notice } from "../../parts/Notice";
import { tell } from "../../parts/toast";
import css from "./settings.module.css";

interface EraseDialogProps {
  user: Schemas["UserOut"];
  heirs: Schemas["UserOut"][];
  onClose: () => void;
  onErased: () => void;
}

/** Takes a person and their name out for good; what they made goes to somebody else. */
export function EraseDialog({ user, heirs, onClose, onErased }: EraseDialogProps) {
  const [heirId, setHeirId] = useState<string | null>(null);
  const [word, setWord] = useState("");
  const erase = useMutation({
    mutationFn: (heir: string) =>
      unwrap(
        api.POST("/api/v1/users/{user_id}/erase", { params: { path: { user_id: user.id } }, body: { heirId: heir } }),
      ),
    onSuccess: () => {
      tell(`${user.name} is erased.`);
      onErased();
      onClose();
    },
  });
  const refusal = formError(erase.error);
  return (
    <Modal opened onClose={onClose} title={`Erase ${user.name}?`} size={440}>
      <form
        className={css.rows}
        onSubmit={(event) => {
          event.preventDefault();
          if (heirId) erase.mutate(heirId);
        }}
      >
        <p>
          Their account, name and address are removed for good. The audit log keeps what was done, without the name. This
          cannot be undone.
        </p>
        <Select
          label="Their dashboards, questions and reports go to"
          data={heirs.map(({ id, name }) => ({ value: id, label: name }))}
          value={heirId}
          onChange={setHeirId}
          searchable
        />
        <TextInput
          label={`Type “${user.email}” to go on`}
          autoComplete="off"
          value={word}
          onChange={(event) => setWord(event.currentTarget.value)}
        />
        {refusal && <Notice tone="danger">{refusal}</Notice>}
        <div className={css.buttons}>
          <Button
            type="submit"
            variant="filled"
            color="danger"
            disabled={!heirId || word.trim() !== user.email}
            loading={erase.isPending}
          >
            Erase
          </Button>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  );
}
