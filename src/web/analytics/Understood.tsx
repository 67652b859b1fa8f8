import { Button } from "@mantine/core";
import type { Schemas } from "../app/api";
import { Card } from "../parts/Card";
import { Notice } from "../parts/Notice";
import { ExampleChips } from "./ExampleChips";
import css from "./pages.module.css";

type Answered = Schemas["Answered"];

interface UnderstoodProps {
  answer: Answered;
  /** Missing where the reader may not define words. */
  onDefine: ((what: { words: string; meaning: string }) => void) | null;
}

interface NotUnderstoodProps extends UnderstoodProps {
  sourceId: string;
  onAsk: (question: string, sourceId: string) => void;
  onElsewhere: (sourceId: string) => void;
}

/** Why there is no answer, which words nothing stands for, and questions that have one. */
export function NotUnderstood({ answer, sourceId, onDefine, onAsk, onElsewhere }: NotUnderstoodProps) {
  const { elsewhere } = answer;
  return (
    <div className={css.notUnderstood}>
      <Notice tone="warn" title="This cannot be answered yet">
        {answer.reason}
        {answer.unknownWords.map((word) => (
          <p key={word.start}>
            {word.isKnown ? `“${word.text}” may mean something else here.` : `“${word.text}” names nothing in this source.`}
            {word.nearest.length > 0 && ` Nearest: ${word.nearest.join(", ")}.`}
            {onDefine && (
              <Define onClick={() => onDefine({ words: word.text, meaning: word.nearest[0] ?? "" })} words={word.text} />
            )}
          </p>
        ))}
        {elsewhere && (
          <p>
            {elsewhere.name} can answer it.{" "}
            <Button size="xs" variant="subtle" onClick={() => onElsewhere(elsewhere.sourceId)}>
              Ask {elsewhere.name}
            </Button>
          </p>
        )}
      </Notice>
      <ExampleChips sourceId={sourceId} onAsk={onAsk} />
    </div>
  );
}

function Define({ words, onClick }: { words: string; onClick: () => void }) {
  return (
    <Button size="xs" variant="subtle" aria-label={`Define “${words}” for everyone`} onClick={onClick}>
      Define for everyone
    </Button>
  );
}

/** What each word of the question became. */
export function Understood({ answer, onDefine }: UnderstoodProps) {
  const told = answer.tokens.filter(({ state }) => state !== "ignored");
  const assumed = told.filter(({ state }) => state === "assumed").length;
  if (told.length === 0) return null;
  return (
    <Card title="How it was understood" sub={assumed > 0 ? `${assumed} assumed` : undefined} isRuled>
      <dl>
        {told.map((token) => (
          <div key={`${token.start}${token.text}${token.meaning}`} className={css.understood} data-state={token.state}>
            <dt>{token.text || "unsaid"}</dt>
            <dd>
              {token.meaning}
              {onDefine && token.text && token.state !== "matched" && (
                <Define
                  words={token.text}
                  onClick={() =>
                    onDefine({ words: token.text, meaning: token.state === "assumed" ? token.meaning : "" })
                  }
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

interface AskNextProps {
  questions: readonly string[];
  onAsk: (question: string) => void;
}

/** Words that go on from the answer shown. */
export function AskNext({ questions, onAsk }: AskNextProps) {
  if (questions.length === 0) return null;
  return (
    <Card title="Ask next" isRuled>
      {questions.map((words) => (
        <button key={words} type="button" className={css.reading} onClick={() => onAsk(words)}>
          {sentenceCase(words)}
        </button>
      ))}
    </Card>
  );
}

function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

interface ReadingsProps {
  title: string;
  readings: Answered["readings"];
  onChoose: (plan: Answered["readings"][number]["plan"]) => void;
}

/** What else the question may have meant, each a sentence to choose. */
export function Readings({ title, readings, onChoose }: ReadingsProps) {
  if (readings.length === 0) return null;
  return (
    <Card title={title} isRuled>
      {readings.map((reading) => (
        <button key={reading.label} type="button" className={css.reading} onClick={() => onChoose(reading.plan)}>
          {reading.label}
        </button>
      ))}
    </Card>
  );
}
