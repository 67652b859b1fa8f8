import { Button, NativeSelect, NumberInput, PasswordInput, Switch, TextInput } from "@mantine/core";
import "@mantine/core/styles/NumberInput.layer.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Schemas, unwrap } from "../../app/api";
import { Card } from "../../parts/Card";
import { fieldError, formError } from "../../parts/fields";
import { Notice } from "../../parts/Notice";
import { Skeleton } from "../../parts/Skeleton";
import { ErrorState } from "../../parts/State";
import { tell, tellProblem } from "../../parts/toast";
import { Heading } from "./Heading";
import css from "./settings.module.css";

const KEY = ["language-model"];
const URL = "/api/v1/language-model";
const PLACES = { openai: "https://api.openai.com/v1", anthropic: "https://api.anthropic.com/v1" } as const;

type Kept = Schemas["ModelOut"];
type ModelSettings = Schemas["ModelSettings"];

const FIRST: ModelSettings = {
  protocol: "openai",
  endpoint: "",
  model: "",
  when: "unsure",
  maySeeValues: false,
  timeoutSeconds: 20,
};

/** Which language model helps with questions, where it is, and what it may be told. */
export function LanguageModelPage() {
  const kept = useQuery({ queryKey: KEY, queryFn: () => unwrap(api.GET(URL)) });
  return (
    <div className={css.narrow}>
      <Heading title="Language model">
        Questions are understood without one, on this server alone. Where that is not enough, a model of your choice can
        help; what it makes of a question passes the same checks as everything else.
      </Heading>
      {kept.isPending ? (
        <Skeleton shape="rows" />
      ) : kept.isError ? (
        <ErrorState error={kept.error} onRetry={() => void kept.refetch()} />
      ) : (
        <ModelForm key={kept.data.version} kept={kept.data} />
      )}
    </div>
  );
}

function ModelForm({ kept }: { kept: Kept }) {
  const client = useQueryClient();
  const [settings, setSettings] = useState<ModelSettings>(kept.settings ?? FIRST);
  const [key, setKey] = useState("");
  const change = (part: Partial<ModelSettings>) => setSettings({ ...settings, ...part });
  const show = (now: Kept) => client.setQueryData(KEY, now);
  const save = useMutation({
    mutationFn: () =>
      unwrap(api.PUT(URL, { body: { settings, version: kept.version, ...(key ? { key } : {}) } })),
    onSuccess: (now) => {
      show(now);
      tell("The language model is saved.");
    },
  });
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE(URL, { params: { query: { version: kept.version } } })),
    onSuccess: (now) => {
      show(now);
      tell("No language model is used any more, and its key is forgotten.");
    },
    onError: (error) => tellProblem(error),
  });
  const refusal = formError(save.error, ["settings.endpoint", "settings.model", "key"]);
  const isLocal = settings.protocol === "openai";
  return (
    <Card title={kept.settings ? "In use" : "Not in use"} isRuled isPadded>
      <form
        className={css.rows}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        {refusal && <Notice tone="danger">{refusal}</Notice>}
        <NativeSelect
          label="Protocol"
          value={settings.protocol}
          data={[
            { value: "openai", label: "OpenAI and compatible: Ollama, vLLM and others" },
            { value: "anthropic", label: "Anthropic" },
          ]}
          onChange={(event) =>
            change({ protocol: event.currentTarget.value === "anthropic" ? "anthropic" : "openai" })
          }
        />
        <TextInput
          label="Endpoint"
          description={
            isLocal
              ? "With its version, such as http://ollama:11434/v1. A private address has to be in a range that the operator listed."
              : "With its version."
          }
          placeholder={PLACES[settings.protocol]}
          required
          maxLength={500}
          value={settings.endpoint}
          error={fieldError(save.error, "settings.endpoint")}
          onChange={(event) => change({ endpoint: event.currentTarget.value.trim() })}
        />
        <TextInput
          label="Model"
          required
          maxLength={200}
          value={settings.model}
          error={fieldError(save.error, "settings.model")}
          onChange={(event) => change({ model: event.currentTarget.value.trim() })}
        />
        <PasswordInput
          label="Key"
          description={
            kept.hasKey ? "One is stored, sealed. It is forgotten when the endpoint changes." : "Empty where none is needed."
          }
          autoComplete="off"
          maxLength={1000}
          value={key}
          error={fieldError(save.error, "key") && "A key has letters, digits and signs, without spaces or accents."}
          onChange={(event) => setKey(event.currentTarget.value.trim())}
        />
        <NativeSelect
          label="When it is asked"
          value={settings.when}
          data={[
            { value: "unsure", label: "Where the built-in engine is not sure" },
            { value: "always", label: "For every question" },
          ]}
          onChange={(event) => change({ when: event.currentTarget.value === "always" ? "always" : "unsure" })}
        />
        <Switch
          label="It may be told frequent values, and the first and last ones"
          description="Otherwise it is told names, types, units, agreed terms and verified questions, and nothing out of any row."
          checked={settings.maySeeValues}
          onChange={(event) => change({ maySeeValues: event.currentTarget.checked })}
        />
        <NumberInput
          label="Longest wait, in seconds"
          min={2}
          max={120}
          value={settings.timeoutSeconds}
          onChange={(value) => change({ timeoutSeconds: Number(value) || FIRST.timeoutSeconds })}
        />
        <div className={css.buttons}>
          <Button type="submit" variant="filled" disabled={!settings.endpoint || !settings.model} loading={save.isPending}>
            Save
          </Button>
          {kept.settings && (
            <Button color="danger" variant="subtle" loading={remove.isPending} onClick={() => remove.mutate()}>
              Use none
            </Button>
          )}
        </div>
      </form>
      {kept.settings && <Trial />}
    </Card>
  );
}

function Trial() {
  const trial = useMutation({
    mutationFn: () => unwrap(api.POST(`${URL}/trial`)),
    onError: (error) => tellProblem(error),
  });
  return (
    <div className={css.rows}>
      <div className={css.buttons}>
        <Button loading={trial.isPending} onClick={() => trial.mutate()}>
          Try what is saved
        </Button>
      </div>
      {trial.data && (
        <Notice tone={trial.data.works ? "ok" : "danger"}>
          {trial.data.works
            ? `It answers as it should, in ${Math.round(trial.data.elapsedMs)} ms.`
            : trial.data.reason}
        </Notice>
      )}
    </div>
  );
}
