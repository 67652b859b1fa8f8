import "./styles";
import { createRoot } from "react-dom/client";
import { App } from "./App";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has lost its root element.");
createRoot(root).render(<App />);
