import { useQuery } from "@tanstack/react-query";
import { api, unwrap } from "../app/api";
import { Chip } from "../parts/Chip";
import css from "./ExampleChips.module.css";

interface ExampleChipsProps {
  sourceId: string;
  most?: number;
  onAsk: (question: string, source: string) => void;
}

/** Questions that the source answers, to begin with. */
export function ExampleChips({ sourceId, most, onAsk }: ExampleChipsProps) {
  const examples = useQuery({
    queryKey: ["ask", "examples", sourceId],
    queryFn: () => unwrap(api.GET("/api/v1/ask/examples", { params: { query: { sourceId } } })),
    staleTime: 600_000,
  });
  if (!examples.data?.questions.length) return null;
  return (
    <div className={css.examples} role="group" aria-label="Questions to begin with">
      {examples.data.questions.slice(0, most).map((each) => (
        <Chip key={each} value={each} onClick={() => onAsk(each, sourceId)} />
      ))}
    </div>
  );
}
