//! Size and depth: the work a reader does grows with its input and not with the square of it, and what is beyond a bound
//! is refused at once. Work is counted in memory asked for, not in seconds; seconds only end what would not end.

// clippy.toml allows these in tests, and does not see that helpers of an integration test are one.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use hostile::build::{
    bundle, certificate_bag, element, encrypted_key, nested, old_encrypted_key, pfx, shrouded_key_bag,
};
use hostile::{check, check_set, found, join, reader, seed};
use pki::file::{self, FileError, MAX_FILE};

/// Far more than linear work on [`LARGE`] octets takes on a slow machine, far less than quadratic work does.
const PATIENCE: Duration = Duration::from_secs(180);

/// Where work is counted, and at four times this.
const SMALL: usize = 256 * 1024;

/// Where time would be seen. The square of it is 10¹².
const LARGE: usize = 1024 * 1024;

/// The readers that take whole files.
const OF_FILES: [&str; 9] =
    ["file", "pem", "key", "request", "inspect", "list", "pkcs12", "pkcs7", "keystore"];

/// Those that between them use all the others.
const WHOLE: [&str; 3] = ["file", "key", "inspect"];

/// What it is called, and the input of a size.
type Shape = (&'static str, fn(usize) -> Vec<u8>);

/// Inputs of any size that would make a careless reader look again and again at the same bytes.
fn shapes() -> Vec<Shape> {
    vec![
        ("zeroes", |size| vec![0; size]),
        ("sequences that open and never end", |size| repeat(b"\x30\x80", size)),
        ("headers of sequences", |size| repeat(b"\x30", size)),
        ("nested sequences", nested),
        ("empty elements", |size| element(0x30, &repeat(b"\x05\x00", size))),
        ("empty sequences", |size| element(0x30, &repeat(b"\x30\x00", size))),
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
        ("a bundle of one certificate", |size| bundle(&repeat(&seed("certificate.der"), size))),
        ("a bundle of nothing", |size| bundle(&repeat(b"\x30\x00", size))),
        ("a container of certificates", |size| {
            pfx(&[element(0x30, &repeat(&certificate_bag(&seed("certificate.der")), size))], None)
        }),
        ("a container of empty parts", |size| pfx(&vec![vec![0x30, 0x00]; size / 20], None)),
        ("a container of empty bags", |size| pfx(&[element(0x30, &repeat(b"\x30\x00", size))], None)),
        ("octet strings in chunks", |size| {
            [&b"\x30\x80\x02\x01\x03\x24\x80"[..], &repeat(b"\x04\x01\x07", size)].concat()
        }),
        ("chunks in chunks", |size| {
            [&b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"[..], &repeat(b"\x24\x80", size)]
                .concat()
        }),
        ("a list of one entry", |size| list(&repeat(ENTRY, size))),
        ("entries with a critical extension", |size| list(&entries_with_extensions(size))),
        ("a keystore of empty names", |size| {
            [
                &b"\xfe\xed\xfe\xed\0\0\0\x02\0\0\x27\x10"[..],
                &repeat(&[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], size),
            ]
            .concat()
        }),
        ("beginnings of bare objects", |size| repeat(b"MIMP//8wMDAw!", size)),
        ("beginnings of bare objects in lines", |size| repeat(b"MIMP//8wMDAw\n", size)),
        ("beginnings of short bare objects", |size| repeat(b"MIIP/zAwMDAw!", size)),
        ("bare objects within one another", |size| repeat(b"MIMA//8w\n", size)),
        ("text in UTF-16", |size| [&b"\xff\xfe"[..], &repeat(b"M\0I\0I\0", size)].concat()),
        ("blocks without end", |size| repeat(b"-----BEGIN CERTIFICATE-----\nMIMP//8wMDAw\n", size)),
        ("damaged lines", |size| block("CERTIFICATE", &repeat(b"MIIBAAAA*\n", size))),
        ("entities", |size| block("CERTIFICATE", &repeat(b"&#13;&nbsp;<br>=\n", size))),
        ("quotes", |size| block("CERTIFICATE", &repeat(b"\n>>> ", size))),
        ("the same object one after the other", |size| repeat(&seed("certificate.der"), size)),
        ("small objects one after the other", |size| repeat(b"\x30\x03\x02\x01\x00", size)),
        ("an archive", |size| [&b"PK\x03\x04"[..], &repeat(b"PK\x01\x02PK\x05\x06", size)].concat()),
        ("one title", |size| repeat(b"<html><title", size)),
        ("keys encrypted the old way", |size| repeat(&seed("key-dek-info.pem"), size)),
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
            let length = u64::try_from(large.len()).expect("a length");
            assert!(
                many <= 400 * length,
                "{name}, {shape}: {many} octets asked for in all, for {length} of input"
            );
            let times = peak / length;
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
            for name in WHOLE {
                (reader(name).read)(&input);
                done.send((name, shape)).expect("the test waits");
            }
        }
    });
    let mut last = ("the first reader", "the first shape");
    for _ in 0..shapes().len() * WHOLE.len() {
        last = wait.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("what follows {last:?} does not end"));
    }
}

#[test]
#[ignore = "for the eye: cargo test --release -p hostile --test bounds -- --ignored --nocapture"]
fn the_largest_files_with_their_times() {
    for (shape, make) in shapes() {
        let input = make(MAX_FILE - 64);
        for name in WHOLE {
            let started = Instant::now();
            (reader(name).read)(&input);
            println!("{:>7} ms  {name}, {shape}", started.elapsed().as_millis());
        }
    }
}

#[test]
fn authorities_of_one_name_are_not_compared_with_each_other() {
    let all = namesakes(4000);
    let leaf = seed("certificate.der");
    within_patience(move || {
        check([&all, &[], &[], &[], &[]]);
        check([&leaf, &[], &[], &all, &[]]);
        check_set(&[&all]);
        check_set(&[&leaf, &all]);
    });
}

/// Authorities that bear one name and one key, each with another serial number; none is signed rightly.
fn namesakes(count: u16) -> Vec<u8> {
    let der = seed("authority.der");
    // The serial number of the seed: 20 octets, after its version.
    let place =
        der.windows(2).position(|window| window == b"\x02\x14").expect("a serial number of 20 octets") + 10;
    let mut all = Vec::new();
    for number in 0..count {
        let mut altered = der.clone();
        altered[place..place + 2].copy_from_slice(&number.to_be_bytes());
        all.extend(pki::pem::encode("CERTIFICATE", &altered).into_bytes());
    }
    all
}

#[test]
fn rounds_beyond_the_bound_are_refused_and_not_done() {
    // 2³¹ rounds, and 2³¹ − 1, which is not negative.
    for rounds in [&b"\x00\x80\x00\x00\x00"[..], b"\x7f\xff\xff\xff", b"\xff", &[0x7f; 40]] {
        let keys = [encrypted_key(rounds), old_encrypted_key(rounds)];
        let mut containers = vec![pfx(&[vec![0x30, 0]], Some(rounds))];
        for key in &keys {
            ends("key", key);
            containers.push(pfx(&[element(0x30, &shrouded_key_bag(key))], None));
        }
        for container in &containers {
            ends("pkcs12", container);
            ends("set", &join(&[container, container, &keys[0], &keys[1], container, &[]]));
        }
    }
}

#[test]
fn many_bearable_derivations_are_not_done_one_after_the_other() {
    // Ten million rounds each, the most that is done for one: a second or two, and hours for five thousand.
    let bag = shrouded_key_bag(&old_encrypted_key(b"\x00\x98\x96\x80"));
    ends("pkcs12", &pfx(&[element(0x30, &bag.repeat(5000))], None));
}

#[test]
fn what_nobody_asked_for_costs_little() {
    // Made by `openssl pkcs12 -export -iter 10000000 -nomaciter -passout pass:`: an empty passphrase is right, the code over
    // the whole says so after one round, and what it protects would cost forty million.
    let input = found("file").into_iter().find(|input| input.name.starts_with("container-little-code"));
    let contents = file::read(&input.expect("it is kept").bytes).expect("a container");
    assert!(contents.rounds <= 100_000, "{} rounds", contents.rounds);
}

/// A reader comes to an end.
fn ends(name: &'static str, input: &[u8]) {
    let input = input.to_vec();
    within_patience(move || (reader(name).read)(&input));
}

fn within_patience(work: impl FnOnce() + Send + 'static) {
    let (done, wait) = mpsc::channel();
    let work = thread::spawn(move || {
        work();
        done.send(()).expect("the test waits");
    });
    wait.recv_timeout(PATIENCE).expect("it ends");
    work.join().expect("no reader panics");
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

/// An object, then something that is not part of it.
fn tailed(object: &[u8], size: usize) -> Vec<u8> {
    let mut out = object.to_vec();
    out.resize(size.max(object.len()), b' ');
    out
}

/// Serial number 1, revoked on a day.
const ENTRY: &[u8] = b"\x30\x12\x02\x01\x01\x17\x0d260101000000Z";

/// Each with a critical extension of another unknown type.
fn entries_with_extensions(size: usize) -> Vec<u8> {
    let mut all = Vec::new();
    for number in 0_u32.. {
        let [_, a, b, c] = number.to_be_bytes();
        // 1.2.3.(seven bits each)
        let oid = element(6, &[0x2a, 3, 0x80 | (a & 0x7f), 0x80 | (b & 0x7f), c & 0x7f]);
        let extension = element(0x30, &[&oid[..], b"\x01\x01\xff\x04\x00"].concat());
        let entry = [&ENTRY[2..], &element(0x30, &extension)].concat();
        all.extend(element(0x30, &entry));
        if all.len() > size {
            break;
        }
    }
    all
}

/// A revocation list of these entries, signed by nobody.
fn list(entries: &[u8]) -> Vec<u8> {
    let algorithm = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b\x05\x00";
    let issuer = b"\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x03\x0c\x01A";
    let tbs =
        [&b"\x02\x01\x01"[..], algorithm, issuer, b"\x17\x0d260101000000Z", &element(0x30, entries)].concat();
    element(0x30, &[&element(0x30, &tbs), &algorithm[..], b"\x03\x02\x00\x01"].concat())
}
