/** The report of a set, as it crosses from the second module and as the contract has it. */

import type { CheckReport, Finding, SetReport } from "./api.js";

/** A thousand reports say the same things: each finding crosses once, and a report holds its place among them. */
interface Crossing extends Omit<SetReport, "items"> {
  items: (Omit<SetReport["items"][number], "report"> & { report?: Omit<CheckReport, "findings"> & { findings: number[] } })[];
  reportFindings: Finding[];
}

/** Puts the findings in their places. Reports share them, as they share their texts. */
export function whole(crossing: Crossing): SetReport {
  const { items, reportFindings, ...rest } = crossing;
  return {
    ...rest,
    items: items.map(({ report, ...item }) => {
      if (report === undefined) return item;
      const findings = report.findings.flatMap((place) => reportFindings[place] ?? []);
      return { ...item, report: { ...report, findings } };
    }),
  };
}
