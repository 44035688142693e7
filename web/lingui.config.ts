import { formatter } from "@lingui/format-po";
import { defineConfig } from "@lingui/cli";

export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "es"],
  catalogs: [
    { path: "<rootDir>/src/locales/{locale}", include: ["src"], exclude: ["**/*.test.*", "**/fixtures.ts"] },
  ],
  // Whoever extracts, on whatever machine, gets the same file.
  orderBy: "messageId",
  format: formatter({ lineNumbers: false, origins: false, explicitIdAsDefault: true }),
});
