// The same in the worker, to which the page gives the files with its text.
import { answer } from "./unpack.js";

export const fetch = (file) => answer(self.estampilleFiles, file);
