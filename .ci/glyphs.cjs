// node glyphs.cjs MODULES JOBS.json: sets characters in Chromium with a subset and with the whole font and compares the pixels.
// JOBS: [{"name", "subset", "whole", "lang", "characters"}…], paths of font files. Out: one line of JSON a job: {"name", "drawn": how
// many characters left ink, "different": those that don't look alike}.
const { createRequire } = require("node:module");
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const [modules, file] = process.argv.slice(2);
const puppeteer = createRequire(path.resolve(modules) + path.sep)("puppeteer");
const CELL = { width: 176, height: 72, columns: 6 };
const ROWS = 40;

// On a slant no hints are applied: whole fonts have them, small ones don't.
const STYLE = `body { margin: 0; } i { position: absolute; overflow: hidden; width: ${CELL.width}px; height: ${CELL.height}px; }
  b { display: inline-block; padding: 8px 4px; white-space: pre; font: 40px/48px subset, "no such font"; transform: rotate(1deg); }`;

/** In the page. No font stands behind the two, so that a glyph that is missing is not drawn by another. */
async function load({ subset, whole, lang }) {
  // Whole faces hold the forms of other regions too.
  document.documentElement.lang = lang;
  document.fonts.clear();
  for (const [family, url] of [["subset", subset], ["whole", whole]]) {
    document.fonts.add(await new FontFace(family, `url("${url}")`).load());
  }
}

/** In the page: each text in a cell of its own. */
async function set(family, texts, cell) {
  document.body.replaceChildren(...texts.map((text, i) => {
    const place = document.createElement("i"), line = document.createElement("b");
    place.style.left = `${(i % cell.columns) * cell.width}px`;
    place.style.top = `${Math.floor(i / cell.columns) * cell.height}px`;
    line.style.fontFamily = `${family}, "no such font"`;
    line.textContent = text;
    place.append(line);
    return place;
  }));
  await document.fonts.ready;
}

/** In the page: which cells differ between two pictures, and which of the first picture hold more ink than its first cell. */
async function compare(pictures, count, cell) {
  const pixels = [];
  for (const picture of pictures) {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height), context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    pixels.push((i) => context.getImageData((i % cell.columns) * cell.width, Math.floor(i / cell.columns) * cell.height, cell.width, cell.height).data);
  }
  // Places on the page are not drawn quite alike: ink is what is darker by half.
  const inked = (a, b) => a.filter((v, i) => b[i] - v > 128).length;
  const [subset, whole] = pixels, empty = subset(0), different = [], drawn = [];
  for (let i = 0; i < count; i++) {
    const cell = subset(i), other = whole(i);
    if (cell.some((v, at) => v !== other[at])) different.push(i);
    if (inked(cell, empty) > 0) drawn.push(i);
  }
  return { different, drawn };
}

async function judge(page, { name, characters }) {
  // A mark by itself belongs to no script and has no form of its region: it stands behind a character that does.
  const before = characters.find((c) => /\p{Script=Han}/u.test(c)) ?? "";
  const found = { name, drawn: 0, different: [] };
  const most = CELL.columns * ROWS - 1;
  for (let from = 0; from < characters.length; from += most) {
    const some = characters.slice(from, from + most), texts = ["", ...some].map((c) => before + c);
    const pictures = [];
    for (const family of ["subset", "whole"]) {
      await page.evaluate(set, family, texts, CELL);
      pictures.push(await page.screenshot({ encoding: "base64" }));
    }
    const { different, drawn } = await page.evaluate(compare, pictures, texts.length, CELL);
    found.drawn += drawn.length;
    found.different.push(...different.map((i) => some[i - 1] ?? before));
  }
  return found;
}

(async () => {
  const browser = await puppeteer.launch({
    executablePath: process.env.PUPPETEER_EXECUTABLE_PATH,
    args: ["--no-sandbox", "--allow-file-access-from-files"],
    timeout: 90000,
    protocolTimeout: 240000,
  });
  const page = await browser.newPage();
  await page.setViewport({ width: CELL.width * CELL.columns, height: CELL.height * ROWS });
  const here = `${file}.html`;
  fs.writeFileSync(here, `<!doctype html><meta charset="utf-8"><title>glyphs</title><style>${STYLE}</style>`);
  await page.goto(pathToFileURL(here).href);
  for (const job of JSON.parse(fs.readFileSync(file, "utf8"))) {
    const urls = { subset: pathToFileURL(job.subset).href, whole: pathToFileURL(job.whole).href };
    await page.evaluate(load, { ...job, ...urls });
    console.log(JSON.stringify(await judge(page, job)));
  }
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
