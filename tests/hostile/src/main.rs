//! `hostile FOLDER`: writes the seeds of every reader below a folder, one folder a reader, as the fuzzer takes them.

// A command-line program talks on its standard streams.
#![allow(clippy::print_stdout)]

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

fn main() -> Result<ExitCode, io::Error> {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        println!("hostile FOLDER: writes the seeds of every reader there, and what was found before");
        return Ok(ExitCode::FAILURE);
    };
    for reader in hostile::READERS {
        let folder = folder.join(reader.name);
        fs::create_dir_all(&folder)?;
        let all = (reader.seeds)().into_iter().chain(hostile::found(reader.name));
        let mut count = 0_usize;
        for (number, seed) in all.enumerate() {
            fs::write(folder.join(format!("seed-{number}")), seed.bytes)?;
            count += 1;
        }
        println!("{} {count}", reader.name);
    }
    Ok(ExitCode::SUCCESS)
}
