mod support;
use support::*;
use vocabulary::Timestamp;
#[test]
fn print() {
    let Some(folder) = real_data() else { return };
    for (name, certificate) in certificates(&folder, "end-entity") {
        let mut case = Case::of(&certificate);
        case.at = Timestamp(certificate.not_before()).plus_days(30);
        let report = case.check();
        println!(
            "{name}\n   {:?} {:?} {:?} {:?} {}",
            report.recognition.kind,
            report.recognition.product,
            report.recognition.confidence,
            report.environment,
            remarks(&report.findings).join(" | ")
        );
        println!("   {:?}", support::find(&report.findings, "chain-trusted").unwrap().facts);
    }
}
