import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.GRIDLENS_SERVER ?? "http://127.0.0.1:8470";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../gridlens/static",
    emptyOutDir: true,
    manifest: true,
    target: "es2023",
    // Plotly is one large chunk by nature; `npm run size` guards what matters.
    chunkSizeWarningLimit: 2000,
  },
  server: { proxy: { "/api": { target: server, changeOrigin: false } } },
  test: { environment: "node", include: ["**/*.test.{ts,tsx}"] },
});
