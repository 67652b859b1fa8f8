import { acceptCompletion, autocompletion, closeBrackets, closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import { Decoration, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "react";
import { styleNonce } from "../app/nonce";
import type { Fault } from "./fault";
import { languageOf } from "./sqlLanguage";
import css from "./SqlEditor.module.css";

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--e-gas-text)" },
  { tag: [tags.function(tags.variableName), tags.standard(tags.name)], color: "var(--e-nuclear-text)" },
  { tag: tags.comment, color: "var(--ink-3)" },
  { tag: tags.number, color: "var(--e-hydro-text)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "transparent", fontSize: "var(--fs-12)" },
  "&.cm-focused": { outline: "none" },
  ".cm-content": { fontFamily: "var(--font-mono)", lineHeight: "1.62", caretColor: "var(--ink)", padding: "8px 0" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--ink-3)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--surface-2)" },
  ".cm-fault": { backgroundColor: "var(--danger-soft)", boxShadow: "inset 3px 0 0 var(--danger)" },
  ".cm-fault-place": { textDecoration: "underline wavy var(--danger)", textUnderlineOffset: "3px" },
  ".cm-placeholder": { color: "var(--ink-3)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--accent-soft)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--surface)",
    color: "var(--ink)",
    border: "1px solid var(--line-2)",
    borderRadius: "var(--r-md)",
    boxShadow: "var(--shadow-2)",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent-soft)",
    color: "var(--ink)",
  },
});

export interface SqlEditorProps {
  value: string;
  dialect: string;
  /** Columns by table, for completion. */
  schema: Record<string, string[]>;
  label: string;
  onChange?: (sql: string) => void;
  /** Runs what is selected, or everything where nothing is. */
  onRun?: (sql: string) => void;
  isReadOnly?: boolean;
  fault?: Fault | null;
}

/** The line of a fault, and the word that stands where it was found. */
function marksOf(state: EditorState, fault: Fault | null) {
  if (!fault || fault.line > state.doc.lines) return Decoration.none;
  const line = state.doc.line(fault.line);
  const from = Math.min(line.from + fault.column - 1, line.to);
  const word = /^[\p{L}\p{N}_$]+|^./u.exec(state.sliceDoc(from, line.to))?.[0] ?? "";
  const marks = [Decoration.line({ class: "cm-fault" }).range(line.from)];
  if (word) marks.push(Decoration.mark({ class: "cm-fault-place" }).range(from, from + word.length));
  return Decoration.set(marks);
}

/** SQL with completion from the catalog; Ctrl or Cmd with Enter runs it. */
export function SqlEditor({ value, dialect, schema, label, onChange, onRun, isReadOnly = false, fault = null }: SqlEditorProps) {
  const frame = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const language = useRef(new Compartment());
  const marks = useRef(new Compartment());
  const calls = useRef({ onChange, onRun });
  calls.current = { onChange, onRun };

  useEffect(() => {
    if (!frame.current) return undefined;
    const run = (editor: EditorView) => {
      const { from, to } = editor.state.selection.main;
      closeCompletion(editor);
      calls.current.onRun?.(from === to ? editor.state.doc.toString() : editor.state.sliceDoc(from, to));
      return true;
    };
    const editor = new EditorView({
      parent: frame.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          EditorView.cspNonce.of(styleNonce()),
          keymap.of([{ key: "Mod-Enter", run, preventDefault: true }]),
          lineNumbers(),
          history(),
          bracketMatching(),
          closeBrackets(),
          // Its icons are letters that few fonts have.
          autocompletion({ icons: false }),
          highlightActiveLine(),
          highlightSelectionMatches(),
          // Tab takes what completion offers and else leads out of the editor, or nobody could leave by keyboard.
          keymap.of([{ key: "Tab", run: acceptCompletion }]),
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, ...searchKeymap]),
          syntaxHighlighting(colours),
          look,
          language.current.of(languageOf(dialect, schema)),
          marks.current.of([]),
          placeholder("SELECT …"),
          EditorView.lineWrapping,
          EditorState.readOnly.of(isReadOnly),
          EditorView.contentAttributes.of({ "aria-label": label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) calls.current.onChange?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- made once; what changes is handed in below
  }, [isReadOnly, label]);

  useEffect(() => {
    view.current?.dispatch({
      effects: language.current.reconfigure(languageOf(dialect, schema)),
    });
  }, [dialect, schema]);

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
    }
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    editor.dispatch({
      effects: marks.current.reconfigure(EditorView.decorations.of(marksOf(editor.state, fault))),
    });
  }, [fault]);

  return (
    <div className={css.frame}>
      <div ref={frame} className={css.editor} />
    </div>
  );
}
