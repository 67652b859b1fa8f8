import { Button, Modal, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api, unwrap } from "../../app/api";
import { Icon } from "../../parts/Icon";
import { Notice } from "../../parts/Notice";
import { Skeleton } from "../../parts/Skeleton";
import { ErrorState } from "../../parts/State";
import { refusalOf } from "../../parts/fields";
import { tellUndo } from "../../parts/toast";
import { at, renewTerms, type Terms, TERMS, takeBack } from "./calls";
import css from "./terms.module.css";

interface FileDialogProps {
  terms: Terms;
  name: string;
  onClose: () => void;
}

/** The terms as YAML: read, edited, kept beside other code, brought back. */
export function FileDialog({ terms, name, onClose }: FileDialogProps) {
  const file = useQuery({
    queryKey: ["terms", terms.sourceId, "file", terms.version],
    queryFn: () => unwrap(api.GET(`${TERMS}/file`, { params: at(terms.sourceId) })),
  });
  const [typed, setTyped] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const text = typed ?? file.data?.text ?? "";
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PUT(`${TERMS}/file`, { params: at(terms.sourceId), body: { version: terms.version, text } }),
      ),
    onSuccess: async (saved) => {
      onClose();
      await renewTerms(terms.sourceId);
      tellUndo("The terms are those of the file.", () =>
        takeBack(terms.sourceId, { version: saved.version, before: terms.version }),
      );
    },
  });
  const keep = () => {
    const address = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
    Object.assign(document.createElement("a"), { href: address, download: `${name}.terms.yaml` }).click();
    URL.revokeObjectURL(address);
  };
  return (
    <Modal opened onClose={onClose} title="Terms as a file" size="xl">
      <div className={css.dialog}>
        {save.isError && <Notice tone="danger">{refusalOf(save.error)}</Notice>}
        {terms.version === 0 && (
          <Notice tone="info">Nothing is agreed yet: this is what the catalog suggests.</Notice>
        )}
        {file.isPending && <Skeleton shape="rows" />}
        {file.isError && <ErrorState error={file.error} onRetry={() => void file.refetch()} />}
        {file.isSuccess && (
          <Textarea
            aria-label="Terms in YAML"
            className={css.file}
            rows={22}
            spellCheck={false}
            readOnly={!terms.canEdit}
            value={text}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <div className={css.buttons}>
          <Button leftSection={<Icon name="download" />} disabled={!file.isSuccess} onClick={keep}>
            Download
          </Button>
          {terms.canEdit && (
            <>
              <Button leftSection={<Icon name="upload" />} onClick={() => picker.current?.click()}>
                Open a file
              </Button>
              <input
                ref={picker}
                type="file"
                accept=".yaml,.yml"
                hidden
                aria-label="A file of terms"
                onChange={(event) => {
                  void event.currentTarget.files?.[0]?.text().then(setTyped);
                }}
              />
              <Button variant="filled" disabled={!file.isSuccess} loading={save.isPending} onClick={() => save.mutate()}>
                Save
              </Button>
            </>
          )}
        </div>
      </div>
    </Modal>
  );
}
