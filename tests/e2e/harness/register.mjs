// What journeys through the FINESS register share: its files, its field, and an index as a host serves it.
import { join } from "node:path";

import { extracts } from "../../registers.mjs";
import { NPM } from "./paths.mjs";
import { said } from "./texts.mjs";
import { button, exactly, fileInput, holding } from "./walk.mjs";

/** Both extracts, as files a person gives. */
export const registerFiles = (options) => {
  const [sites, entities] = extracts(options);
  return [
    { name: "etalab-cs1100502-stock-20260512-0337.csv", bytes: Buffer.from(sites) },
    { name: "etalab-cs1100501-stock-20260512-0336.csv", bytes: Buffer.from(entities) },
  ];
};

/** An index of the made-up register, made by the npm package. */
export async function registerIndex(options) {
  const { default: init, FinessRegister } = await import(join(NPM, "index.js"));
  await init();
  const register = await FinessRegister.build(extracts(options));
  const index = await register.save();
  register.free();
  return Buffer.from(index);
}

export const searchField = (t) => t.page.getByRole("combobox", { name: exactly(said("register.search")) });
export const options = (t) => t.page.getByRole("option");
export const problem = (t) => t.page.locator(".register [role=alert]");

/** From the first screen to the structure's. */
export async function toRegister(t) {
  await t.page.getByRole("button", { name: holding(said("home.order")) }).click();
  await t.page.getByRole("heading", { name: exactly(said("register.title")) }).waitFor();
}

/** Gives the files, and waits until the register is searched. */
export async function giveRegister(t, files = registerFiles()) {
  const field = fileInput(t, "register.file");
  if (!(await field.isVisible())) await t.page.getByText(exactly(said("register.other"))).click();
  await t.choose(field, files);
  await searchField(t).waitFor();
}

/** Searches, and opens the first structure found. */
export async function find(t, text) {
  await searchField(t).fill(text);
  await options(t).first().click();
  await button(t, "register.take").waitFor();
}
