//! The certificate brought to the server that kept its key, with the tool that made the key there.

use messages::{Locale, Text, papers::kit_there as texts};
use vocabulary::identifiers::StructureId;

use crate::{
    contract::{CertificateSummary, GuideCommand, KitAuthority, ToolGuide},
    file_stem,
};

/// What to do there, tool by tool. The files are called as [`crate::request::tools`] called them when the key was made;
/// the certificate is the file with the ending `.cer`. `authorities` are those of its chain whose files are at hand.
pub fn on_server(
    locale: Locale,
    summary: &CertificateSummary,
    authorities: &[KitAuthority],
) -> Vec<ToolGuide> {
    let name = summary.common_name.as_deref().unwrap_or_default();
    let id = summary.structure_id.as_deref().and_then(StructureId::parse);
    let product = summary.product.as_deref().and_then(|word| word.parse().ok());
    let stem = file_stem::of(product, name, id.as_ref().map(StructureId::number), None);
    let guide = Guide { locale, stem: &stem, authorities };
    vec![guide.openssl(), guide.windows(), guide.keytool()]
}

struct Guide<'a> {
    locale: Locale,
    stem: &'a str,
    authorities: &'a [KitAuthority],
}

impl Guide<'_> {
    fn openssl(&self) -> ToolGuide {
        let stem = self.stem;
        let chain =
            if self.authorities.is_empty() { String::new() } else { format!(" -certfile {stem}.ca.pem") };
        let mut commands = vec![
            self.command(texts::OPENSSL_PEM, "sh", format!("openssl x509 -in {stem}.cer -out {stem}.crt")),
            self.command(
                texts::OPENSSL_SAME,
                "sh",
                format!(
                    "openssl x509 -in {stem}.crt -noout -pubkey | openssl sha256\nopenssl pkey -in {stem}.key -pubout | openssl sha256"
                ),
            ),
        ];
        if !self.authorities.is_empty() {
            let lines = self.authorities.iter().enumerate().map(|(place, authority)| {
                let into = if place == 0 { ">" } else { ">>" };
                format!("openssl x509 -in {} {into} {stem}.ca.pem", authority.file_name)
            });
            let lines = lines.collect::<Vec<_>>().join("\n");
            commands.push(self.command(texts::OPENSSL_CHAIN, "sh", lines));
        }
        let pkcs12 = format!(
            "openssl pkcs12 -export -in {stem}.crt -inkey {stem}.key{chain} -name {stem} -out {stem}.p12"
        );
        commands.push(GuideCommand { optional: true, ..self.command(texts::OPENSSL_PKCS12, "sh", pkcs12) });
        self.guide("openssl", texts::OPENSSL, texts::OPENSSL_PLACE, commands)
    }

    /// `-accept` wants the chain to be known to the computer.
    fn windows(&self) -> ToolGuide {
        let mut commands: Vec<GuideCommand> = self
            .authorities
            .iter()
            .map(|authority| {
                let store = if authority.is_root { "Root" } else { "CA" };
                let name = super::commands::fact("authority", authority.name.as_str());
                GuideCommand {
                    what: texts::WINDOWS_AUTHORITY.with(self.locale, &[name]),
                    language: "powershell".into(),
                    text: format!("certutil -addstore -f {store} .\\{}", authority.file_name),
                    optional: false,
                }
            })
            .collect();
        let accept = format!("certreq -accept -machine .\\{}.cer", self.stem);
        commands.push(self.command(texts::WINDOWS_ACCEPT, "powershell", accept));
        self.guide("windows", texts::WINDOWS, texts::WINDOWS_PLACE, commands)
    }

    /// keytool refuses a certificate whose chain it cannot follow up to a root it holds.
    fn keytool(&self) -> ToolGuide {
        let stem = self.stem;
        let import = |alias: &str, file: &str| {
            format!("keytool -importcert -alias {alias} -storetype PKCS12 -keystore {stem}.p12 -file {file}")
        };
        let mut commands = Vec::new();
        if !self.authorities.is_empty() {
            let lines = self.authorities.iter().rev().map(|authority| {
                let alias = authority.file_name.trim_end_matches(".cer");
                format!("{} -noprompt", import(alias, &authority.file_name))
            });
            let lines = lines.collect::<Vec<_>>().join("\n");
            commands.push(self.command(texts::KEYTOOL_CHAIN, "sh", lines));
        }
        commands.push(self.command(texts::KEYTOOL_IMPORT, "sh", import(stem, &format!("{stem}.cer"))));
        commands.push(self.command(
            texts::KEYTOOL_SEE,
            "sh",
            format!("keytool -list -v -alias {stem} -storetype PKCS12 -keystore {stem}.p12"),
        ));
        self.guide("java", texts::KEYTOOL, texts::KEYTOOL_PLACE, commands)
    }

    fn guide(&self, tool: &'static str, title: Text, place: Text, commands: Vec<GuideCommand>) -> ToolGuide {
        let stem = super::commands::fact("stem", self.stem);
        ToolGuide {
            tool: tool.into(),
            title: title.get(self.locale).to_owned(),
            place: place.with(self.locale, &[stem]),
            commands,
        }
    }

    fn command(&self, what: Text, language: &'static str, text: String) -> GuideCommand {
        GuideCommand {
            what: what.get(self.locale).to_owned(),
            language: language.into(),
            text,
            optional: false,
        }
    }
}
