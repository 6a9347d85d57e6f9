//! A small static file server for 127.0.0.1: GET and HEAD, one folder, the headers the page is meant to have.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// What every answer carries; the browser tests read the same file.
const SITE_HEADERS: &str = include_str!("../../../web/site-headers.txt");

const LONGEST_REQUEST: u64 = 16 * 1024;
const MOST_CONNECTIONS: usize = 64;
const PATIENCE: Duration = Duration::from_secs(10);

/// Answers requests for the files under `root`, for ever.
pub(crate) fn serve(listener: &TcpListener, root: &Path) -> io::Result<()> {
    let root: Arc<Path> = fs::canonicalize(root)?.into();
    let busy = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        // A client that left before we answered is not our failure.
        let Ok(stream) = stream else { continue };
        if busy.fetch_add(1, Ordering::Relaxed) >= MOST_CONNECTIONS {
            busy.fetch_sub(1, Ordering::Relaxed);
            continue;
        }
        let (root, busy) = (Arc::clone(&root), Arc::clone(&busy));
        thread::spawn(move || {
            // Nor is one that goes in the middle of it.
            drop(converse(stream, &root));
            busy.fetch_sub(1, Ordering::Relaxed);
        });
    }
    Ok(())
}

fn converse(mut stream: TcpStream, root: &Path) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = first_line(&stream)?;
    let answer = answer(&request, root);
    let mut head = format!(
        "HTTP/1.1 {}\r\nContent-Length: {}\r\nContent-Type: {}\r\nConnection: close\r\n",
        answer.status, answer.length, answer.media_type
    );
    for header in SITE_HEADERS.lines() {
        head.push_str(header);
        head.push_str("\r\n");
    }
    head.push_str(answer.extra);
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    match answer.body {
        Body::None => {}
        Body::File(mut file) => drop(io::copy(&mut file, &mut stream)?),
        Body::Text(text) => stream.write_all(text.as_bytes())?,
    }
    stream.flush()
}

/// The request line; the headers are read to their end, since closing on unread bytes resets the connection.
fn first_line(stream: &TcpStream) -> io::Result<String> {
    let mut reader = BufReader::new(stream.take(LONGEST_REQUEST));
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    Ok(first)
}

struct Answer {
    status: &'static str,
    media_type: &'static str,
    length: u64,
    extra: &'static str,
    body: Body,
}

enum Body {
    None,
    File(File),
    Text(&'static str),
}

fn answer(request: &str, root: &Path) -> Answer {
    let mut words = request.split_ascii_whitespace();
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next()) else {
        return refusal("400 Bad Request", "");
    };
    if !version.starts_with("HTTP/1.") {
        return refusal("400 Bad Request", "");
    }
    if method != "GET" && method != "HEAD" {
        return refusal("405 Method Not Allowed", "Allow: GET, HEAD\r\n");
    }
    let Some((path, file, length)) = locate(target, root).and_then(open) else {
        return refusal("404 Not Found", "");
    };
    let body = if method == "HEAD" { Body::None } else { Body::File(file) };
    Answer { status: "200 OK", media_type: media_type(&path), length, extra: "", body }
}

fn refusal(status: &'static str, extra: &'static str) -> Answer {
    Answer {
        status,
        media_type: "text/plain; charset=utf-8",
        length: status.len() as u64,
        extra,
        body: Body::Text(status),
    }
}

fn open(path: PathBuf) -> Option<(PathBuf, File, u64)> {
    let file = File::open(&path).ok()?;
    let length = file.metadata().ok().filter(fs::Metadata::is_file)?.len();
    Some((path, file, length))
}

/// The file that a request target names, if it is inside `root`, also once links are followed.
fn locate(target: &str, root: &Path) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let decoded = percent_decode(path)?;
    let relative = Path::new(&decoded);
    let plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
    if !plain || decoded.contains(['\0', '\\']) {
        return None;
    }
    let mut file = fs::canonicalize(root.join(relative)).ok()?;
    if file.is_dir() {
        file = fs::canonicalize(file.join("index.html")).ok()?;
    }
    file.starts_with(root).then_some(file)
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A served folder, beside a file that must never be reached; the answer to raw request bytes.
    fn ask(name: &str, request: &str) -> String {
        let folder = std::env::temp_dir().join(format!("estampille-http-{}-{name}", std::process::id()));
        let root = folder.join("root");
        fs::create_dir_all(root.join("sub")).unwrap();
        fs::write(folder.join("secret.txt"), "secret").unwrap();
        fs::write(root.join("index.html"), "<p>bonjour").unwrap();
        fs::write(root.join("a b.wasm"), b"\0asm").unwrap();
        let link = root.join("link.txt");
        if !link.exists() {
            std::os::unix::fs::symlink(folder.join("secret.txt"), link).unwrap();
        }
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let served = root.clone();
        thread::spawn(move || serve(&listener, &served));
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        fs::remove_dir_all(folder).unwrap();
        answer
    }

    #[test]
    fn gives_the_page_with_its_headers() {
        let answer = ask("page", "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains("\r\nContent-Security-Policy: default-src 'none'; "));
        assert!(answer.contains("\r\nX-Content-Type-Options: nosniff\r\n"));
        assert!(answer.contains("\r\nReferrer-Policy: no-referrer\r\n"));
        assert!(answer.contains("\r\nCache-Control: no-cache\r\n"));
        assert!(answer.ends_with("\r\n\r\n<p>bonjour"));
    }

    #[test]
    fn names_the_type_of_a_module_and_decodes_its_path() {
        let answer = ask("wasm", "GET /a%20b.wasm?x=1 HTTP/1.1\r\n\r\n");
        assert!(answer.contains("\r\nContent-Type: application/wasm\r\n"), "{answer}");
    }

    #[test]
    fn head_has_a_length_and_no_body() {
        let answer = ask("head", "HEAD /index.html HTTP/1.1\r\n\r\n");
        assert!(answer.contains("Content-Length: 10\r\n") && answer.ends_with("\r\n\r\n"), "{answer}");
    }

    #[test]
    fn stays_in_its_folder() {
        for (index, target) in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/sub/../../secret.txt",
            "//etc/passwd",
            "/%00",
            "/link.txt",
            "/..%5csecret.txt",
            "/%ff",
            "/%2",
            "/sub",
            "secret.txt",
        ]
        .iter()
        .enumerate()
        {
            let answer = ask(&format!("in-{index}"), &format!("GET {target} HTTP/1.1\r\n\r\n"));
            assert!(answer.starts_with("HTTP/1.1 404 "), "{target}: {answer}");
        }
    }

    #[test]
    fn refuses_other_methods_and_noise() {
        assert!(ask("post", "POST / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405 "));
        assert!(ask("noise", "\r\n\r\n").starts_with("HTTP/1.1 400 "));
        assert!(ask("old", "GET /\r\n\r\n").starts_with("HTTP/1.1 400 "));
    }
}
