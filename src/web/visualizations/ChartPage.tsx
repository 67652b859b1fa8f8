import { Button, Menu } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, type Schemas, unwrap } from "../app/api";
import { useTheme } from "../app/preferences";
import { queryClient } from "../app/query";
import { ListButton } from "../app/shell/ListButton";
import { Page } from "../app/shell/Page";
import { Icon } from "../parts/Icon";
import { Skeleton } from "../parts/Skeleton";
import { ErrorState } from "../parts/State";
import { tell, tellProblem } from "../parts/toast";
import { AnswerChart } from "./AnswerChart";
import { pictureAddress } from "./picture";
import { Renewal } from "./renewal";

const ONE = "/api/v1/charts/{chart_id}";

/** A saved chart by itself: look closer, change its kind, take its picture. */
export function ChartPage() {
  const { id } = useParams({ from: "/shell/charts/$id" });
  const chart = useQuery({
    queryKey: ["charts", "one", id],
    queryFn: () => unwrap(api.GET(ONE, { params: { path: { chart_id: id } } })),
  });
  if (chart.isPending || chart.isError) {
    return (
      <Page title="Chart">
        {chart.isPending ? (
          <Skeleton shape="bars" />
        ) : (
          <ErrorState
            error={chart.error}
            onRetry={() => void chart.refetch()}
            ifMissing={<ListButton to="/questions">All questions</ListButton>}
          />
        )}
      </Page>
    );
  }
  return <Shown key={`${id}${chart.data.version}`} chart={chart.data} />;
}

function Shown({ chart }: { chart: Schemas["ChartDetail"] }) {
  const theme = useTheme();
  const navigate = useNavigate();
  const [spec, setSpec] = useState(chart.spec);
  const [attempt, setAttempt] = useState(0);
  const params = { path: { chart_id: chart.chartId } };
  const renew = () => queryClient.invalidateQueries({ queryKey: ["charts"] });
  const save = useMutation({
    mutationFn: () => unwrap(api.PATCH(ONE, { params, body: { version: chart.version, spec } })),
    onSuccess: async () => {
      await renew();
      tell("The chart is saved.");
    },
    onError: (error) => tellProblem(error),
  });
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE(ONE, { params })),
    onSuccess: async () => {
      await navigate({ to: "/questions" });
      await renew();
      tell(`“${chart.name}” was deleted; its question stays.`);
    },
    onError: (error) => tellProblem(error),
  });
  const isChanged = JSON.stringify(spec) !== JSON.stringify(chart.spec);
  const isPicture = chart.spec.kind !== "table" && chart.spec.kind !== "pivot";

  return (
    <Page
      title={chart.name}
      crumbs={[{ label: "Questions", to: "/questions" }]}
      actions={
        <>
          <Button
            leftSection={<Icon name="code" />}
            renderRoot={(props) => <Link to="/questions/$id" params={{ id: chart.questionId }} {...props} />}
          >
            Question
          </Button>
          {isPicture && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button leftSection={<Icon name="download" />}>Picture</Button>
              </Menu.Target>
              <Menu.Dropdown>
                {isChanged && <Menu.Label>As it was saved last</Menu.Label>}
                <Menu.Item component="a" href={pictureAddress(chart.chartId, "png", { theme })} download>
                  PNG
                </Menu.Item>
                <Menu.Item component="a" href={pictureAddress(chart.chartId, "svg", { theme })} download>
                  SVG
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
          {chart.canEdit && (
            <>
              <Button color="danger" leftSection={<Icon name="trash" />} loading={remove.isPending} onClick={() => remove.mutate()}>
                Delete
              </Button>
              <Button
                variant="filled"
                disabled={!isChanged}
                loading={save.isPending}
                onClick={() => save.mutate()}
              >
                Save
              </Button>
            </>
          )}
        </>
      }
    >
      <Renewal value={() => setAttempt(attempt + 1)}>
        <AnswerChart drawable={{ questionId: chart.questionId }} spec={spec} onSpec={setSpec} attempt={attempt} />
      </Renewal>
    </Page>
  );
}
