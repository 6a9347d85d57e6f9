// Files saved by the page. Firefox sends no download event here: its folder is read instead.
import assert from "node:assert/strict";
import { readFile, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const PATIENCE = 20_000;

export async function collectDownloads(journey, folder, action, count) {
  return journey.browserName === "chromium" ? fromEvents(journey.page, action, count) : fromFolder(folder, action, count);
}

async function fromEvents(page, action, count) {
  const seen = [];
  const listen = (download) => seen.push(download);
  page.on("download", listen);
  try {
    await action();
    await until(() => seen.length >= count, () => `${seen.length} of ${count} downloads`);
    return await Promise.all(
      seen.map(async (download) => ({ name: download.suggestedFilename(), bytes: await readFile(await download.path()) })),
    );
  } finally {
    page.off("download", listen);
  }
}

async function fromFolder(folder, action, count) {
  // What an earlier case left would give our file another name.
  for (const name of await readdir(folder)) await rm(join(folder, name), { force: true });
  await action();
  let before = "";
  await until(
    async () => {
      const names = await readdir(folder);
      // A .part that was renamed since it was listed counts as empty: not yet.
      const sizes = await Promise.all(names.map((name) => stat(join(folder, name)).then(({ size }) => size, () => 0)));
      const now = JSON.stringify([names, sizes]);
      const settled = now === before && names.length >= count && !names.some((name) => name.endsWith(".part")) && !sizes.includes(0);
      before = now;
      return settled;
    },
    () => `${count} downloads; the folder holds ${before}`,
  );
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })));
}

async function until(condition, what) {
  const end = performance.now() + PATIENCE;
  while (!(await condition())) {
    assert.ok(performance.now() < end, `waited ${PATIENCE / 1000} s for ${what()}`);
    await pause(150);
  }
}
