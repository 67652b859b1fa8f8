import { Tag } from "../parts/Tag";
import type { Source } from "./calls";

/** Whether a source can be asked, in a word. */
export function StateTag({ source }: { source: Source }) {
  switch (source.state) {
    case "ready":
      return (
        <Tag tone="ok" icon="check">
          Ready
        </Tag>
      );
    case "failed":
      return (
        <Tag tone="danger" icon="warning">
          Failed
        </Tag>
      );
    case "new":
      return (
        <Tag tone="info" icon="clock">
          Not read yet
        </Tag>
      );
  }
}
