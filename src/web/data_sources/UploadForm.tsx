import { Button } from "@mantine/core";
import { type DragEvent, useRef, useState } from "react";
import { asProblem, type ProblemError } from "../app/problem";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useLocale } from "../parts/locale";
import { Notice } from "../parts/Notice";
import { bytesText } from "../parts/number";
import { EmptyState } from "../parts/State";
import { type Sending, sendFile } from "./sending";
import { KindTiles } from "./KindTiles";
import { Steps } from "./Steps";
import { type Upload, UPLOAD_STEPS, uploadUrl } from "./uploads";
import css from "./UploadForm.module.css";
import { UploadPreview } from "./UploadPreview";

type State =
  | { step: "choose"; problem: ProblemError | null }
  | { step: "sending"; file: File; share: number }
  | { step: "check"; upload: Upload };

/** Drop a file, see how it was read, correct that, import it. */
export function UploadForm({ into }: { into: string | null }) {
  const { locale } = useLocale();
  const [state, setState] = useState<State>({ step: "choose", problem: null });
  const [isOver, setOver] = useState(false);
  const sending = useRef<Sending<Upload> | null>(null);
  const field = useRef<HTMLInputElement>(null);

  const send = async (file: File) => {
    setState({ step: "sending", file, share: 0 });
    const under = sendFile<Upload>(uploadUrl(file.name), file, (share) => setState({ step: "sending", file, share }));
    sending.current = under;
    try {
      setState({ step: "check", upload: await under.answer });
    } catch (error) {
      const isOurs = error instanceof DOMException && error.name === "AbortError";
      setState({ step: "choose", problem: isOurs ? null : asProblem(error) });
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) void send(file);
  };

  if (state.step === "check") {
    return (
      <UploadPreview
        upload={state.upload}
        into={into}
        onLeave={() => setState({ step: "choose", problem: null })}
      />
    );
  }
  return (
    <>
      <Steps names={UPLOAD_STEPS} at={1} />
      <div className={css.split}>
        <Card isPadded>
          <KindTiles chosen="files" />
          {state.step === "choose" && state.problem && (
            <div className={css.problem}>
              <Notice tone="danger" title={state.problem.title}>
                {state.problem.message}
              </Notice>
            </div>
          )}
          {/* Dropping is a second way; the button inside does the same. */}
          {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
          <div
            className={css.drop}
            data-over={isOver || undefined}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(true);
            }}
            onDragLeave={() => setOver(false)}
            onDrop={drop}
          >
            {state.step === "sending" ? (
              <>
                <p className={css.title}>
                  {state.file.name}, {bytesText(state.file.size, locale)}
                </p>
                <progress className={css.progress} value={state.share} max={1} aria-label="Upload" />
                <p>{state.share < 1 ? `${Math.floor(state.share * 100)} % sent` : "Looking at it…"}</p>
                <Button size="xs" onClick={() => sending.current?.cancel()}>
                  Cancel
                </Button>
              </>
            ) : (
              <>
                <Icon name="upload" size={20} />
                <p className={css.title}>Drop a file here</p>
                <p>CSV, TSV, JSON lines, Parquet or XLSX</p>
                <Button onClick={() => field.current?.click()}>Choose a file</Button>
                <input
                  ref={field}
                  type="file"
                  hidden
                  aria-label="File to upload"
                  onChange={(event) => {
                    const [file] = event.currentTarget.files ?? [];
                    if (file) void send(file);
                  }}
                />
              </>
            )}
          </div>
        </Card>
        <Card title="What is inside" isRuled>
          <EmptyState icon="table" title="No file yet">
            Nothing is imported before you have seen how it was read.
          </EmptyState>
        </Card>
      </div>
    </>
  );
}
