//! `doctor`: what is missing, and the exact command that gets it. Changes nothing.

use crate::failure::Failure;
use crate::project::Project;
use crate::run::{capture, program};
use crate::tools::{Need, Remedy, look, named};

/// The toolchain that compiles us; an older one would not have got this far.
const RUST: &str = env!("CARGO_PKG_RUST_VERSION");

pub(crate) fn command(project: &Project) -> Result<(), Failure> {
    let rustc = capture(program(project, "rustc").arg("--version"))?;
    println!("  ok       {} ({RUST} or later)", rustc.trim());
    let mut missing = 0_u32;
    for need in Need::ALL {
        let tool = look(project, need)?;
        match tool.found {
            Ok(version) => println!("  ok       {}", named(&tool.name, &version)),
            Err(problem) => {
                missing += 1;
                println!("  missing  {}: {problem}", tool.name);
                match tool.remedy {
                    Remedy::Advice(advice) => println!("             {advice}"),
                    Remedy::Commands(recipes) => {
                        recipes.iter().for_each(|recipe| println!("             {}", recipe.line()));
                    }
                }
            }
        }
    }
    if missing == 0 {
        println!("\nNothing is missing.");
    } else {
        println!("\nThe commands that need these run the lines above by themselves, once.");
    }
    Ok(())
}
