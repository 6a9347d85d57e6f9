// Where things are, from the place of this file.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const here = dirname(dirname(fileURLToPath(import.meta.url)));
export const root = dirname(dirname(here));
export const SITE = join(root, "dist/site");
export const NPM = join(root, "dist/npm");
export const SINGLE = join(root, "dist/estampille.html");
export const SCREENSHOTS = join(root, "dist/screenshots");
export const HEADERS = join(root, "web/site-headers.txt");
