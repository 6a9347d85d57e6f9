//! Kits as machines take them: the readme's own commands, run as they stand where a machine without Windows can.
//!
//! Key and request are made by the product, the certificates by an authority of OpenSSL's, the kits by the product
//! again; nginx serves with one, curl calls with the other.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a broken expectation must stop the test with its reason"
)]

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use conformance::{
    Folder, Judge, certutil, curl, engine, keytool, nginx, openssl, pk12util, run, shell_line, unzip,
};
use estampille::Context;
use estampille::calendar;
use estampille::contract::{AssembleInput, CsrRequest, FileInput, GuideCommand, Kit, Secret, Subject};
use estampille::kit::{Target, assemble, for_target};
use estampille::{passport, request};
use messages::Locale;
use vocabulary::Timestamp;

const PASSPHRASE: &str = "lierre-canal-tuile-verger-ombre-sapin";
const KEPT: &str = "phrase de la clé gardée";
const HOST: &str = "dmp.exemple.fr";

fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp(i64::try_from(since.as_secs()).unwrap())
}

/// A root and an intermediate authority in a folder: `root.pem`, `ca.pem`, `chain.p7b`.
fn authority(openssl: &Judge) -> Folder {
    let folder = Folder::new();
    let ask = |words: &[&str]| openssl.demand(folder.path(), words, b"");
    folder.write("ca.ext", "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n");
    let root = "/C=FR/O=ESSAI/CN=Racine d'essai";
    ask(&[
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-utf8", "-keyout", "root.key", "-out", "root.pem",
        "-subj", root, "-days", "900",
    ]);
    let intermediate = "/C=FR/O=ESSAI/CN=Autorité d'essai";
    ask(&[
        "req",
        "-new",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-utf8",
        "-keyout",
        "ca.key",
        "-out",
        "ca.csr",
        "-subj",
        intermediate,
    ]);
    ask(&[
        "x509",
        "-req",
        "-in",
        "ca.csr",
        "-CA",
        "root.pem",
        "-CAkey",
        "root.key",
        "-CAcreateserial",
        "-days",
        "900",
        "-extfile",
        "ca.ext",
        "-out",
        "ca.pem",
    ]);
    ask(&[
        "crl2pkcs7",
        "-nocrl",
        "-certfile",
        "ca.pem",
        "-certfile",
        "root.pem",
        "-outform",
        "DER",
        "-out",
        "chain.p7b",
    ]);
    folder
}

/// The kit of a certificate for a new key: request by the product, signature by the authority, chain from its `.p7b`.
fn kit(openssl: &Judge, authority: &Folder, product: &str, name: &str, extensions: &str) -> (Kit, FileInput) {
    let engine = engine();
    let context = Context { locale: Locale::Fr, now: now(), engine: &engine };
    let text = |text: &str| Some(text.to_owned());
    let wanted = CsrRequest {
        product: text(product),
        subject: Some(Subject {
            department: text("Côte-d'Or (21)"),
            organization: text("LABORATOIRE \"LILAS\", DIJON + BEAUNE"),
            structure_id: text("1750712184"),
            common_name: text(name),
            ..Subject::default()
        }),
        passphrase: Some(Secret::new(KEPT.to_owned())),
        ..CsrRequest::default()
    };
    let made = run(request::create(&context, wanted)).unwrap();
    authority.write("leaf.csr", &made.csr_pem);
    authority.write("leaf.ext", extensions);
    openssl.demand(
        authority.path(),
        &[
            "x509",
            "-req",
            "-in",
            "leaf.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "700",
            "-extfile",
            "leaf.ext",
            "-out",
            "leaf.pem",
        ],
        b"",
    );
    let certificate = FileInput::new(authority.read("leaf.pem"));
    let input = AssembleInput {
        certificate: Some(certificate.clone()),
        private_key: Some(FileInput::new(made.private_key_pem.as_bytes().to_vec())),
        passphrase: Some(Secret::new(KEPT.to_owned())),
        chain: Some(vec![FileInput::new(authority.read("chain.p7b"))]),
        output_passphrase: Some(Secret::new(PASSPHRASE.to_owned())),
        ..AssembleInput::default()
    };
    let random = |buffer: &mut [u8]| getrandom::fill(buffer).is_ok();
    (run(assemble(&context, random, input)).unwrap(), certificate)
}

fn server_kit(openssl: &Judge, authority: &Folder) -> (Kit, FileInput) {
    let extensions = format!(
        "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature,keyEncipherment\n\
         extendedKeyUsage=serverAuth,clientAuth\nsubjectAltName=DNS:{HOST}\n"
    );
    kit(openssl, authority, "SERV_SSL", HOST, &extensions)
}

fn client_kit(openssl: &Judge, authority: &Folder) -> (Kit, FileInput) {
    let extensions =
        "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\n";
    kit(openssl, authority, "ORG_AUTH_CLI", "INSI-AUTO", extensions)
}

/// The kit's archive unpacked by unzip.
fn unpacked(unzip: &Judge, kit: &Kit) -> Folder {
    let folder = Folder::new();
    folder.write("kit.zip", &kit.zip.0);
    let tested = unzip.demand(folder.path(), &["-t", "kit.zip"], b"");
    assert!(tested.text().contains("No errors detected"), "{}", tested.text());
    unzip.demand(folder.path(), &["-q", "kit.zip"], b"");
    folder
}

/// The commands of a tool, as the page shows them; each stands in the readme.
fn commands(kit: &Kit, folder: &Folder, target: Target, tool: &str) -> Vec<GuideCommand> {
    let readme = String::from_utf8(folder.read("LISEZ-MOI.txt")).unwrap();
    // What the check says of an unknown authority stands there in words.
    assert!(readme.contains("Ce certificat ne vient pas de l'IGC-Santé"), "{readme}");
    let guide = for_target(Locale::Fr, target, &kit.facts);
    let found = guide.tools.into_iter().find(|guide| guide.tool == tool).unwrap();
    for command in &found.commands {
        for line in command.text.lines() {
            assert!(readme.contains(line), "{line:?} is not in the readme");
        }
    }
    found.commands
}

fn holding<'a>(commands: &'a [GuideCommand], word: &str) -> &'a str {
    let found = commands.iter().find(|command| command.text.contains(word));
    &found.unwrap_or_else(|| panic!("no command with {word}")).text
}

#[test]
fn nginx_serves_and_asks_curl_answers() {
    let (Some(openssl), Some(nginx), Some(curl), Some(unzip)) = (openssl(), nginx(), curl(), unzip()) else {
        return;
    };
    let authority = authority(&openssl);
    let (server_kit, server_certificate) = server_kit(&openssl, &authority);
    let (client_kit, client_certificate) = client_kit(&openssl, &authority);
    let served = unpacked(&unzip, &server_kit);
    let calling = unpacked(&unzip, &client_kit);

    // The server: passphrase file, configuration, mutual TLS and reload by the readme's own commands.
    let steps = commands(&server_kit, &served, Target::NginxApache, "nginx");
    let typed = format!("{PASSPHRASE}\n");
    let pass = shell_line(served.path(), holding(&steps, ".pass"), typed.as_bytes());
    assert!(pass.accepted, "{}", pass.complaint);
    let port = free_port();
    let block = holding(&steps, "listen 443 ssl;")
        .replace("listen 443 ssl;", &format!("listen 127.0.0.1:{port} ssl;"));
    let block = block.strip_suffix('}').unwrap();
    let ask = holding(&steps, "ssl_verify_client");
    let answer = "    location / { return 200 \"$ssl_client_verify|$ssl_client_s_dn\"; }";
    let configuration = nginx_configuration(&format!("{block}\n{ask}\n{answer}\n}}\n"));
    served.write("nginx.conf", configuration);
    let running = Running::start(&nginx, &served, port);
    // The shell finds an nginx that knows the folder; the command is the readme's.
    served.write(
        "nginx",
        format!(
            "#!/bin/sh\nexec {} -p \"{1}/\" -c nginx.conf \"$@\"\n",
            nginx.program(),
            served.path().display()
        ),
    );
    let reload = format!("chmod +x nginx; PATH=\"$PWD:$PATH\"; {}", holding(&steps, "reload"));
    let reloaded = shell_line(served.path(), &reload, b"");
    assert!(reloaded.accepted, "{}", reloaded.complaint);

    // The client, by the readme's own command.
    calling.write(".curlrc", format!("resolve = \"{HOST}:{port}:127.0.0.1\"\nsilent\nshow-error\nmax-time = 20\nwrite-out = \"|%{{http_code}}\"\n"));
    let steps = commands(&client_kit, &calling, Target::Other, "curl");
    let call = holding(&steps, "curl ").replace("ADRESSE-DU-SERVICE", &format!("{HOST}:{port}"));
    let home = "export HOME=\"$PWD\" CURL_HOME=\"$PWD\"; ";
    let answered = shell_line(calling.path(), &format!("{home}{call}"), typed.as_bytes());
    assert!(answered.accepted, "{}", answered.complaint);
    let expected = passport::of(&client_certificate).unwrap().subject.openssl_rfc2253;
    assert_eq!(answered.text(), format!("SUCCESS|{expected}|200"));

    // The pin of the passport is the server's key, and another is not.
    let pin = passport::of(&server_certificate).unwrap().public_key_pin;
    for (pin, fits) in [(pin.as_str(), true), ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", false)] {
        let pinned = call.replacen("curl ", &format!("curl --pinnedpubkey sha256//{pin} "), 1);
        let said = shell_line(calling.path(), &format!("{home}{pinned}"), typed.as_bytes());
        assert_eq!(said.accepted, fits, "{}{}", said.text(), said.complaint);
    }
    java_calls(&calling, &client_kit, port, &expected);

    // Without the certificate, and with one of another authority, the server refuses.
    let (_, without) = call.split_once("--cacert").unwrap();
    let without = shell_line(calling.path(), &format!("{home}curl --cacert{without}"), b"");
    assert!(without.text().ends_with("|400"), "{}{}", without.text(), without.complaint);
    let stranger = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "s.key",
        "-out",
        "s.pem",
        "-subj",
        "/CN=INSI-AUTO",
    ];
    openssl.demand(calling.path(), &stranger, b"");
    let other = shell_line(
        calling.path(),
        &format!(
            "{home}curl --cert s.pem --key s.key --cacert{without}",
            without = call.split_once("--cacert").unwrap().1
        ),
        b"",
    );
    assert!(other.text().ends_with("|400"), "{}{}", other.text(), other.complaint);
    // A wrong passphrase opens nothing.
    let wrong = shell_line(calling.path(), &format!("{home}{call}"), b"autre\n");
    assert!(!wrong.accepted);

    // Through nginx as a client, configured by the readme's own lines.
    let steps = commands(&client_kit, &calling, Target::NginxApache, "nginx");
    let pass = shell_line(calling.path(), holding(&steps, ".pass"), typed.as_bytes());
    assert!(pass.accepted, "{}", pass.complaint);
    let proxy_port = free_port();
    let location = holding(&steps, "proxy_pass").replace("ADRESSE-DU-SERVICE", HOST);
    let configuration = nginx_configuration(&format!(
        "upstream {HOST} {{ server 127.0.0.1:{port}; }}\nserver {{\nlisten 127.0.0.1:{proxy_port};\n{location}\n}}\n"
    ));
    calling.write("nginx.conf", configuration);
    let proxy = Running::start(&nginx, &calling, proxy_port);
    let url = format!("http://127.0.0.1:{proxy_port}/");
    let through = curl.demand(calling.path(), &["--silent", "--max-time", "20", &url], b"");
    assert_eq!(through.text(), format!("SUCCESS|{expected}"), "{}", through.complaint);
    drop(proxy);
    drop(running);
}

#[test]
fn openssl_follows_the_readme() {
    let (Some(openssl), Some(unzip)) = (openssl(), unzip()) else { return };
    let authority = authority(&openssl);
    let (kit, _) = client_kit(&openssl, &authority);
    let folder = unpacked(&unzip, &kit);
    let typed = format!("{PASSPHRASE}\n");
    let steps = commands(&kit, &folder, Target::Other, "curl");
    for (word, expected) in
        [("openssl verify", ": OK"), ("openssl pkcs12", ""), ("openssl x509", "sha256 Fingerprint=")]
    {
        let said = shell_line(folder.path(), holding(&steps, word), typed.as_bytes());
        assert!(said.accepted && said.text().contains(expected), "{word}: {}{}", said.text(), said.complaint);
    }
    // The container holds the chain in its order.
    let line = format!("openssl pkcs12 -in {}.p12 -nokeys -passin stdin", kit.facts.file_stem);
    let listed = shell_line(folder.path(), &line, typed.as_bytes());
    assert!(
        listed.accepted && listed.text().matches("BEGIN CERTIFICATE").count() == 3,
        "{}",
        listed.complaint
    );
    // Only their owner reads the files with the key.
    let modes = shell_line(folder.path(), "stat -c '%a %n' *", b"").text();
    for file in &kit.files {
        let mode = if file.secret { "600" } else { "644" };
        assert!(modes.contains(&format!("{mode} {}\n", file.name)), "{}: {modes}", file.name);
    }
    let apache = commands(&kit, &folder, Target::NginxApache, "apache");
    let joined = shell_line(folder.path(), holding(&apache, "openssl pkey"), typed.as_bytes());
    assert!(joined.accepted, "{}", joined.complaint);
    let proxy = String::from_utf8(folder.read(&format!("{}.proxy.pem", kit.facts.file_stem))).unwrap();
    assert!(proxy.contains("BEGIN CERTIFICATE") && proxy.contains("BEGIN PRIVATE KEY"));
}

#[test]
fn java_and_nss_open_the_kit() {
    let (Some(openssl), Some(unzip), Some(_)) = (openssl(), unzip(), keytool()) else { return };
    let authority = authority(&openssl);
    let (kit, _) = client_kit(&openssl, &authority);
    let folder = unpacked(&unzip, &kit);
    let typed = format!("{PASSPHRASE}\n");
    let steps = commands(&kit, &folder, Target::Java, "java");
    let english = "export JAVA_TOOL_OPTIONS=-Duser.language=en; ";
    let ask = |word: &str| {
        let said =
            shell_line(folder.path(), &format!("{english}{}", holding(&steps, word)), typed.as_bytes());
        assert!(said.accepted, "{}{}", said.text(), said.complaint);
        said.text()
    };
    let listed = ask(".p12");
    assert!(listed.contains("PrivateKeyEntry") && listed.contains("Certificate chain length: 3"), "{listed}");
    let alias = format!("Alias name: {}", kit.facts.file_stem);
    assert!(listed.contains(&alias), "{alias}: {listed}");
    let trusted = ask(".truststore.jks");
    assert_eq!(trusted.matches("trustedCertEntry").count(), 2, "{trusted}");
    for authority in &kit.facts.authorities {
        assert!(trusted.contains(authority.file_name.trim_end_matches(".cer")), "{trusted}");
    }

    let (Some(certutil), Some(pk12util)) = (certutil(), pk12util()) else { return };
    certutil.demand(folder.path(), &["-N", "-d", "sql:.", "--empty-password"], b"");
    let container = format!("{}.p12", kit.facts.file_stem);
    pk12util.demand(folder.path(), &["-i", &container, "-d", "sql:.", "-W", PASSPHRASE, "-K", ""], b"");
    let listed = certutil.demand(folder.path(), &["-L", "-d", "sql:."], b"").text();
    assert!(listed.contains(&kit.facts.file_stem), "{listed}");
}

#[test]
fn a_passport_is_what_the_tools_print() {
    let (Some(openssl), Some(keytool)) = (openssl(), keytool()) else { return };
    let authority = authority(&openssl);
    let (_, certificate) = client_kit(&openssl, &authority);
    let passport = passport::of(&certificate).unwrap();
    let ask = |option: &[&str]| {
        let words = [&["x509", "-in", "leaf.pem", "-noout"], option].concat();
        let said = openssl.demand(authority.path(), &words, b"").text();
        said.trim_end().split_once('=').unwrap().1.replace(':', "").to_lowercase()
    };
    assert_eq!(ask(&["-fingerprint", "-sha256"]), passport.sha256);
    assert_eq!(ask(&["-fingerprint", "-sha1"]), passport.sha1);
    assert_eq!(ask(&["-serial"]), passport.serial);
    let asn1 = openssl.demand(authority.path(), &["asn1parse", "-in", "leaf.pem"], b"").text();
    assert!(asn1.to_lowercase().contains(&passport.serial));
    let pin = "openssl x509 -in leaf.pem -noout -pubkey | openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64";
    assert_eq!(shell_line(authority.path(), pin, b"").text().trim(), passport.public_key_pin);
    for (name, spellings, option) in
        [("subject", &passport.subject, "-subject"), ("issuer", &passport.issuer, "-issuer")]
    {
        for (form, expected) in [
            ("oneline", &spellings.openssl_before_3_2),
            ("utf8,sep_comma_plus_space", &spellings.openssl),
            ("RFC2253", &spellings.openssl_rfc2253),
            ("RFC2253,-esc_msb,utf8", &spellings.rfc4514),
        ] {
            let words = ["x509", "-in", "leaf.pem", "-noout", option, "-nameopt", form];
            let said = openssl.demand(authority.path(), &words, b"").text();
            assert_eq!(said.trim_end(), format!("{name}={expected}"));
        }
    }
    let printed = ["-J-Duser.language=en", "-printcert", "-file", "leaf.pem"];
    let printed = keytool.demand(authority.path(), &printed, b"").text();
    for line in [format!("Owner: {}\n", passport.subject.java), format!("Issuer: {}\n", passport.issuer.java)]
    {
        assert!(printed.contains(&line), "{line}{printed}");
    }
}

#[test]
fn a_calendar_is_read_by_another_program() {
    let Some(openssl) = openssl() else { return };
    let authority = authority(&openssl);
    let (_, certificate) = client_kit(&openssl, &authority);
    let folder = Folder::new();
    for (number, locale) in Locale::ALL.into_iter().enumerate() {
        let written = calendar::renewal(locale, now(), std::slice::from_ref(&certificate)).unwrap();
        folder.write(&format!("{number}.ics"), written);
    }
    folder.write("empty.ics", calendar::renewal(Locale::Fr, now(), &[]).unwrap());
    folder.write(
        "read.py",
        "import icalendar, sys\nfor name in ('0.ics', '1.ics', 'empty.ics'):\n    \
         calendar = icalendar.Calendar.from_ical(open(name, 'rb').read())\n    \
         events = [part for part in calendar.walk('VEVENT')]\n    \
         assert len(events) == (0 if name == 'empty.ics' else 1), name\n    \
         for event in events:\n        \
         assert 'INSI-AUTO' in event['SUMMARY'], event['SUMMARY']\n        \
         assert 'LABORATOIRE \"LILAS\", DIJON + BEAUNE' in event['DESCRIPTION'], event['DESCRIPTION']\n        \
         days = [alarm['TRIGGER'].dt.days for alarm in event.walk('VALARM')]\n        \
         assert days == [-90, -60, -30], days\n        assert not event.errors, event.errors\n",
    );
    let there = shell_line(folder.path(), "python3 -c 'import icalendar'", b"");
    if !there.accepted {
        println!("python's icalendar is absent (pip install icalendar): this test proved nothing");
        return;
    }
    let said = shell_line(folder.path(), "python3 read.py", b"");
    assert!(said.accepted, "{}{}", said.text(), said.complaint);
}

/// Java calls the same server with the options of the readme, where it can compile one file.
fn java_calls(folder: &Folder, kit: &Kit, port: u16, expected: &str) {
    let can = shell_line(folder.path(), "java --list-modules | grep -q jdk.compiler", b"");
    if !can.accepted {
        println!("this Java cannot compile (apt-get install default-jdk-headless): it called nobody");
        return;
    }
    let steps = commands(kit, folder, Target::Java, "java");
    let options = holding(&steps, "javax.net.ssl.keyStore=");
    assert!(options.contains("\"VOTRE-PHRASE-DE-PASSE\""));
    folder.write("options.java", options.replace("VOTRE-PHRASE-DE-PASSE", PASSPHRASE));
    folder.write("hosts", format!("127.0.0.1 {HOST}\n"));
    folder.write(
        "Call.java",
        "public class Call { public static void main(String[] a) throws Exception { \
         System.out.write(new java.net.URL(a[0]).openStream().readAllBytes()); System.out.flush(); } }",
    );
    // The JDK's own way to resolve a name without the machine's files.
    let line = format!("java -Djdk.net.hosts.file=hosts @options.java Call.java https://{HOST}:{port}/");
    let said = shell_line(folder.path(), &line, b"");
    assert_eq!(said.text(), format!("SUCCESS|{expected}"), "{}", said.complaint);
}

/// A configuration that keeps everything in the folder it stands in.
fn nginx_configuration(inside: &str) -> String {
    format!(
        "daemon off;\npid nginx.pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n\
         client_body_temp_path t1;\nproxy_temp_path t2;\nfastcgi_temp_path t3;\nuwsgi_temp_path t4;\nscgi_temp_path t5;\n\
         {inside}}}\n"
    )
}

/// An nginx on loopback, stopped when dropped.
struct Running(Child);

impl Running {
    fn start(nginx: &Judge, folder: &Folder, port: u16) -> Self {
        let mut child = Command::new(nginx.program())
            .args(["-p", &format!("{}/", folder.path().display()), "-c", "nginx.conf", "-e", "stderr"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let since = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(child.try_wait().unwrap().is_none(), "nginx did not start with the kit's files");
            assert!(since.elapsed() < Duration::from_secs(20), "nginx does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
        Self(child)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // SIGTERM, so that the workers end too.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
