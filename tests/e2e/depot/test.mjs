// Dropping by hand: the veil that invites comes and goes, and what the page asks to drop is taken.
import assert from "node:assert/strict";

import { realCertificate, withReal } from "../harness/real-data.mjs";
import { said } from "../harness/texts.mjs";
import * as walk from "../harness/walk.mjs";

const { exactly, holding, report } = walk;

const FILE = { name: "essai.cer", bytes: Buffer.from("rien") };

const veil = (t) => t.page.getByText(exactly(said("frame.global-drop")));

export default [
  {
    name: "the veil goes when the file is let go, on a zone or beside it",
    async run(t) {
      await t.open("#/verifier");
      await t.drop(t.page.getByRole("contentinfo"), [FILE]);
      await t.page.getByText(holding(said("plain-text.title"))).first().waitFor();
      assert.equal(await veil(t).count(), 0, "beside a zone");
      await t.drop(walk.dropZone(t, "check.drop"), [FILE]);
      await t.page.getByText(holding(said("plain-text.title"))).nth(1).waitFor();
      assert.equal(await veil(t).count(), 0, "on a zone");
    },
  },
  {
    name: "a revocation list beside its certificate is called by its name",
    run: (t) =>
      withReal(["end-entity/test-el-org-auth-cli-hemadialyse-2025"], async (certificate) => {
        await t.open("#/verifier");
        const list = realCertificate("crl/test-ac-elementaire-organisations-20190627.crl");
        await t.drop(walk.dropZone(t, "check.drop"), [certificate, list]);
        await report(t, certificate.name).waitFor();
        await t.page.locator(".dropped li").filter({ hasText: list.name }).getByText(holding(said("check.kind-crl"))).waitFor();
      }),
  },
];
