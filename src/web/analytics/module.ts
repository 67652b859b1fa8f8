import { api, unwrap } from "../app/api";
import type { Found, WebModule } from "../app/module";

const EXPORTS: Found = { label: "Exports", hint: "Files you asked for", icon: "download", to: "/exports" };

export const analytics: WebModule = {
  places: [
    { label: "Ask", to: "/ask", icon: "ask", key: "a", needs: "queries.run" },
    { label: "Questions", to: "/questions", icon: "code", key: "q", needs: "questions.read" },
  ],
  find: async (words, signal) => {
    const found = await unwrap(api.GET("/api/v1/questions", { signal, params: { query: { words } } }));
    const questions = found.map(({ questionId, name, sourceName }) => ({
      label: name,
      hint: sourceName ?? "Question",
      icon: "code" as const,
      to: `/questions/${questionId}`,
    }));
    return words && "exports".startsWith(words.toLowerCase()) ? [EXPORTS, ...questions] : questions;
  },
};
