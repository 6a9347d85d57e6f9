//! Each reader on its seeds, on what once harmed it, and on a few thousand altered inputs, the same at every run.

// clippy.toml allows these in tests, and does not see that helpers of an integration test are one.
#![allow(clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use hostile::{Mutator, READERS, Reader, found, readers_with_found};

/// Altered inputs for each reader. The fuzzer tries millions; these only make sure that each build tries some.
const ALTERED: u64 = 2000;

/// What no input of these sizes may take, on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(120);

#[test]
fn seeds_and_what_was_found_before() {
    for reader in READERS {
        for input in (reader.seeds)().into_iter().chain(found(reader.name)) {
            survives(reader, &input.name, &input.bytes);
        }
    }
}

#[test]
fn what_was_found_belongs_to_a_reader() {
    for name in readers_with_found() {
        assert!(READERS.iter().any(|reader| reader.name == name), "found/{name} belongs to no reader");
    }
}

#[test]
fn each_reader_is_a_target_of_the_fuzzer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/fuzz_targets");
    let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let entries = fs::read_dir(folder).expect("fuzz/ stands beside the workspace");
    let targets: BTreeSet<String> = entries.map(|entry| stem(&entry.expect("it is listed").path())).collect();
    let readers: BTreeSet<String> = READERS.iter().map(|reader| reader.name.to_owned()).collect();
    assert_eq!(targets, readers);
}

#[test]
fn altered_inputs() {
    let (done, wait) = mpsc::channel();
    let work = thread::spawn(move || {
        thread::scope(|scope| {
            for (half, readers) in READERS.chunks(READERS.len().div_ceil(2)).enumerate() {
                let done = done.clone();
                scope.spawn(move || {
                    readers.iter().for_each(alter);
                    done.send(half).expect("the test waits");
                });
            }
        });
    });
    for _ in 0..2 {
        wait.recv_timeout(PATIENCE).expect("a reader panicked, or does not come to an end");
    }
    work.join().expect("no reader panics");
}

fn alter(reader: &Reader) {
    let seeds = (reader.seeds)();
    let seeds: Vec<&[u8]> = seeds.iter().map(|seed| seed.bytes.as_slice()).collect();
    for number in 0..ALTERED {
        let bytes = Mutator::new(number).next(&seeds);
        survives(reader, &format!("altered input {number}"), &bytes);
    }
}

/// Says which input it was when a reader panics.
fn survives(reader: &Reader, name: &str, bytes: &[u8]) {
    if catch_unwind(|| (reader.read)(bytes)).is_err() {
        panic!("{} does not survive {name}: {}", reader.name, hexadecimal(bytes));
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
