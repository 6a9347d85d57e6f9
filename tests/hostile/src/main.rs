//! `hostile FOLDER`: writes the seeds of every reader below a folder, one folder a reader, as the fuzzer takes them.

// A command-line program talks on its standard streams.
#![allow(clippy::print_stdout)]

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

fn main() -> Result<ExitCode, io::Error> {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        println!("hostile FOLDER: writes the seeds of every reader there");
        return Ok(ExitCode::FAILURE);
    };
    for reader in hostile::READERS {
        let folder = folder.join(reader.name);
        fs::create_dir_all(&folder)?;
        let all = (reader.seeds)();
        println!("{} {}", reader.name, all.len());
        for (number, seed) in all.into_iter().enumerate() {
            fs::write(folder.join(format!("seed-{number}")), seed.bytes)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
