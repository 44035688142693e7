import js from "@eslint/js";
import importX from "eslint-plugin-import-x";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import jsxA11y from "eslint-plugin-jsx-a11y";
import lingui from "eslint-plugin-lingui";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const features = [
  "accounts",
  "analytics",
  "articles",
  "audit",
  "inbox",
  "notifications",
  "ownership",
  "settings",
  "thread",
];

// app plugs features together; features are blind to each other; what all share lies below and knows no feature.
const zones = [
  ...features.map((name) => ({
    target: `./src/features/${name}`,
    from: ["./src/features", "./src/app"],
    except: [`./${name}`, "./router-types.ts"],
    message: "A feature knows no other feature: meet in app/, or move what both need down.",
  })),
  {
    target: ["./src/ui", "./src/keyboard", "./src/realtime", "./src/api"],
    from: ["./src/features", "./src/app"],
    message: "What everything stands on knows nothing above it.",
  },
  {
    target: ["./src/api", "./src/realtime"],
    from: ["./src/ui", "./src/keyboard"],
    message: "Data knows no pixels.",
  },
];

export default tseslint.config(
  { ignores: ["node_modules", "dist", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "import-x": importX, "react-hooks": reactHooks, lingui },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }],
      "import-x/no-cycle": "error",
      "max-lines": ["error", { max: 200, skipBlankLines: false, skipComments: false }],
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-invalid-void-type": "off",
    },
  },
  {
    files: ["src/**/*.tsx"],
    ...jsxA11y.flatConfigs.recommended,
  },
  {
    // Every word a person reads is in a catalogue.
    files: ["src/**/*.tsx"],
    ignores: ["src/**/*.test.tsx"],
    plugins: { lingui },
    rules: {
      "lingui/no-unlocalized-strings": [
        "error",
        {
          ignore: [
            "^(WhatsApp|API)$",
            "^[^A-Za-z]+$",
            "^\\S*[-_/:.#]\\S*$",
            "^[a-z0-9 :/\\[\\]()%&.,#_*>=+-]*$",
          ],
          ignoreNames: [
            {
              regex: {
                pattern: "^(className|id|to|from|type|role|name|value|key|kind|view|href|rel|side|align)$",
              },
            },
            { regex: { pattern: "Class(Name)?$" } },
            "aria-live",
            "autoComplete",
            "inputMode",
            "queryKey",
          ],
          ignoreFunctions: [
            "*._",
            "*.t",
            "cx",
            "Error",
            "fetch",
            "*.get",
            "*.has",
            "*.startsWith",
            "*.querySelector*",
            "page",
          ],
        },
      ],
    },
  },
);
