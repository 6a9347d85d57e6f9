// The steps of an order, as a person takes them; journeys share them.
import { laboratory } from "./real-data.mjs";
import { plain, said } from "./texts.mjs";

/** A label or a name that must be the whole text, whatever the spaces. */
export const exactly = (text) => new RegExp(`^\\s*${escape(plain(text)).replaceAll(" ", "\\s+")}\\s*$`);

/** A text that must be there, among others. */
export const holding = (text) => new RegExp(escape(plain(text)).replaceAll(" ", "\\s+"));

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export const button = (t, key, facts) => t.page.getByRole("button", { name: exactly(said(key, facts)) });

export const heading = (t, key, facts) => t.page.getByRole("heading", { level: 1, name: holding(said(key, facts)) });

export const field = (t, key) => t.page.getByLabel(exactly(said(key)));

export const sector = (t, word) => t.page.getByRole("radio", { name: holding(said(`sector.${word}`)) }).first();

export const service = (t, word) => t.page.getByRole("checkbox", { name: exactly(said(`service.${word}`)) });

/** The file input of a drop zone, by its label. */
export const fileInput = (t, key) => t.page.getByLabel(exactly(said(key)));

/** The drop zone itself, where a hand would let go. */
export const dropZone = (t, key) => t.page.locator(".drop-zone").filter({ has: fileInput(t, key) });

/** From the first screen to the structure, filled in with a town laboratory. */
export async function toStructure(t, lab = laboratory()) {
  await t.open();
  await t.page.getByRole("button", { name: holding(said("home.order")) }).click();
  await heading(t, "structure.title").waitFor();
  await sector(t, "lbm-ville").check();
  await field(t, "structure.name").fill(lab.name);
  await field(t, "structure.finess-et").fill(lab.et);
  return lab;
}

/** On to the software, with these services. */
export async function toSoftware(t, services, name = "SGL d'essai") {
  await button(t, "common.continue").click();
  await heading(t, "software.title").waitFor();
  await field(t, "software.name").fill(name);
  for (const word of services) {
    const box = service(t, word);
    if (!(await box.isVisible())) await t.page.getByText(exactly(said("software.others"))).click();
    await box.check();
  }
}

/** On to the plan. */
export async function toPlan(t) {
  await button(t, "common.continue").click();
  await heading(t, "plan.title").waitFor();
}

/** On to the key of the certificate of this name. */
export async function toKey(t, commonName) {
  await t.page.getByRole("button", { name: new RegExp(`${holding(said("plan.prepare-for")).source}.*${escape(commonName)}\\s*$`) }).first().click();
  await heading(t, "generate.title").waitFor();
}

/** All of the above: a laboratory that interrogates INSi by hand, before its key. */
export async function toInsiKey(t) {
  const lab = await toStructure(t);
  await toSoftware(t, ["insi-manu"]);
  await toPlan(t);
  await toKey(t, "INSI-MANU");
  return lab;
}

export const here = (t) => t.page.getByRole("radio", { name: holding(said("generate.here")) });
export const there = (t) => t.page.getByRole("radio", { name: holding(said("generate.there")) });

/** Makes the key in the page with a proposed passphrase, which is returned. */
export async function makeKey(t) {
  await here(t).check();
  await button(t, "key.propose").click();
  const phrase = await field(t, "key.passphrase").inputValue();
  await button(t, "key.make").click();
  await made(t);
  return phrase;
}

export const made = (t) => t.page.getByRole("heading", { name: exactly(said("key.save-title")) }).waitFor();

/** The section of the page under this heading. */
export const section = (t, key) => t.page.locator("section").filter({ has: t.page.getByRole("heading", { level: 3, name: exactly(said(key)) }) }).last();

/** Saves the key that was made; `{ name, bytes }`. */
export const saveKey = (t) => t.download(() => section(t, "key.save-title").getByRole("button", { name: exactly(said("common.download")) }).click());

/** Gives the key back with a passphrase, and asks. */
export async function readBack(t, file, phrase) {
  if (file) await t.choose(fileInput(t, "key.file"), [file]);
  await section(t, "key.verify-title").getByLabel(exactly(said("key.passphrase"))).fill(phrase);
  await button(t, "key.verify").click();
}

export const verified = (t) => t.page.getByText(exactly(said("key.verified"))).first().waitFor();

/** Saves the request, once the key was kept. */
export const saveRequest = (t) => t.download(() => section(t, "key.csr-title").getByRole("button", { name: exactly(said("common.download")) }).click());

/** Opens Vérifier from the header. */
export async function toCheck(t) {
  await t.page.getByRole("link", { name: exactly(said("frame.received")) }).click();
  await heading(t, "check.title").waitFor();
}

/** The report on the file of this name. */
export const report = (t, name) => t.page.locator("section.report").filter({ has: t.page.getByText(name, { exact: true }) });

/** The finding of this code, folded or not. */
export const finding = (place, code) => place.locator(`[data-code="${code}"]`);
