//! The program `demo`: reads the command line, runs what was asked for, says how it went.

use std::io::Write;
use std::process::ExitCode;

use demos::kit::visible::message;

mod cli;

fn main() -> ExitCode {
    match cli::run(std::env::args_os().collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let mut stderr = std::io::stderr().lock();
            for line in &failure.lines {
                let _ = writeln!(stderr, "demo: {}", message(line)); // nobody is left to tell if this fails
            }
            ExitCode::from(failure.status)
        }
    }
}
