import { lingui } from "@lingui/vite-plugin";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

import { plain } from "./src/locales/plain.ts";

interface Catalogue {
  readonly messages: Readonly<Record<string, unknown>>;
}

const server = process.env["DIBS_DEV_SERVER"] ?? "http://127.0.0.1:8000";

/** Leaves out of a catalogue what the texts in the code say by themselves: nearly all that is English. */
function onlyWhatDiffers(): Plugin {
  return {
    name: "dibs-only-what-differs",
    transform: {
      filter: { id: /\.po$/ },
      async handler(code) {
        const { messages } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as Catalogue;
        const differs = ([id, message]: [string, unknown]) =>
          JSON.stringify(message) !== JSON.stringify(plain(id));
        const kept = Object.fromEntries(Object.entries(messages).filter(differs));
        return { code: `export const messages = ${JSON.stringify(kept)};`, map: null };
      },
    },
  };
}

export default defineConfig({
  plugins: [react(), tailwindcss(), lingui({ failOnCompileError: true }), onlyWhatDiffers()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    // Where the server looks for it, and release wheels take it from.
    outDir: "../src/dibs/web/dist",
    emptyOutDir: true,
    target: "es2023",
    // The policy of the pages allows neither inline scripts nor data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the first screen needs is one file: many small ones take longer to ask for and compress less.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } } },
  },
  server: {
    proxy: { "/v1": { target: server, ws: true, changeOrigin: true, headers: { origin: server } } },
  },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
