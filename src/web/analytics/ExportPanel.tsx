import { Button, Popover } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { Notice } from "../parts/Notice";
import { clockText } from "../parts/time";
import { tellProblem } from "../parts/toast";
import { ExportProgress } from "./ExportProgress";
import css from "./exports.module.css";
import {
  cancelExport,
  type Export,
  FORMATS,
  isUnderWay,
  problemOf,
  progressText,
  saveFinished,
  tellWhenExported,
  useExport,
} from "./exports";

interface ExportPanelProps {
  begun: Export;
  onClose: () => void;
}

/** A long export beside the button that began it: how far it is, the way to stop it, and then to its file. */
export function ExportPanel({ begun, onClose }: ExportPanelProps) {
  const shown = useExport(begun);
  const isOver = !isUnderWay(shown);
  const [isPutAway, putAway] = useState(false);
  // What has ended is said, also to who has put the panel away.
  const isOpen = isOver || !isPutAway;
  useTellingWhenAway(begun.exportId);
  const close = () => (isOver ? onClose() : putAway(true));
  const setOpen = (opens: boolean) => (opens ? putAway(false) : close());
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={340} trapFocus>
      <Popover.Target>
        <Button leftSection={<Icon name="download" />} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOver ? "Export" : "Exporting"}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Export" className={css.panel}>
        <h2 className={css.title}>{`${shown.name}, ${FORMATS[shown.fileFormat]}`}</h2>
        {isOver ? <Ended shown={shown} onClose={onClose} /> : <UnderWay shown={shown} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function UnderWay({ shown }: { shown: Export }) {
  const stop = useMutation({ mutationFn: () => cancelExport(shown.exportId), onError: (error) => tellProblem(error) });
  return (
    <>
      <ExportProgress shown={shown} />
      <p className={css.under}>
        It goes on in the background: you may leave or close this page, and find it again under{" "}
        <Link to="/exports">Exports</Link>.
      </p>
      <div className={css.actions}>
        <Button size="xs" loading={stop.isPending} onClick={() => stop.mutate()}>
          Cancel
        </Button>
      </div>
    </>
  );
}

function Ended({ shown, onClose }: { shown: Export; onClose: () => void }) {
  const reading = useLocale();
  const save = useMutation({ mutationFn: () => saveFinished(shown.exportId), onError: (error) => tellProblem(error) });
  const problem = problemOf(shown);
  return (
    <>
      {problem ? (
        <Notice tone={shown.state === "cancelled" ? "info" : "danger"} title={problem.title}>
          {problem.message}
        </Notice>
      ) : (
        <>
          <p role="status">{progressText(shown, reading.locale)}</p>
          {shown.expiresAt && (
            <p className={css.under}>
              Only you can download it, until {clockText(new Date(shown.expiresAt), reading)}. Then it is deleted.
            </p>
          )}
        </>
      )}
      <div className={css.actions}>
        {!problem && (
          <Button size="xs" variant="filled" loading={save.isPending} onClick={() => save.mutate()}>
            Download
          </Button>
        )}
        <Button size="xs" variant="subtle" onClick={onClose}>
          Close
        </Button>
      </div>
    </>
  );
}

/** Who has gone to another page is told there when the export ends, with the way to it. */
function useTellingWhenAway(exportId: string): void {
  const { history } = useRouter();
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  useEffect(() => {
    void tellWhenExported(
      exportId,
      () => isHere.current,
      () => history.push("/exports"),
    );
  }, [exportId, history]);
}
