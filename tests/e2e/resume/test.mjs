// Beside every step of an order: what will be ordered, as it is typed.
import { exactly, field, service, toPlan, toSoftware, toStructure } from "../harness/walk.mjs";
import { said } from "../harness/texts.mjs";

export default [
  {
    name: "the summary follows what is typed: number of certificates, and their names",
    async run(t) {
      await toStructure(t);
      await toSoftware(t, ["insi-manu"], "Premier nom");
      const summary = t.page.getByRole("complementary", { name: exactly(said("plan.summary")) });
      await summary.getByText(exactly(said("plan.summary-count", { count: 1 }))).waitFor();
      await service(t, "mssante-operateur").check();
      await service(t, "dmp").check();
      await summary.getByText(exactly(said("plan.summary-count", { count: 4 }))).waitFor();
      await summary.getByText("Premier nom").first().waitFor();
      await field(t, "software.fqdn").fill("mss.laboratoire-essai.fr");
      await summary.getByText("mss.laboratoire-essai.fr").waitFor({ timeout: 5_000 });
      await field(t, "software.name").fill("Second nom");
      await summary.getByText("Second nom").first().waitFor({ timeout: 5_000 });
      await toPlan(t);
      await summary.getByText("mss.laboratoire-essai.fr").waitFor();
    },
  },
];
