//! Every lesson that has a page on a real model, run on one.

use std::path::Path;
use std::thread::available_parallelism;

use concepts::emergence::Recorded;

use super::record::{Record, Said};
use crate::LESSONS;
use crate::kit::knob::{Refusal, Values};
use crate::kit::lesson::{Lesson, Setting};
use crate::kit::shell::argument;
use crate::kit::text::Text;
use crate::real;

/// The flag by which a lesson takes a model.
const FLAG: &str = "model";

/// What a run came to.
#[derive(Debug)]
pub struct Measured {
    /// What the model said.
    pub record: Record,
    /// Lessons that cannot be run on this model, and why.
    pub left: Vec<(&'static Lesson, Refusal)>,
}

/// Runs every lesson that has a page on a real model; `before` is told of each.
///
/// # Errors
/// [`Refusal`] of a file that is no model.
pub fn measure(path: &Path, seed: u64, mut before: impl FnMut(&Lesson)) -> Result<Measured, Refusal> {
    let opened = real::open(path, FLAG)?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let sha256: String = opened.hashes().into_iter().map(|(_, hash)| hash).collect();
    let mut record = Record {
        model: called(&opened.name, &sha256),
        parameters: opened.parameters(),
        sha256,
        command: format!("demo evidence --model {}", argument(&name)),
        seed,
        machine: machine(),
        version: env!("CARGO_PKG_VERSION").into(),
        said: Vec::new(),
    };
    drop(opened);
    let mut left = Vec::new();
    for lesson in LESSONS {
        let Some(setting) = setting(lesson, path, seed) else { continue };
        before(lesson);
        match lesson.findings(&setting) {
            // What is about no claim stands on the page only.
            Ok(findings) => {
                let about = findings.witnesses().iter().filter(|(claims, _)| !claims.is_empty());
                record.said.extend(about.map(|(claims, text)| said(lesson, claims, text)));
            }
            Err(refused) => left.push((*lesson, refused)),
        }
    }
    Ok(Measured { record, left })
}

/// A file that the library knows by its hash is called as there; any other by the name that stands in it.
fn called(name: &str, sha256: &str) -> String {
    let known = Recorded::all().iter().find(|row| row.file_sha256 == sha256);
    known.map_or_else(|| name.to_owned(), |row| row.model.to_owned())
}

/// The setting that asks a lesson for its page on this model, if it has one.
fn setting(lesson: &Lesson, path: &Path, seed: u64) -> Option<Setting> {
    lesson.benchmark?;
    let path = path.to_str()?;
    let values = Values::read(lesson.knobs, |flag| (flag == FLAG).then_some(path)).ok()?;
    lesson.asked_benchmark(&values)?;
    Some(Setting { values, seed })
}

fn said(lesson: &Lesson, claims: &[&str], text: &Text) -> Said {
    Said { claims: claims.iter().map(|claim| id(lesson, claim)).collect(), text: text.clone() }
}

/// The whole id of a claim: `C2` → `LLM-Q2-C2`.
fn id(lesson: &Lesson, claim: &str) -> String {
    let named = lesson.claims.iter().find(|known| known.id.rsplit('-').next() == Some(claim));
    named.map_or_else(|| claim.to_string(), |known| known.id.to_string())
}

/// Processor and number of cores.
fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split_once(':'));
    let name = name.map_or(std::env::consts::ARCH, |(_, name)| name.trim());
    format!("{name}, {} cores", available_parallelism().map_or(1, usize::from))
}
