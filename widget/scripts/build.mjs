// Builds the widget: the app under a name that carries its digest, then the loader, which knows that name. Fails when
// either has grown beyond what a page should load for a button in its corner.
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const here = import.meta.dirname;
const folder = join(here, "../../src/dibs/channels/widget/dist");
// In bytes of gzip: the loader, and the loader with the app.
const MOST_LOADER = 5_000;
const MOST_ALL = 30_000;

const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: `export default ${JSON.stringify(code.trim())};`, loader: "js" };
    });
  },
};

async function bundle(entry, format, define) {
  const { outputFiles } = await build({
    entryPoints: [join(here, "../src", entry)],
    bundle: true,
    write: false,
    minify: true,
    charset: "utf8",
    legalComments: "none",
    target: "es2022",
    format,
    define,
    plugins: [styles],
  });
  return Buffer.from(outputFiles[0].contents);
}

const size = (content) => gzipSync(content, { level: 9 }).length;

const app = await bundle("app.ts", "esm", {});
const name = `app-${createHash("sha256").update(app).digest("hex").slice(0, 12)}.js`;
const loader = await bundle("loader.ts", "iife", { APP: JSON.stringify(name) });
const sizes = { loader: size(loader), all: size(loader) + size(app) };
console.log(`widget: loader ${sizes.loader} B, with the app ${sizes.all} B (gzip)`);
if (sizes.loader > MOST_LOADER || sizes.all > MOST_ALL) {
  console.error(`widget: too large: the loader may have ${MOST_LOADER} B, all of it ${MOST_ALL} B`);
  process.exit(1);
}
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await writeFile(join(folder, name), app);
// Last: it is what the server looks at to see that there is a new build.
await writeFile(join(folder, "widget.js"), loader);
