//! `serve`: builds the page, serves it on this machine and opens it.

use std::env;
use std::net::TcpListener;
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::http;
use crate::options::Options;
use crate::project::Project;
use crate::site;

const PORT: u16 = 8017;
const PORTS_TRIED: u16 = 20;

pub(crate) fn command(project: &Project, options: Options) -> Result<(), Failure> {
    let port = match options.value("port") {
        None => None,
        Some(text) => Some(text.parse().map_err(|_| Failure::new(format!("{text:?} is not a port")))?),
    };
    if !options.has("no-build") {
        site::command(project)?;
    }
    let site = project.site();
    if !site.join("index.html").is_file() {
        return Err(Failure::new("dist/site/ is not built: leave --no-build out"));
    }
    let listener = listen(port)?;
    let address = listener.local_addr().map_err(|error| Failure::new(error.to_string()))?;
    let url = format!("http://{address}/");
    println!("\nEstampille is at {url}   (Ctrl+C stops)");
    if !options.has("no-open") {
        open(&url);
    }
    http::serve(&listener, &site).map_err(Failure::at(&site))
}

/// On the port asked for, or else on the first free one from the usual one on.
fn listen(port: Option<u16>) -> Result<TcpListener, Failure> {
    let candidates = match port {
        Some(port) => port..=port,
        None => PORT..=PORT + PORTS_TRIED,
    };
    let mut last = None;
    for port in candidates {
        match TcpListener::bind(("127.0.0.1", port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = Some(format!("port {port}: {error}")),
        }
    }
    Err(Failure::new(last.unwrap_or_else(|| "no port to try".to_owned())))
}

/// Opens the page where there is a screen; a machine without one is not a failure.
fn open(url: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if env::var_os("DISPLAY").is_some() || env::var_os("WAYLAND_DISPLAY").is_some() {
        "xdg-open"
    } else {
        return;
    };
    let quiet = Command::new(opener)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(error) = quiet {
        eprintln!("{opener} did not start ({error}): open the address yourself");
    }
}
