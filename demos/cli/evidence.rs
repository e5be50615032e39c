//! What real models say about claims: on record, measured anew, compared.

use std::fs;
use std::path::Path;

use demos::evidence::{Measured, Record, WORDS, differences, measure, records};
use demos::kit::lesson::Lesson;
use demos::kit::text::Text;
use demos::named;
use demos::real::changes::takes_long;
use demos::render::screen::Screen;
use demos::render::wrap;

use super::args::EvidenceRequest;
use super::options::EVIDENCE_COMMAND;
use super::output::{Output, write_file};
use super::overwriting::{self, OUT, Other};
use super::waiting::Waiting;
use super::{Failure, refusal, terminal};

/// Passes over the windows that all lessons take together, about.
const PASSES: f64 = 100.0;

/// Shows the record, or measures on a model and shows, saves or compares.
pub(crate) fn evidence(request: &EvidenceRequest) -> Result<(), Failure> {
    let (common, screen) = (&request.common, terminal::screen(&request.common));
    let Some(path) = &request.model else {
        if request.compare {
            return Err(Failure::usage(screen.say(&WORDS.get("refused.check-without-model")).to_string()));
        }
        let mut output = Output::open(common.out.as_deref(), common)?;
        records().iter().try_for_each(|record| output.write(&shown(record, &screen)))?;
        return output.finish();
    };
    if let Some(out) = &common.out {
        overwriting::refuse(OUT, out, [(Other::Flag("model"), path.as_path())], common.lang)?;
    }
    let long = takes_long(path, PASSES);
    let mut line: Option<Waiting> = None;
    let waiting = |lesson: &Lesson| {
        drop(line.take()); // wiped before the next one is written
        let text = WORDS.with("said.waiting", &named![lesson = lesson.card.name]);
        line = Some(Waiting::of_model(&text, common.lang, long));
    };
    let measured = measure(path, common.seed, waiting);
    drop(line);
    let measured = measured.map_err(|refused| refusal::of_knob(&refused, EVIDENCE_COMMAND, common.lang))?;
    if request.compare {
        return compare(&measured.record, &screen);
    }
    match &common.out {
        Some(out) => write_file(out, &Record::write_all(&with(&measured.record, out)), common.lang),
        None => {
            let mut output = Output::open(None, common)?;
            output.write(&shown(&measured.record, &screen))?;
            output.write(&left(&measured, &screen))?;
            output.finish()
        }
    }
}

/// The records in the file that is written anew, or else those of this program, with this one in the place of the one
/// of the same model.
fn with(record: &Record, out: &Path) -> Vec<Record> {
    let text = out.is_file().then(|| fs::read_to_string(out).ok()).flatten();
    let mut all = text.and_then(|text| Record::read_all(&text)).unwrap_or_else(|| records().to_vec());
    all.retain(|known| known.sha256 != record.sha256);
    all.push(record.clone());
    all.sort_by(|a, b| a.parameters.cmp(&b.parameters).then(a.model.cmp(&b.model)));
    all
}

fn compare(found: &Record, screen: &Screen) -> Result<(), Failure> {
    let Some(recorded) = records().iter().find(|known| known.sha256 == found.sha256) else {
        let text = WORDS.with("refused.not-on-record", &named![model = &found.model, sha256 = &found.sha256]);
        return Err(Failure::usage(screen.say(&text).to_string()));
    };
    let moved = differences(recorded, found);
    if moved.is_empty() {
        let text = WORDS.with("said.same", &named![n = found.said.len(), model = &found.model]);
        return super::output::say(&format!("{}\n", screen.say(&text)), screen.lang);
    }
    let line = |(old, new): (Option<String>, Option<String>)| {
        let [old, new] = [old, new].map(|text| text.unwrap_or_else(|| "—".into()));
        screen.say(&WORDS.with("said.moved", &named![old, new])).to_string()
    };
    Err(Failure::failed(moved.into_iter().map(line).collect()))
}

/// One model: who it is, and each sentence with its claims.
fn shown(record: &Record, screen: &Screen) -> String {
    let Record { model, parameters, sha256, command, seed, machine, version, said } = record;
    let parameters = *parameters as f64;
    let head = named![model, parameters, sha256, command, seed = *seed, machine, version];
    let mut out = wrapped(&WORDS.with("said.head", &head), "", screen) + "\n";
    for said in said {
        out += &format!("{}\n", said.claims.join(", "));
        out += &(wrapped(&said.text, "  ", screen) + "\n");
    }
    out
}

/// Lessons that could not be run.
fn left(measured: &Measured, screen: &Screen) -> String {
    let line = |(lesson, refused): &(&Lesson, demos::kit::knob::Refusal)| {
        let why = screen.say(&refused.0).to_string();
        wrapped(&WORDS.with("said.left", &named![lesson = lesson.card.name, why]), "", screen)
    };
    measured.left.iter().map(line).collect()
}

fn wrapped(text: &Text, indent: &str, screen: &Screen) -> String {
    wrap::lines(screen.say(text), screen.width, indent, indent).join("\n") + "\n"
}
