//! Short names between a module and its script.
//!
//! wasm-bindgen names each function that crosses by what it is and sixteen digits of a hash. No compressor makes less of
//! those, and they stand in both files: half a hundredth of what a visitor downloads.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use crate::failure::Failure;

const HEADER: usize = 8;
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// Beginnings of the names that only the two files know.
const OURS: [&str; 3] = ["__wbg_", "__wbindgen_cast_", "wasm_bindgen_"];

/// Renames what crosses between `wasm` and `script`, in both.
pub(crate) fn shorten(script: &Path, wasm: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(script).map_err(Failure::at(script))?;
    let module = fs::read(wasm).map_err(Failure::at(wasm))?;
    let renamed = Renaming::of(&text, &module)
        .ok_or_else(|| Failure::new(format!("{} does not read", wasm.display())))?;
    fs::write(script, renamed.script).map_err(Failure::at(script))?;
    fs::write(wasm, renamed.wasm).map_err(Failure::at(wasm))
}

struct Renaming {
    script: String,
    wasm: Vec<u8>,
}

impl Renaming {
    /// `None` when the module does not read.
    fn of(script: &str, wasm: &[u8]) -> Option<Self> {
        let mut names = BTreeMap::new();
        let mut out = wasm.get(..HEADER)?.to_vec();
        let mut at = Cursor { bytes: wasm, place: HEADER };
        while at.place < wasm.len() {
            let kind = at.octet()?;
            let length = at.number()?;
            let body = wasm.get(at.skip(length)?)?;
            let body = match kind {
                IMPORTS | EXPORTS => section(kind, body, script, &mut names)?,
                _ => body.to_vec(),
            };
            out.push(kind);
            write_number(&mut out, body.len());
            out.extend(body);
        }
        Some(Self { script: replaced(script, &names), wasm: out })
    }
}

/// The section with its names exchanged for short ones, which are noted.
fn section(kind: u8, body: &[u8], script: &str, names: &mut BTreeMap<String, String>) -> Option<Vec<u8>> {
    let mut at = Cursor { bytes: body, place: 0 };
    let mut out = Vec::new();
    let count = at.number()?;
    write_number(&mut out, count);
    for _ in 0..count {
        if kind == IMPORTS {
            let module = at.name()?;
            write_name(&mut out, module);
        }
        let name = at.name()?;
        // What the script does not write as a word is not its own.
        if OURS.iter().any(|start| name.starts_with(start))
            && words(script).any(|word| script.get(word) == Some(name))
        {
            let next = format!("${}", names.len());
            write_name(&mut out, names.entry(name.to_owned()).or_insert(next));
        } else {
            write_name(&mut out, name);
        }
        let start = at.place;
        match (kind, at.octet()?) {
            (EXPORTS, _) | (IMPORTS, 0) => {
                at.number()?;
            }
            (_, 1) => {
                at.octet()?;
                at.limits()?;
            }
            (_, 2) => at.limits()?,
            (_, 3) => {
                at.skip(2)?;
            }
            (_, 4) => {
                at.octet()?;
                at.number()?;
            }
            _ => return None,
        }
        out.extend(body.get(start..at.place)?);
    }
    (at.place == body.len()).then_some(out)
}

struct Cursor<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl<'a> Cursor<'a> {
    fn octet(&mut self) -> Option<u8> {
        let octet = *self.bytes.get(self.place)?;
        self.place += 1;
        Some(octet)
    }

    /// LEB128, unsigned.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0_usize;
        for shift in (0..35).step_by(7) {
            let octet = self.octet()?;
            number |= usize::from(octet & 0x7f) << shift;
            if octet & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn skip(&mut self, count: usize) -> Option<Range<usize>> {
        let range = self.place..self.place.checked_add(count)?;
        self.place = range.end;
        Some(range)
    }

    fn name(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        let range = self.skip(length)?;
        std::str::from_utf8(self.bytes.get(range)?).ok()
    }

    fn limits(&mut self) -> Option<()> {
        let flags = self.octet()?;
        self.number()?;
        if flags & 1 == 1 {
            self.number()?;
        }
        Some(())
    }
}

fn write_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

fn write_name(out: &mut Vec<u8>, name: &str) {
    write_number(out, name.len());
    out.extend(name.as_bytes());
}

/// Where the words of a script are.
fn words(script: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = None;
    script.char_indices().chain([(script.len(), ' ')]).filter_map(move |(place, character)| {
        let is_inside = character.is_ascii_alphanumeric() || character == '_' || character == '$';
        match (is_inside, start) {
            (true, None) => {
                start = Some(place);
                None
            }
            (false, Some(first)) => {
                start = None;
                Some(first..place)
            }
            _ => None,
        }
    })
}

fn replaced(script: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(script.len());
    let mut done = 0;
    for word in words(script) {
        let text = script.get(word.clone()).unwrap_or_default();
        if let Some(short) = names.get(text) {
            out.push_str(script.get(done..word.start).unwrap_or_default());
            out.push_str(short);
            done = word.end;
        }
    }
    out + script.get(done..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(module (import "m" "__wbg_log_0123" (func (type 0))) (import "m" "memory" (memory 1 2)) (export "f" (func 0))
    /// (export "wasm_bindgen_x_1" (func 0)))`, without the sections that make it run.
    fn module(names: [&str; 4]) -> Vec<u8> {
        let mut imports = vec![2];
        for (name, rest) in [(names[0], &[0_u8, 0][..]), (names[1], &[2, 1, 1, 2])] {
            write_name(&mut imports, "m");
            write_name(&mut imports, name);
            imports.extend(rest);
        }
        let mut exports = vec![2];
        for name in &names[2..] {
            write_name(&mut exports, name);
            exports.extend([0, 0]);
        }
        let mut out = b"\0asm\x01\0\0\0".to_vec();
        for (kind, body) in [(2, imports), (3, vec![0]), (7, exports)] {
            out.push(kind);
            write_number(&mut out, body.len());
            out.extend(body);
        }
        out
    }

    #[test]
    fn both_files_take_the_same_names() {
        let script = "import0 = { __wbg_log_0123: function() {}, };\nwasm.wasm_bindgen_x_1(__wbg_log_01234);";
        let made =
            Renaming::of(script, &module(["__wbg_log_0123", "memory", "f", "wasm_bindgen_x_1"])).unwrap();
        assert_eq!(made.script, "import0 = { $0: function() {}, };\nwasm.$1(__wbg_log_01234);");
        assert_eq!(made.wasm, module(["$0", "memory", "f", "$1"]));
    }

    #[test]
    fn a_name_that_the_script_does_not_know_stays() {
        let before = module(["__wbg_log_0123", "memory", "f", "g"]);
        assert_eq!(Renaming::of("", &before).unwrap().wasm, before);
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(Renaming::of("", b"\0asm").is_none());
        assert!(Renaming::of("", b"\0asm\x01\0\0\0\x02\x7f").is_none());
        assert!(Renaming::of("", b"\0asm\x01\0\0\0\x02\x02\x01\x01").is_none());
    }
}
