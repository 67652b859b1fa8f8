import "@mantine/core/styles/Pill.layer.css";
import "@mantine/core/styles/PillsInput.layer.css";
import { Button, Modal, MultiSelect, NativeSelect, TagsInput, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Schemas, api, unwrap } from "../../app/api";
import { formError } from "../../parts/fields";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { Notice } from "../../parts/Notice";
import { tell } from "../../parts/toast";
import { ATTRIBUTE_KINDS, attributesOf, type Draft, draftsOf, faultOf } from "./attributes";
import css from "./BelongingDialog.module.css";
import { groupsQuery } from "./groups";

interface BelongingDialogProps {
  user: Schemas["UserOut"];
  onClose: () => void;
  onSaved: () => void;
}

/** Which groups somebody is in, and the attributes that rules about rows ask for. */
export function BelongingDialog({ user, onClose, onSaved }: BelongingDialogProps) {
  const groups = useQuery(groupsQuery);
  const [groupIds, setGroupIds] = useState<string[]>(user.groupIds);
  const [drafts, setDrafts] = useState<Draft[]>(() => draftsOf(user.attributes));
  const [isTried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PUT("/api/v1/users/{user_id}/belonging", {
          params: { path: { user_id: user.id } },
          body: { groupIds, attributes: attributesOf(drafts) },
        }),
      ),
    onSuccess: () => {
      tell(`What ${user.name} sees follows this from now on.`);
      onSaved();
      onClose();
    },
  });
  const faults = drafts.map((draft) => faultOf(draft, drafts));
  const change = (place: number, changed: Partial<Draft>) =>
    setDrafts(drafts.map((draft, at) => (at === place ? { ...draft, ...changed } : draft)));
  const refusal = formError(save.error);

  return (
    <Modal opened onClose={onClose} title={`Groups and attributes of ${user.name}`} size={620}>
      <form
        className={css.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (faults.every((fault) => fault === undefined)) save.mutate();
        }}
      >
        <MultiSelect
          label="Groups"
          placeholder={groups.data?.length === 0 ? "There are no groups yet" : "Add a group"}
          data-autofocus
          searchable
          data={(groups.data ?? []).map(({ groupId, name }) => ({ value: groupId, label: name }))}
          value={groupIds}
          onChange={setGroupIds}
        />
        <fieldset className={css.attributes}>
          <legend>Attributes</legend>
          <p className={css.pale}>
            Access rules of data sources ask for them by name: an attribute region stands in a rule as {"{user.region}"}.
          </p>
          {drafts.map((draft, place) => (
            // Names change while they are typed, so the place is what stays.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={place} className={css.attribute}>
              <TextInput
                aria-label={`Name of attribute ${place + 1}`}
                placeholder="region"
                value={draft.name}
                error={isTried ? faults[place] : undefined}
                onChange={(event) => change(place, { name: event.currentTarget.value })}
              />
              <NativeSelect
                aria-label={`Type of attribute ${place + 1}`}
                data={[...ATTRIBUTE_KINDS]}
                value={draft.kind}
                onChange={(event) => {
                  const kind = ATTRIBUTE_KINDS.find(({ value }) => value === event.currentTarget.value)?.value ?? "text";
                  change(place, { kind, values: kind === "yes_no" ? ["true"] : draft.kind === "yes_no" ? [] : draft.values });
                }}
              />
              {draft.kind === "yes_no" ? (
                <NativeSelect
                  aria-label={`Value of attribute ${place + 1}`}
                  data={[
                    { value: "true", label: "Yes" },
                    { value: "false", label: "No" },
                  ]}
                  value={draft.values[0] ?? "true"}
                  onChange={(event) => change(place, { values: [event.currentTarget.value] })}
                />
              ) : (
                <TagsInput
                  aria-label={`Values of attribute ${place + 1}`}
                  placeholder={draft.values.length === 0 ? "Type a value, then Enter" : undefined}
                  splitChars={["\n"]}
                  value={draft.values}
                  onChange={(values) => change(place, { values })}
                />
              )}
              <IconButton
                icon="trash"
                size="xs"
                label={`Remove attribute ${place + 1}`}
                onClick={() => setDrafts(drafts.filter((_, at) => at !== place))}
              />
            </div>
          ))}
          <Button
            size="xs"
            variant="subtle"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => setDrafts([...drafts, { name: "", kind: "text", values: [] }])}
          >
            Add an attribute
          </Button>
        </fieldset>
        {refusal && <Notice tone="danger">{refusal}</Notice>}
        <div className={css.buttons}>
          <Button variant="subtle" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
