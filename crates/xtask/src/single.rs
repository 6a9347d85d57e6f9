//! `single`: the page in one file, `dist/estampille.html`, which opens from a disk or a USB stick with no server.
//!
//! It is made of `dist/site/` and holds the same bytes: the scripts joined by esbuild, the styles, and each file that a
//! script would fetch, packed. A browser lets such a page read nothing beside it, so the worker starts from a blob.

use std::fs;
use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding as _};
use miniz_oxide::deflate::compress_to_vec;

use crate::built;
use crate::failure::Failure;
use crate::finess_index;
use crate::options::Options;
use crate::project::{Project, files_under, fresh_dir};
use crate::run::{Output, program};
use crate::site;
use crate::sums;
use crate::tools::{Need, prepare};

/// As DESIGN asks: its own script and style by their hashes, no address to connect to.
const POLICY: &str = "default-src 'none'; script-src __SCRIPT__ 'wasm-unsafe-eval'; style-src __STYLE__; img-src data:; \
                      worker-src blob:; connect-src 'none'; base-uri 'none'; form-action 'none'; \
                      require-trusted-types-for 'script'; trusted-types estampille";

const CHARSET: &str = "<meta charset=\"utf-8\">";
const END: &str = "</body>";

/// The most thorough that the format has; nobody waits for it but the developer.
const DEFLATE_LEVEL: u8 = 10;

pub(crate) fn command(project: &Project, options: Options) -> Result<(), Failure> {
    prepare(project, &Need::PAGE)?;
    if !options.has("no-build") {
        site::build(project, &Output::Shown)?;
    }
    build(project, &Output::Shown)?;
    let file = project.single();
    built::inspect_page(project, &file)?;
    let bytes = fs::metadata(&file).map_err(Failure::at(&file))?.len();
    eprintln!("\n{bytes:>12} bytes, as they are");
    Ok(())
}

/// Makes the file of the page that is built; the tools must be there.
pub(crate) fn build(project: &Project, output: &Output) -> Result<(), Failure> {
    let _one_at_a_time = project.lock_outputs()?;
    let site = project.site();
    if !site.join("index.html").is_file() {
        return Err(Failure::new("dist/site/ is not built: leave --no-build out"));
    }
    let work = project.work().join("single");
    fresh_dir(&work)?;
    let site::PageFiles { wasm, later, .. } = site::page_files(&site)?;
    let bundle = Bundle { project, output, work: &work, of_page: format!("{wasm} {later}") };
    let page = Page {
        html: finess_index::unnamed(&read(&site.join("index.html"))?),
        style: site::styles(&site)?,
        script: bundle.join("boot.js", "page.js", "esm")?,
        worker: bundle.join(site::WORKER, "worker.js", "iife")?,
        files: packed(project, &site)?,
    };
    let html = page.assemble()?;
    let new = project.dist.join("estampille.html.new");
    fs::write(&new, html).map_err(Failure::at(&new))?;
    fs::rename(&new, project.single()).map_err(Failure::at(&new))?;
    sums::write(project)?;
    output.say("dist/estampille.html is ready");
    Ok(())
}

/// esbuild, and what it is told.
struct Bundle<'a> {
    project: &'a Project,
    output: &'a Output,
    work: &'a Path,
    /// The modules that the page alone loads, with a space between.
    of_page: String,
}

impl Bundle<'_> {
    /// One script of `entry` and all that it imports, in which `fetch` is that of `stand_in`.
    fn join(&self, entry: &str, stand_in: &str, format: &str) -> Result<String, Failure> {
        let out = self.work.join(entry);
        let stand_in = Path::new("crates/xtask/assets/single").join(stand_in);
        let mut esbuild = program(self.project, "esbuild");
        esbuild.arg(self.project.site().join(entry));
        esbuild.args([
            "--bundle",
            "--minify",
            "--charset=utf8",
            "--legal-comments=none",
            "--log-level=warning",
        ]);
        esbuild.arg(format!("--format={format}"));
        esbuild.arg(format!("--inject:{}", stand_in.display()));
        // Addresses lead nowhere: only the name at their end is read.
        esbuild.arg("--define:import.meta.url=\"file:///\"");
        esbuild.arg(format!("--define:WORKER={:?}", site::WORKER));
        esbuild.arg(format!("--define:OF_PAGE={:?}", self.of_page));
        esbuild.arg(format!("--outfile={}", out.display()));
        self.output.run(&mut esbuild)?;
        read(&out)
    }
}

/// What the file is made of.
struct Page {
    html: String,
    style: String,
    script: String,
    worker: String,
    /// Names and packed content.
    files: Vec<(String, String)>,
}

impl Page {
    fn assemble(&self) -> Result<String, Failure> {
        inlinable("the style", &self.style, "</style")?;
        inlinable("the page's script", &self.script, "</script")?;
        inlinable("the worker's script", &self.worker, "</script")?;
        let policy = POLICY
            .replace("__SCRIPT__", &sums::csp_hash(&self.script))
            .replace("__STYLE__", &sums::csp_hash(&self.style));
        let head = format!(
            "{CHARSET}\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n    \
             <style>{}</style>\n    <script type=\"module\">{}</script>",
            self.style, self.script
        );
        // After the first screen: it shows while the rest is read.
        let worker = (site::WORKER.to_owned(), self.worker.clone());
        let blocks: String = [worker]
            .iter()
            .chain(&self.files)
            .map(|(name, text)| format!("<script type=\"text/plain\" data-file=\"{name}\">{text}</script>\n"))
            .collect();

        let kept = self.html.lines().filter(|line| !is_for_a_site(line));
        let html: String = kept.flat_map(|line| [line, "\n"]).collect();
        let html = replace_once(&html, CHARSET, &head)?;
        let html = replace_once(&html, END, &format!("{blocks}{END}"))?;
        for address in ["href=\"./", "src=\"./"] {
            if html.contains(address) {
                return Err(Failure::new(format!("the single file would still ask for a file: {address}…")));
            }
        }
        Ok(html)
    }
}

/// Lines of index.html that name a file beside it.
fn is_for_a_site(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("<link rel=\"stylesheet\" href=\"./")
        || line.starts_with("<link rel=\"manifest\"")
        || line.starts_with("<script type=\"module\" src=\"./boot.js\">")
}

/// HTML reads no escapes in scripts and styles, and turns carriage returns into line feeds: the hash would differ.
fn inlinable(what: &str, text: &str, end: &str) -> Result<(), Failure> {
    let lower = text.to_ascii_lowercase();
    match [end, "<!--", "<script", "\r", "\0"].into_iter().find(|mark| lower.contains(mark)) {
        Some(mark) => Err(Failure::new(format!("{what} holds {mark:?}, which cannot stand in a page"))),
        None => Ok(()),
    }
}

fn replace_once(text: &str, mark: &str, by: &str) -> Result<String, Failure> {
    let mut parts = text.split(mark);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(before), Some(after), None) => Ok(format!("{before}{by}{after}")),
        _ => Err(Failure::new(format!("web/app/index.html should hold {mark} once"))),
    }
}

/// Every file that a script asks for by its name: not the texts that are joined, nor what only a site has.
fn packed(project: &Project, site: &Path) -> Result<Vec<(String, String)>, Failure> {
    let for_a_site = project.root.join("public");
    let mut files = Vec::new();
    for file in files_under(site)? {
        let name = sums::name_in(site, &file);
        let joined = [".html", ".js", ".css"].iter().any(|ending| name.ends_with(ending));
        if joined
            || [sums::SUMS, sums::INTEGRITY, finess_index::FILE].contains(&name.as_str())
            || for_a_site.join(&name).exists()
        {
            continue;
        }
        let bytes = fs::read(&file).map_err(Failure::at(&file))?;
        files.push((name, Base64::encode_string(&compress_to_vec(&bytes, DEFLATE_LEVEL))));
    }
    Ok(files)
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(Failure::at(path))
}

/// Where the file is.
impl Project {
    /// The page in one file.
    pub(crate) fn single(&self) -> PathBuf {
        self.dist.join("estampille.html")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        Page {
            html: [
                "<head>",
                CHARSET,
                "<link rel=\"stylesheet\" href=\"./a.css\"/>",
                "<link rel=\"manifest\" href=\"./manifest.webmanifest\">",
                "<script type=\"module\" src=\"./boot.js\"></script>",
                "</head><body><p>bonjour",
                END,
            ]
            .join("\n"),
            style: "p { margin: 0 }".to_owned(),
            script: "start()".to_owned(),
            worker: "work()".to_owned(),
            files: vec![("a_bg.wasm".to_owned(), "AAAA".to_owned())],
        }
    }

    #[test]
    fn everything_is_inside_and_named_by_its_hash() {
        let html = page().assemble().unwrap();
        assert!(
            html.contains(&format!("script-src {} 'wasm-unsafe-eval'", sums::csp_hash("start()"))),
            "{html}"
        );
        assert!(html.contains(&format!("style-src {};", sums::csp_hash("p { margin: 0 }"))), "{html}");
        assert!(html.contains("<script type=\"module\">start()</script>"));
        assert!(html.contains("<script type=\"text/plain\" data-file=\"atelier-worker.js\">work()</script>"));
        assert!(html.contains("<script type=\"text/plain\" data-file=\"a_bg.wasm\">AAAA</script>"));
        assert!(!html.contains("./") && !html.contains("__"), "{html}");
        let [policy, style] = ["http-equiv", "<style>"].map(|mark| html.find(mark).unwrap());
        assert!(policy < style, "a policy holds for what comes after it");
    }

    #[test]
    fn what_would_end_a_script_early_is_refused() {
        for script in ["a = '</SCRIPT>'", "a = '<!--'", "a\r\nb"] {
            assert!(Page { script: script.to_owned(), ..page() }.assemble().is_err(), "{script}");
        }
        assert!(Page { style: "p::after { content: '</style>' }".to_owned(), ..page() }.assemble().is_err());
    }

    #[test]
    fn a_page_that_would_still_ask_for_a_file_is_refused() {
        let html = page().html.replace("<p>", "<img src=\"./a.png\"><p>");
        assert!(Page { html, ..page() }.assemble().is_err());
        assert!(Page { html: "<p>".to_owned(), ..page() }.assemble().is_err());
    }
}
