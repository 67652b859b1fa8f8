import { Button, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Icon } from "../parts/Icon";
import { tellProblem } from "../parts/toast";
import { saveRows } from "./calls";

const FORMATS = [
  { format: "csv", label: "CSV" },
  { format: "xlsx", label: "XLSX" },
  { format: "parquet", label: "Parquet" },
] as const;

interface ExportMenuProps {
  url: string;
  body: object;
  name: string;
}

/** Every row of an answer as a file, not only those that are shown. */
export function ExportMenu({ url, body, name }: ExportMenuProps) {
  const save = useMutation({
    mutationFn: (fileFormat: string) => saveRows(url, { ...body, fileFormat }, `${name || "answer"}.${fileFormat}`),
    onError: (error) => tellProblem(error),
  });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<Icon name="download" />} loading={save.isPending}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(({ format, label }) => (
          <Menu.Item key={format} onClick={() => save.mutate(format)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
