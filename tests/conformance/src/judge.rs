//! Running the judges.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// A tool that is there.
pub struct Judge {
    program: &'static str,
}

/// OpenSSL 3, or nothing when judges are skipped.
pub fn openssl() -> Option<Judge> {
    find("openssl", &["version"], "apt-get install openssl")
}

/// Java's keytool, or nothing when judges are skipped.
pub fn keytool() -> Option<Judge> {
    find("keytool", &["-help"], "apt-get install default-jre-headless")
}

/// NSS's pk12util, as Firefox and Thunderbird read a PKCS #12, or nothing when judges are skipped.
pub fn pk12util() -> Option<Judge> {
    find("pk12util", &["-H"], "apt-get install libnss3-tools")
}

/// NSS's certutil, which makes the database that pk12util needs, or nothing when judges are skipped.
pub fn certutil() -> Option<Judge> {
    find("certutil", &["-H"], "apt-get install libnss3-tools")
}

/// nginx, which serves with a kit's files, or nothing when judges are skipped.
pub fn nginx() -> Option<Judge> {
    // Of the administrator's folders, which a user's path may lack.
    let program = if Path::new("/usr/sbin/nginx").is_file() { "/usr/sbin/nginx" } else { "nginx" };
    find(program, &["-v"], "apt-get install nginx-light")
}

/// curl, which calls with a kit's files, or nothing when judges are skipped.
pub fn curl() -> Option<Judge> {
    find("curl", &["--version"], "apt-get install curl")
}

/// unzip, or nothing when judges are skipped.
pub fn unzip() -> Option<Judge> {
    find("unzip", &["-v"], "apt-get install unzip")
}

/// poppler's pdftotext, which reads a PDF file as a person would select its text, or nothing when judges are skipped.
pub fn pdftotext() -> Option<Judge> {
    find("pdftotext", &["-v"], "apt-get install poppler-utils")
}

/// poppler's pdfinfo, or nothing when judges are skipped.
pub fn pdfinfo() -> Option<Judge> {
    find("pdfinfo", &["-v"], "apt-get install poppler-utils")
}

fn find(program: &'static str, probe: &[&str], how: &str) -> Option<Judge> {
    if std::env::var_os("ESTAMPILLE_SKIP_JUDGES").is_some() {
        println!("{program} skipped: ESTAMPILLE_SKIP_JUDGES is set; this test proved nothing");
        return None;
    }
    let answers = Command::new(program)
        .args(probe)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        // NSS's tools have no call that succeeds without a database: to print their use is enough.
        .is_ok_and(|status| status.success() || probe == ["-H"]);
    assert!(
        answers,
        "{program} is missing: get it with `{how}`, or set ESTAMPILLE_SKIP_JUDGES to go without"
    );
    Some(Judge { program })
}

/// What a judge said.
pub struct Verdict {
    /// Whether it succeeded.
    pub accepted: bool,
    /// Its standard output.
    pub output: Vec<u8>,
    /// Its standard error.
    pub complaint: String,
}

impl Verdict {
    /// The output as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.output).into_owned()
    }
}

impl Judge {
    /// The command that starts it.
    pub fn program(&self) -> &'static str {
        self.program
    }

    /// Runs it in a folder, with `input` on its standard input.
    pub fn ask(&self, folder: &Path, arguments: &[&str], input: &[u8]) -> Verdict {
        let mut command = Command::new(self.program);
        command.args(arguments);
        run(command, folder, input)
    }

    /// The same, and it must succeed.
    pub fn demand(&self, folder: &Path, arguments: &[&str], input: &[u8]) -> Verdict {
        let verdict = self.ask(folder, arguments, input);
        assert!(verdict.accepted, "{} {arguments:?}: {}{}", self.program, verdict.text(), verdict.complaint);
        verdict
    }
}

/// Runs one line as a person would type it in a shell, in a session of its own: without a
/// terminal, passphrases are read from `input`.
pub fn shell_line(folder: &Path, line: &str, input: &[u8]) -> Verdict {
    let mut command = Command::new("setsid");
    command.args(["-w", "sh", "-c", line]);
    run(command, folder, input)
}

fn run(mut command: Command, folder: &Path, input: &[u8]) -> Verdict {
    let mut child = command
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .env("JAVA_TOOL_OPTIONS", "-Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // A tool may end without reading all of its input.
    let _ = child.stdin.take().map(|mut stdin| stdin.write_all(input));
    let output = child.wait_with_output().expect("the command ends");
    Verdict {
        accepted: output.status.success(),
        output: output.stdout,
        complaint: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
