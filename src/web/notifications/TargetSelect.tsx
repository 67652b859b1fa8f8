import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, unwrap } from "../app/api";
import type { ReportInput } from "./calls";

type Target = ReportInput["target"];

/** The dashboard or question that is mailed. */
export function TargetSelect({ value, onChange }: { value: Target; onChange: (target: Target) => void }) {
  const dashboards = useQuery({
    queryKey: ["dashboards", "list", "all", ""],
    queryFn: () => unwrap(api.GET("/api/v1/dashboards", { params: { query: { which: "all", words: "" } } })),
  });
  const questions = useQuery({
    queryKey: ["questions", "list", ""],
    queryFn: () => unwrap(api.GET("/api/v1/questions", { params: { query: {} } })),
  });
  const key = value.type === "question" ? `question:${value.questionId}` : `dashboard:${value.dashboardId}`;
  return (
    <NativeSelect
      label="What"
      required
      value={key}
      onChange={(event) => {
        const [type, id = ""] = event.currentTarget.value.split(":");
        onChange(type === "question" ? { type, questionId: id } : { type: "dashboard", dashboardId: id });
      }}
    >
      <option value="dashboard:">Choose a dashboard or a question…</option>
      <optgroup label="Dashboards">
        {dashboards.data?.map(({ dashboardId, name }) => (
          <option key={dashboardId} value={`dashboard:${dashboardId}`}>
            {name}
          </option>
        ))}
      </optgroup>
      <optgroup label="Questions">
        {questions.data?.map(({ questionId, name }) => (
          <option key={questionId} value={`question:${questionId}`}>
            {name}
          </option>
        ))}
      </optgroup>
    </NativeSelect>
  );
}
