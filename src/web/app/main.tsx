import "./styles";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { ProblemError } from "./problem";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has lost its root element.");
createRoot(root, {
  // What the server or a right refused is told on the page; anything else is a mistake of ours.
  onCaughtError: (error, { componentStack }) => {
    if (!(error instanceof ProblemError)) console.error(error, componentStack);
  },
}).render(<App />);
