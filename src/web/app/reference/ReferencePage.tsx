import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Card } from "../../parts/Card";
import { Icon } from "../../parts/Icon";
import { Skeleton } from "../../parts/Skeleton";
import { EmptyState, ErrorState } from "../../parts/State";
import { Tag } from "../../parts/Tag";
import { Page } from "../shell/Page";
import { type Operation, operationsOf } from "./document";
import css from "./ReferencePage.module.css";

const DOCUMENT = "/api/v1/openapi.json";

/** The HTTP interface, operation by operation, read from the server's own description. */
export function ReferencePage() {
  const [words, setWords] = useState("");
  const document = useQuery({
    queryKey: ["openapi"],
    queryFn: async () => {
      const response = await fetch(DOCUMENT);
      if (!response.ok) throw new TypeError("network: the description could not be read");
      return operationsOf(await response.json());
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const wanted = words.toLowerCase();
  const fits = (each: Operation) => `${each.id} ${each.path} ${each.words}`.toLowerCase().includes(wanted);
  const groups = [...(document.data ?? [])]
    .map(([tag, operations]) => ({ tag, operations: operations.filter(fits) }))
    .filter(({ operations }) => operations.length > 0);

  return (
    <Page
      title="API reference"
      actions={
        <Button component="a" href={DOCUMENT} leftSection={<Icon name="download" />}>
          OpenAPI document
        </Button>
      }
    >
      <div className={css.bar}>
        <TextInput
          aria-label="Find an operation"
          placeholder="Find an operation"
          leftSection={<Icon name="search" size={14} />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <p>Programs send an API token as “Authorization: Bearer …”.</p>
      </div>
      {document.isPending && <Skeleton shape="rows" />}
      {document.isError && <ErrorState error={document.error} onRetry={() => void document.refetch()} />}
      {document.isSuccess && groups.length === 0 && (
        <EmptyState icon="search" title="No operation has these words">
          Search for part of a path or name.
        </EmptyState>
      )}
      <div className={css.groups}>
        {groups.map(({ tag, operations }) => (
          <Card key={tag} title={tag} isRuled>
            {operations.map((operation) => (
              <details key={`${operation.method}${operation.path}`} className={css.operation}>
                <summary>
                  <Tag tone={operation.method === "GET" ? "plain" : "info"}>{operation.method}</Tag>{" "}
                  <code>{operation.path}</code> <span className={css.words}>{operation.words}</span>
                </summary>
                <p>
                  Operation <code>{operation.id}</code>
                  {operation.parameters.map((each) => (
                    <span key={`${each.where}${each.name}`} className={css.parameter}>
                      <code>{each.name}</code> in {each.where}
                      {each.isRequired ? "" : ", optional"}
                    </span>
                  ))}
                </p>
                {operation.body && <pre>{operation.body}</pre>}
              </details>
            ))}
          </Card>
        ))}
      </div>
    </Page>
  );
}
