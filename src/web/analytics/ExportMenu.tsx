import { Button, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Icon } from "../parts/Icon";
import { tellProblem } from "../parts/toast";
import { ExportPanel } from "./ExportPanel";
import {
  type Export,
  type ExportFormat,
  type ExportTarget,
  FORMATS,
  isUnderWay,
  problemOf,
  renewExports,
  saveFile,
  startExport,
} from "./exports";

interface ExportMenuProps {
  target: ExportTarget;
  name: string;
}

/** Every row of an answer as a file, not only those that are shown; a long one goes on in the background. */
export function ExportMenu({ target, name }: ExportMenuProps) {
  const [underWay, setUnderWay] = useState<Export | null>(null);
  const start = useMutation({
    mutationFn: (format: ExportFormat) => startExport(target, format, name),
    onSuccess: (begun) => {
      void renewExports();
      if (isUnderWay(begun)) return setUnderWay(begun);
      const problem = problemOf(begun);
      return problem ? tellProblem(problem) : saveFile(begun.exportId);
    },
    onError: (error) => tellProblem(error),
  });
  if (underWay) return <ExportPanel key={underWay.exportId} begun={underWay} onClose={() => setUnderWay(null)} />;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<Icon name="download" />} loading={start.isPending}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(["csv", "xlsx", "parquet"] as const).map((format) => (
          <Menu.Item key={format} onClick={() => start.mutate(format)}>
            {FORMATS[format]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item renderRoot={(props) => <Link to="/exports" {...props} />}>Your exports</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
