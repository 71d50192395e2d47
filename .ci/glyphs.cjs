// node glyphs.cjs MODULES JOBS.json: draws characters in Chromium with a subset and with the whole font and compares the pixels.
// JOBS: [{"name", "subset", "whole", "lang", "characters"}…], paths of font files. Out: one line of JSON a job: {"name", "drawn": how
// many characters left ink, "different": those that don't look alike}.
const { createRequire } = require("node:module");
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const [modules, file] = process.argv.slice(2);
const puppeteer = createRequire(path.resolve(modules) + path.sep)("puppeteer");

/** In the page: no font stands behind the two, so that a glyph that is missing is not drawn by another. */
async function compare({ subset, whole, lang, characters }) {
  // Whole faces hold the forms of other regions too.
  document.documentElement.lang = lang;
  const size = 48, side = 72;
  for (const [family, url] of [["subset", subset], ["whole", whole]]) {
    document.fonts.add(await new FontFace(family, `url("${url}")`).load());
  }
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  document.body.replaceChildren(canvas);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  // On a slant no hints are applied, which whole fonts have and small ones may not.
  const draw = (family, c) => {
    context.resetTransform();
    context.clearRect(0, 0, side, side);
    context.rotate(0.05);
    context.font = `${size}px ${family}, "no such font"`;
    context.fillText(c, 14, 52);
    return context.getImageData(0, 0, side, side).data;
  };
  const different = [];
  let drawn = 0;
  for (const c of characters) {
    const a = draw("subset", c), b = draw("whole", c);
    drawn += a.some((v) => v > 0) ? 1 : 0;
    if (a.some((v, i) => v !== b[i])) different.push(c);
  }
  document.fonts.clear();
  return { drawn, different };
}

(async () => {
  const browser = await puppeteer.launch({
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH,
    args: ["--no-sandbox", "--allow-file-access-from-files"],
    timeout: 90000,
    protocolTimeout: 240000,
  });
  const page = await browser.newPage();
  const here = `${file}.html`;
  fs.writeFileSync(here, "<!doctype html><title>glyphs</title>");
  await page.goto(pathToFileURL(here).href);
  for (const job of JSON.parse(fs.readFileSync(file, "utf8"))) {
    const urls = { subset: pathToFileURL(job.subset).href, whole: pathToFileURL(job.whole).href };
    const found = await page.evaluate(compare, { ...job, ...urls });
    console.log(JSON.stringify({ name: job.name, ...found }));
  }
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
