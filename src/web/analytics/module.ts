import { api, unwrap } from "../app/api";
import type { WebModule } from "../app/module";

export const analytics: WebModule = {
  places: [
    { label: "Ask", to: "/ask", icon: "ask", key: "a", needs: "queries.run" },
    { label: "Questions", to: "/questions", icon: "code", key: "q", needs: "questions.read" },
  ],
  find: async (words, signal) => {
    const found = await unwrap(api.GET("/api/v1/questions", { signal, params: { query: { words } } }));
    return found.map(({ questionId, name, sourceName }) => ({
      label: name,
      hint: sourceName ?? "Question",
      icon: "code" as const,
      to: `/questions/${questionId}`,
    }));
  },
};
