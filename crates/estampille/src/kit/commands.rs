//! The commands of each tool. File names are ASCII letters, digits, dots, hyphens and underscores, so that no shell
//! reads anything else in them; host names have passed their rule.

use messages::{Locale, Text, papers::kit as texts, papers::kit_tool as tools};
use vocabulary::{Fact, Value};

use super::guide::Tool;
use crate::contract::{GuideCommand, KitFacts};

/// The commands of a tool, in order; none where the certificate is of no use.
pub(super) fn of(locale: Locale, tool: Tool, facts: &KitFacts) -> Vec<GuideCommand> {
    let list = List { locale, facts, stem: &facts.file_stem, commands: Vec::new() };
    match tool {
        Tool::Nginx => list.nginx(),
        Tool::Apache => list.apache(),
        Tool::Windows => list.windows(),
        Tool::Java => list.java(),
        Tool::Curl => list.curl(),
    }
}

pub(super) fn fact(name: &'static str, value: impl Into<Value>) -> Fact {
    Fact { name, value: value.into() }
}

struct List<'a> {
    locale: Locale,
    facts: &'a KitFacts,
    stem: &'a str,
    commands: Vec<GuideCommand>,
}

impl List<'_> {
    /// The key stays encrypted; nginx reads its passphrase from a file of root's. Paths are relative to the folder of
    /// nginx.conf.
    fn nginx(mut self) -> Vec<GuideCommand> {
        if !self.facts.serves && !self.facts.calls {
            return Vec::new();
        }
        let stem = self.stem;
        self.pass_file();
        if self.facts.serves {
            let host = self.host();
            self.add(
                tools::NGINX_SERVE,
                "nginx",
                format!(
                    "server {{\n    listen 443 ssl;\n    server_name {host};\n    ssl_certificate {stem}.fullchain.pem;\n    \
                     ssl_certificate_key {stem}.key;\n    ssl_password_file {stem}.pass;\n}}"
                ),
            );
            if self.has_chain() {
                self.add_optional(
                    tools::NGINX_ASK,
                    "nginx",
                    format!(
                        "    ssl_client_certificate {stem}.ca.pem;\n    ssl_verify_client on;\n    ssl_verify_depth 3;"
                    ),
                );
            }
        }
        if self.facts.calls {
            let address = self.address();
            let trust = if self.has_chain() {
                format!(
                    "    proxy_ssl_verify on;\n    proxy_ssl_verify_depth 3;\n    proxy_ssl_trusted_certificate {stem}.ca.pem;\n"
                )
            } else {
                String::new()
            };
            let lines = format!(
                "location / {{\n    proxy_pass https://{address};\n    proxy_ssl_server_name on;\n    \
                 proxy_ssl_certificate {stem}.fullchain.pem;\n    proxy_ssl_certificate_key {stem}.key;\n    \
                 proxy_ssl_password_file {stem}.pass;\n{trust}}}"
            );
            if self.facts.serves {
                self.add_optional(tools::NGINX_PROXY, "nginx", lines);
            } else {
                self.add(tools::NGINX_PROXY, "nginx", lines);
            }
        }
        self.add(tools::NGINX_RELOAD, "sh", "nginx -t && nginx -s reload".to_owned());
        self.commands
    }

    /// Paths are relative to ServerRoot.
    fn apache(mut self) -> Vec<GuideCommand> {
        if !self.facts.serves && !self.facts.calls {
            return Vec::new();
        }
        let stem = self.stem;
        if self.facts.serves {
            let host = self.host();
            self.pass_file();
            self.add(
                tools::APACHE_PASS,
                "sh",
                format!(
                    "printf '#!/bin/sh\\nexec cat \"%s\"\\n' \"$PWD/{stem}.pass\" > {stem}.pass.sh && chmod 700 {stem}.pass.sh"
                ),
            );
            self.add(
                tools::APACHE_SERVE,
                "apache",
                format!(
                    "SSLPassPhraseDialog exec:{stem}.pass.sh\n<VirtualHost *:443>\n    ServerName {host}\n    SSLEngine on\n    \
                     SSLCertificateFile {stem}.fullchain.pem\n    SSLCertificateKeyFile {stem}.key\n</VirtualHost>"
                ),
            );
            if self.has_chain() {
                self.add_optional(
                    tools::APACHE_ASK,
                    "apache",
                    format!(
                        "    SSLCACertificateFile {stem}.ca.pem\n    SSLVerifyClient require\n    SSLVerifyDepth 3"
                    ),
                );
            }
        } else {
            let address = self.address();
            self.add(
                tools::APACHE_PROXY_KEY,
                "sh",
                format!(
                    "umask 077 && {{ cat {stem}.crt && openssl pkey -in {stem}.key; }} > {stem}.proxy.pem"
                ),
            );
            let trust = if self.has_chain() {
                format!(
                    "SSLProxyVerify require\nSSLProxyVerifyDepth 3\nSSLProxyCACertificateFile {stem}.ca.pem\n"
                )
            } else {
                String::new()
            };
            self.add(
                tools::APACHE_PROXY,
                "apache",
                format!(
                    "SSLProxyEngine on\nSSLProxyMachineCertificateFile {stem}.proxy.pem\n{trust}ProxyPass / https://{address}/\n\
                     ProxyPassReverse / https://{address}/"
                ),
            );
        }
        self.add(tools::APACHE_RELOAD, "sh", "apachectl configtest && apachectl restart".to_owned());
        self.commands
    }

    /// Windows finds a certificate by its SHA-1, in capitals.
    fn windows(mut self) -> Vec<GuideCommand> {
        let stem = self.stem;
        let place = format!("Cert:\\LocalMachine\\My\\{}", self.facts.sha1.to_ascii_uppercase());
        self.add(
            tools::WINDOWS_IMPORT,
            "powershell",
            format!(
                "Import-PfxCertificate -FilePath .\\{stem}.p12 -CertStoreLocation Cert:\\LocalMachine\\My -Password (Read-Host -AsSecureString)"
            ),
        );
        for authority in &self.facts.authorities {
            let store = if authority.is_root { "Root" } else { "CA" };
            let what =
                tools::WINDOWS_AUTHORITY.with(self.locale, &[fact("authority", authority.name.as_str())]);
            let text = format!("certutil -addstore -f {store} .\\{}", authority.file_name);
            self.commands.push(GuideCommand { what, language: "powershell".into(), text, optional: false });
        }
        if self.facts.serves {
            let host = self.host();
            self.add(
                tools::WINDOWS_BIND,
                "powershell",
                format!(
                    "New-WebBinding -Name 'Default Web Site' -Protocol https -Port 443 -HostHeader '{host}' -SslFlags 1\n\
                     (Get-WebBinding -Name 'Default Web Site' -Protocol https -HostHeader '{host}').AddSslCertificate('{}', 'My')",
                    self.facts.sha1.to_ascii_uppercase()
                ),
            );
        } else if self.facts.calls {
            let address = self.address();
            self.add(
                tools::WINDOWS_CALL,
                "powershell",
                format!("Invoke-WebRequest -UseBasicParsing -Uri https://{address}/ -Certificate (Get-Item {place})"),
            );
        }
        self.add(
            tools::WINDOWS_SEE,
            "powershell",
            format!("Get-Item {place} | Format-List Subject, NotAfter, HasPrivateKey"),
        );
        self.commands
    }

    fn java(mut self) -> Vec<GuideCommand> {
        let stem = self.stem;
        self.add(tools::JAVA_SEE, "sh", format!("keytool -list -v -storetype PKCS12 -keystore {stem}.p12"));
        if self.has_chain() {
            self.add(
                tools::JAVA_TRUST,
                "sh",
                format!("keytool -list -v -storetype JKS -keystore {stem}.truststore.jks"),
            );
        }
        let passphrase = texts::PASSPHRASE_PLACEHOLDER.get(self.locale);
        let mut options = format!(
            "-Djavax.net.ssl.keyStore={stem}.p12\n-Djavax.net.ssl.keyStoreType=PKCS12\n\
             -Djavax.net.ssl.keyStorePassword=\"{passphrase}\""
        );
        if self.has_chain() {
            options.push_str(&format!(
                "\n-Djavax.net.ssl.trustStore={stem}.truststore.jks\n-Djavax.net.ssl.trustStoreType=JKS\n\
                 -Djavax.net.ssl.trustStorePassword=\"{passphrase}\""
            ));
        }
        let mut what = tools::JAVA_OPTIONS.with(self.locale, &[fact("file", format!("{stem}.java"))]);
        if self.has_chain() {
            what.push(' ');
            what.push_str(tools::JAVA_OPTIONS_NOTE.get(self.locale));
        }
        self.commands.push(GuideCommand {
            what,
            language: "java-options".into(),
            text: options,
            optional: !self.facts.calls && !self.facts.serves,
        });
        self.commands
    }

    fn curl(mut self) -> Vec<GuideCommand> {
        let stem = self.stem;
        if self.facts.calls {
            let address = self.address();
            let trust = if self.has_chain() { format!(" --cacert {stem}.ca.pem") } else { String::new() };
            self.add(
                tools::CURL_CALL,
                "sh",
                format!("curl --cert {stem}.fullchain.pem --key {stem}.key{trust} https://{address}/"),
            );
        }
        if self.has_chain() {
            self.add(tools::CURL_VERIFY, "sh", format!("openssl verify -CAfile {stem}.ca.pem {stem}.crt"));
        }
        let legacy = if self.facts.profile == "legacy" { " -legacy" } else { "" };
        self.add(tools::CURL_PKCS12, "sh", format!("openssl pkcs12 -in {stem}.p12 -info -noout{legacy}"));
        self.add(
            tools::CURL_SEE,
            "sh",
            format!("openssl x509 -in {stem}.crt -noout -subject -issuer -dates -fingerprint -sha256"),
        );
        self.commands
    }

    fn pass_file(&mut self) {
        let text = format!("umask 077 && cat > {}.pass", self.stem);
        self.add(tools::PASS_FILE, "sh", text);
    }

    fn add(&mut self, what: Text, language: &'static str, text: String) {
        let what = what.get(self.locale).to_owned();
        self.commands.push(GuideCommand { what, language: language.into(), text, optional: false });
    }

    fn add_optional(&mut self, what: Text, language: &'static str, text: String) {
        let what = what.get(self.locale).to_owned();
        self.commands.push(GuideCommand { what, language: language.into(), text, optional: true });
    }

    fn has_chain(&self) -> bool {
        !self.facts.authorities.is_empty()
    }

    fn host(&self) -> String {
        self.facts.host.clone().unwrap_or_else(|| self.address().to_owned())
    }

    fn address(&self) -> &'static str {
        texts::HOST_PLACEHOLDER.get(self.locale)
    }
}
