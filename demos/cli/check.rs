//! Runs claims and compares their verdicts with those on record.

use std::time::Instant;

use demos::kit::lesson::{DEFAULT_SEED, run_some};
use demos::kit::text::Lang;
use demos::render::form::FORMS;
use demos::render::screen::Screen;
use demos::render::verdict::word;
use demos::verdicts::{CheckReport, Moved};

use super::args::{Chosen, Common};
use super::output::Output;
use super::{Failure, terminal};

/// Runs the chosen claims, one line each.
pub(crate) fn check(chosen: &[Chosen], common: &Common) -> Result<(), Failure> {
    let screen = terminal::screen(common);
    let form = common.form.check.or(FORMS[0].check);
    let mut output = Output::open(common.out.as_deref(), common)?;
    let start = Instant::now();
    let mut claims = Vec::new();
    for Chosen { lesson, claims: ids } in chosen {
        let of_lesson = run_some(lesson, ids, common.seed);
        if let Some(form) = form {
            let lines: String = of_lesson.iter().map(|claim| (form.line)(claim, &screen)).collect();
            output.write(&lines)?;
            output.flush()?;
        }
        claims.extend(of_lesson);
    }
    let report = CheckReport::new(claims);
    if let Some(form) = form {
        output.write(&(form.summary)(&report, start.elapsed(), &screen))?;
    }
    output.finish()?;
    if report.moved.is_empty() {
        return Ok(());
    }
    Err(Failure::failed(
        report.moved.iter().map(|moved| complaint(moved, chosen, common.seed, &screen)).collect(),
    ))
}

/// What standard error says of a claim that moved.
fn complaint(moved: &Moved, chosen: &[Chosen], seed: u64, screen: &Screen) -> String {
    let (id, found, command) = (moved.id, word(moved.found, screen), command(moved.id, chosen, seed));
    let expected = moved.expected.map(|expected| word(expected, screen));
    match (expected, screen.lang) {
        (None, Lang::En) => {
            format!("{id}: found {found}, but no verdict is on record (add it to demos/verdicts.txt)")
        }
        (None, Lang::Zh) => {
            format!("{id}：测得“{found}”，但尚无记录（请补入 demos/verdicts.txt）")
        }
        (Some(expected), Lang::En) => {
            format!("{id}: expected {expected}, found {found} ({command} shows the measurements)")
        }
        (Some(expected), Lang::Zh) => {
            format!("{id}：原为“{expected}”，现为“{found}”（运行 {command} 查看测量结果）")
        }
    }
}

/// The command that shows a claim as this check found it.
fn command(id: &str, chosen: &[Chosen], seed: u64) -> String {
    let lesson = chosen.iter().find(|chosen| chosen.claims.contains(&id)).map(|chosen| chosen.lesson);
    let (name, claim) = (lesson.map_or("", |lesson| lesson.card.name), id.rsplit('-').next().unwrap_or(id));
    let seed = if seed == DEFAULT_SEED { String::new() } else { format!(" --seed {seed}") };
    format!("demo {name} {claim}{seed}")
}

#[cfg(test)]
mod tests {
    use demos::LESSONS;
    use demos::kit::claim::Verdict;
    use demos::render::screen::Colour;

    use super::*;

    #[test]
    fn a_moved_claim_is_named_with_what_was_expected() {
        let (lesson, claims) = (LESSONS[0], vec!["LLM-Q1-C3"]);
        let moved = Moved { id: "LLM-Q1-C3", expected: Some(Verdict::Wrong), found: Verdict::Holds };
        let screen = Screen { lang: Lang::En, width: 70, colour: Colour::None };
        let complaint = complaint(&moved, &[Chosen { lesson, claims }], 3, &screen);
        let said = "LLM-Q1-C3: expected wrong, found holds (demo attention C3 --seed 3 shows";
        assert!(complaint.starts_with(said), "{complaint}");
    }
}
