//! Size and depth: the work a reader does grows with its input and not with the square of it, and what is beyond a bound
//! is refused at once. Work is counted in memory asked for, not in seconds; seconds only end what would not end.

// clippy.toml allows these in tests, and does not see that helpers of an integration test are one.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use hostile::{join, reader, seed};
use pki::file::{self, FileError, MAX_FILE};

/// Far more than linear work on [`LARGE`] octets takes on a slow machine, far less than quadratic work does.
const PATIENCE: Duration = Duration::from_secs(180);

/// Where work is counted, and at four times this.
const SMALL: usize = 256 * 1024;

/// Where time would be seen. The square of it is 4 × 10¹².
const LARGE: usize = 2 * 1024 * 1024;

/// The readers that take whole files.
const OF_FILES: [&str; 5] = ["file", "pem", "key", "request", "inspect"];

/// What it is called, and the input of a size.
type Shape = (&'static str, fn(usize) -> Vec<u8>);

/// Inputs of any size that would make a careless reader look again and again at the same bytes.
fn shapes() -> Vec<Shape> {
    vec![
        ("zeroes", |size| vec![0; size]),
        ("sequences that open and never end", |size| repeat(b"\x30\x80", size)),
        ("headers of sequences", |size| repeat(b"\x30", size)),
        ("nested sequences", nested),
        ("empty elements", |size| sequence(&repeat(b"\x05\x00", size))),
        ("empty sequences", |size| sequence(&repeat(b"\x30\x00", size))),
        ("one long octet string", |size| element(0x04, &vec![7; size])),
        ("beginnings of labels", |size| repeat(b"-----BEGIN ", size)),
        ("beginnings without end", |size| repeat(b"-----BEGIN A-----\n", size)),
        ("ends without beginning", |size| {
            [&b"-----BEGIN A-----\n"[..], &repeat(b"-----END B-----\n", size)].concat()
        }),
        ("empty blocks", |size| repeat(b"-----BEGIN A-----\n-----END A-----\n", size)),
        ("dashes", |size| [&b"-----BEGIN A-----\n"[..], &repeat(b"-", size)].concat()),
        ("headers", |size| block("RSA PRIVATE KEY", &repeat(b"Proc-Type: 4,ENCRYPTED\n", size))),
        ("colons", |size| block("CERTIFICATE", &repeat(b":", size))),
        ("white space", |size| block("CERTIFICATE", &repeat(b" \n", size))),
        ("one long block", |size| block("CERTIFICATE", &repeat(b"MIIBAAAA", size))),
        ("padding", |size| block("CERTIFICATE", &repeat(b"====", size))),
        ("blocks of two octets", |size| {
            repeat(b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", size)
        }),
        ("the same certificate", |size| repeat(&seed("certificate.pem"), size)),
        ("the same request", |size| repeat(&seed("request.pem"), size)),
        ("the same key", |size| repeat(&seed("key-ec-pkcs8.pem"), size)),
        ("a certificate with a tail", |size| tailed(&seed("certificate.der"), size)),
        ("spaces, then nothing", |size| repeat(b" ", size)),
        ("a web page", |size| repeat(b"<!DOCTYPE html><p>", size)),
    ]
}

#[test]
fn work_and_memory_grow_with_the_input() {
    for (shape, make) in shapes() {
        let (small, large) = (make(SMALL), make(4 * SMALL));
        for name in OF_FILES {
            let read = reader(name).read;
            let few = allocation_counter::measure(|| read(&small)).bytes_total;
            let seen = allocation_counter::measure(|| read(&large));
            let (many, peak) = (seen.bytes_total, seen.bytes_max);
            let allowed = few.saturating_mul(5).saturating_add(64 * 1024);
            assert!(
                many <= allowed,
                "{name}, {shape}: {few} octets asked for, then {many} for four times the input"
            );
            let times = peak / u64::try_from(large.len()).expect("a length");
            assert!(times <= 24, "{name}, {shape}: {peak} octets at once for {} of input", large.len());
        }
    }
}

#[test]
fn every_shape_comes_to_an_end() {
    let (done, wait) = mpsc::channel();
    thread::spawn(move || {
        for (shape, make) in shapes() {
            let input = make(LARGE);
            for name in OF_FILES {
                (reader(name).read)(&input);
                done.send((name, shape)).expect("the test waits");
            }
        }
    });
    let mut last = ("the first reader", "the first shape");
    for _ in 0..shapes().len() * OF_FILES.len() {
        last = wait.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("what follows {last:?} does not end"));
    }
}

#[test]
fn what_is_longer_than_the_bound_is_refused_unread() {
    let input = vec![b'-'; MAX_FILE + 1];
    let seen = allocation_counter::measure(|| {
        let refused = file::read(&input).unwrap_err();
        assert_eq!(refused, FileError::TooLarge { octets: MAX_FILE + 1 });
    });
    assert_eq!(seen.bytes_total, 0, "nothing of it is copied");
}

#[test]
fn depth_does_not_use_up_the_stack() {
    // A worker of a browser has a small stack: Chromium gives WebAssembly about one megabyte.
    let small = thread::Builder::new().stack_size(512 * 1024);
    let deep = nested(LARGE);
    let text = pki::pem::encode("CERTIFICATE", &deep).into_bytes();
    let inside = |tag: u8| element(0x30, &element(tag, &nested(60_000)));
    let set = join(&[&inside(0xa0), &inside(0x30), &inside(0xa3), &inside(0x30), &inside(0x30)]);
    let work = small.spawn(move || {
        for name in OF_FILES {
            for input in [&deep, &text, &inside(0xa0), &inside(0xa3), &inside(0x04)] {
                (reader(name).read)(input);
            }
        }
        (reader("check").read)(&set);
    });
    work.expect("a thread starts").join().expect("no reader panics");
}

fn repeat(piece: &[u8], size: usize) -> Vec<u8> {
    piece.iter().copied().cycle().take(size / piece.len() * piece.len()).collect()
}

fn block(label: &str, body: &[u8]) -> Vec<u8> {
    [format!("-----BEGIN {label}-----\n").as_bytes(), body, format!("\n-----END {label}-----\n").as_bytes()]
        .concat()
}

fn sequence(content: &[u8]) -> Vec<u8> {
    element(0x30, content)
}

/// One element, its length in the shortest form.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let octets = length.to_be_bytes();
    let significant =
        octets.iter().position(|octet| *octet != 0).map_or(&octets[7..], |first| &octets[first..]);
    let mut out = vec![tag];
    match length {
        short @ 0..=127 => out.push(u8::try_from(short).expect("short")),
        _ => {
            out.push(0x80 | u8::try_from(significant.len()).expect("at most eight"));
            out.extend(significant);
        }
    }
    out.extend(content);
    out
}

/// Sequences in sequences, each with its right length, about `size` octets in all.
fn nested(size: usize) -> Vec<u8> {
    // Written from the inside out, backwards: each header's length is what stands behind it.
    let mut backwards: Vec<u8> = vec![0x00, 0x05];
    while backwards.len() + 6 <= size {
        let header = element(0x30, &[]);
        let length = backwards.len();
        let octets: Vec<u8> = length.to_le_bytes().into_iter().collect();
        let significant = 8 - usize::try_from(length.leading_zeros() / 8).expect("small");
        backwards.extend(&octets[..significant]);
        if length > 127 {
            backwards.push(0x80 | u8::try_from(significant).expect("at most eight"));
        }
        backwards.push(header[0]);
    }
    backwards.reverse();
    backwards
}

/// An object, then something that is not part of it.
fn tailed(object: &[u8], size: usize) -> Vec<u8> {
    let mut out = object.to_vec();
    out.resize(size.max(object.len()), b' ');
    out
}
