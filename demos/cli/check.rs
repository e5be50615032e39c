//! Runs claims and compares their verdicts with those on record.

use std::time::{Duration, Instant};

use demos::kit::claim::{Claim, Verdict};
use demos::kit::lesson::{DEFAULT_SEED, Lesson, run_claims};
use demos::kit::text::Lang;
use demos::render::json;
use demos::render::screen::{Role, Screen, columns, pad_right, shorten};
use demos::render::verdict::{sign, tally, word};
use demos::verdicts::{self, CheckReport, Moved};

use super::args::{Common, Format};
use super::output::Output;
use super::run::pretty;
use super::{Failure, terminal};

/// Runs every claim of the lessons, one line each.
pub(crate) fn check(lessons: &[&'static Lesson], common: &Common) -> Result<(), Failure> {
    let screen = terminal::screen(common);
    let mut output = Output::open(common.out.as_deref(), common.lang)?;
    let start = Instant::now();
    let mut claims = Vec::new();
    for lesson in lessons {
        let of_lesson = run_claims(lesson, common.seed);
        if common.format == Format::Text {
            let lines: String = of_lesson.iter().map(|claim| line(claim, &screen)).collect();
            output.write(&lines)?;
            output.flush()?;
        }
        claims.extend(of_lesson);
    }
    let report = CheckReport::new(claims);
    match common.format {
        Format::Text => output.write(&summary(&report, start.elapsed(), &screen))?,
        Format::Json | Format::Markdown => output.write(&pretty(&json::check(&report, common.lang)))?,
    }
    output.finish()?;
    if report.moved.is_empty() {
        return Ok(());
    }
    Err(Failure::failed(
        report.moved.iter().map(|moved| complaint(moved, lessons, common.seed, &screen)).collect(),
    ))
}

/// Sign, id, verdict, and as much of the statement as fits.
fn line(claim: &Claim, screen: &Screen) -> String {
    let verdict = claim.verdict();
    let width = Verdict::ALL.iter().map(|verdict| columns(word(*verdict, screen))).max().unwrap_or(0);
    let word = pad_right(word(verdict, screen), width);
    let mut line = format!("{} {} {word}  ", sign(verdict, screen), pad_right(claim.id, 11));
    if let Some(moved) = verdicts::moved(claim) {
        line += &screen.paint(Role::Bad, &remark(&moved, screen));
        line.push(' ');
    }
    let room = screen.width.saturating_sub(columns(&line));
    line + &shorten(screen.say(&claim.statement), room) + "\n"
}

/// Why a line stands out.
fn remark(moved: &Moved, screen: &Screen) -> String {
    let expected = moved.expected.map(|expected| word(expected, screen));
    match (expected, screen.lang) {
        (None, Lang::En) => "(nothing on record!)".into(),
        (None, Lang::Zh) => "（尚无记录！）".into(),
        (Some(expected), Lang::En) => format!("(expected {expected}, moved!)"),
        (Some(expected), Lang::Zh) => format!("（原为“{expected}”，已变！）"),
    }
}

/// `16 claims · 6 holds · 9 qualified · 1 opinion · 0 moved · 0.11 s`
fn summary(report: &CheckReport, elapsed: Duration, screen: &Screen) -> String {
    let role = if report.moved.is_empty() { Role::Good } else { Role::Bad };
    let moved = format!("{} {}", report.moved.len(), screen.pick("moved", "变动"));
    let seconds = format!("{:.2} s", elapsed.as_secs_f64());
    format!("\n{}\n", [tally(report.claims.iter(), screen), screen.paint(role, &moved), seconds].join(" · "))
}

/// What standard error says of a claim that moved.
fn complaint(moved: &Moved, lessons: &[&'static Lesson], seed: u64, screen: &Screen) -> String {
    let (id, found, command) = (moved.id, word(moved.found, screen), command(moved.id, lessons, seed));
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
fn command(id: &str, lessons: &[&'static Lesson], seed: u64) -> String {
    let lesson = lessons.iter().find(|lesson| lesson.claims.iter().any(|claim| claim.id == id));
    let name = lesson.map_or("", |lesson| lesson.card.name);
    if seed == DEFAULT_SEED { format!("demo {name}") } else { format!("demo {name} --seed {seed}") }
}

#[cfg(test)]
mod tests {
    use demos::LESSONS;
    use demos::kit::claim::Evidence;
    use demos::kit::text::Text;
    use demos::render::screen::Colour;

    use super::*;

    fn unrecorded() -> Claim {
        let remark = Text::same("");
        Claim {
            id: "LLM-Q0-C0",
            statement: Text::same("word ".repeat(60)),
            say: None,
            evidence: Evidence::Opinion { remark },
        }
    }

    fn screen(lang: Lang) -> Screen {
        Screen { lang, width: 70, colour: Colour::None }
    }

    #[test]
    fn a_line_fits_the_width() {
        for lang in Lang::ALL {
            let line = line(&unrecorded(), &screen(lang));
            assert!(columns(line.trim_end()) <= 70, "{line}");
        }
    }

    #[test]
    fn the_summary_counts_each_verdict_that_occurs() {
        let report = CheckReport::new(vec![unrecorded(), unrecorded()]);
        let elapsed = Duration::from_millis(110);
        assert_eq!(
            summary(&report, elapsed, &screen(Lang::En)),
            "\n2 claims · 2 opinion · 2 moved · 0.11 s\n"
        );
        assert_eq!(summary(&report, elapsed, &screen(Lang::Zh)), "\n2 条论断 · 2 观点 · 2 变动 · 0.11 s\n");
    }

    #[test]
    fn a_moved_claim_is_named_with_what_was_expected() {
        let moved = Moved { id: "LLM-Q0-C0", expected: Some(Verdict::Wrong), found: Verdict::Holds };
        let claim = Claim { id: moved.id, ..unrecorded() };
        assert!(line(&claim, &screen(Lang::En)).contains("(nothing on record!)"));
        assert_eq!(remark(&moved, &screen(Lang::En)), "(expected wrong, moved!)");
        let complaint = complaint(&moved, LESSONS, 3, &screen(Lang::En));
        assert!(complaint.starts_with("LLM-Q0-C0: expected wrong, found holds (demo "), "{complaint}");
    }
}
