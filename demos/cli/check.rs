//! Runs claims and compares their verdicts with those on record.

use std::fmt::Write;
use std::time::{Duration, Instant};

use demos::kit::claim::{Claim, Verdict};
use demos::kit::lesson::{DEFAULT_SEED, Lesson, run_claims};
use demos::kit::text::{Lang, Text};
use demos::render::json;
use demos::render::screen::{Role, Screen, columns, pad_right, shorten};
use demos::render::verdict::{look, tally};
use demos::verdicts::{self, CheckReport, Moved};

use super::args::{Common, Format};
use super::output::Output;
use super::run::pretty;
use super::{Failure, terminal};

/// Runs every claim of the lessons, one line each.
pub(crate) fn check(lessons: &[&'static dyn Lesson], common: &Common) -> Result<(), Failure> {
    let screen = terminal::screen(common);
    let mut output = Output::open(common.out.as_deref(), common.lang)?;
    let start = Instant::now();
    let mut claims = Vec::new();
    for lesson in lessons {
        let of_lesson = run_claims(*lesson, common.seed);
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
        Format::Json | Format::Markdown => output.write(&pretty(&json::check(&report, screen.lang)))?,
    }
    output.finish()?;
    if report.moved.is_empty() {
        return Ok(());
    }
    Err(Failure::failed(report.moved.iter().map(|moved| complaint(moved, lessons, common)).collect()))
}

/// Symbol, id, verdict, and as much of the statement as fits.
fn line(claim: &Claim, screen: &Screen) -> String {
    let (symbol, role, name) = look(claim.verdict());
    let width = Verdict::ALL.iter().map(|verdict| columns(screen.say(&look(*verdict).2))).max().unwrap_or(0);
    let verdict = screen.paint(role, &pad_right(screen.say(&name), width));
    let mut line =
        format!("{} {} {verdict}  ", screen.paint(role, &symbol.to_string()), pad_right(claim.id, 11));
    if let Some(moved) = verdicts::moved(claim) {
        line += &screen.paint(Role::Bad, &remark(&moved, screen));
        line.push(' ');
    }
    let room = screen.width.saturating_sub(columns(&line));
    line + &shorten(screen.say(&claim.statement), room) + "\n"
}

/// Why a line stands out.
fn remark(moved: &Moved, screen: &Screen) -> String {
    let Some(expected) = moved.expected else {
        return screen.pick("(nothing on record!)", "（没有记录！）").to_string();
    };
    let (_, _, expected) = look(expected);
    match screen.lang {
        Lang::En => format!("(expected {}, moved!)", screen.say(&expected)),
        Lang::Zh => format!("（应为{}，有变！）", screen.say(&expected)),
    }
}

/// `16 claims · 6 holds · 9 qualified · 1 opinion · 0 moved · 0.11 s`
fn summary(report: &CheckReport, elapsed: Duration, screen: &Screen) -> String {
    let mut out = format!("\n{}", tally(report.claims.iter(), screen));
    let role = if report.moved.is_empty() { Role::Good } else { Role::Bad };
    let moved = format!("{} {}", report.moved.len(), screen.pick("moved", "变动"));
    let seconds = elapsed.as_secs_f64();
    let _ = writeln!(out, " · {} · {seconds:.2} {}", screen.paint(role, &moved), screen.pick("s", "秒"));
    out
}

/// What standard error says of a claim that moved.
fn complaint(moved: &Moved, lessons: &[&'static dyn Lesson], common: &Common) -> String {
    let (id, (_, _, found)) = (moved.id, look(moved.found));
    let (en, zh) = (found.get(Lang::En), found.get(Lang::Zh));
    let text = match moved.expected.map(|expected| look(expected).2) {
        None => Text::new(
            format!("{id}: found {en}, but no verdict is on record (add it to demos/verdicts.txt)"),
            format!("{id}：实为{zh}，但没有记录（请补入 demos/verdicts.txt）"),
        ),
        Some(expected) => {
            let command = command(id, lessons, common.seed);
            let (expected_en, expected_zh) = (expected.get(Lang::En), expected.get(Lang::Zh));
            Text::new(
                format!("{id}: expected {expected_en}, found {en} ({command} shows the measurements)"),
                format!("{id}：应为{expected_zh}，实为{zh}（运行 {command} 查看测量结果）"),
            )
        }
    };
    text.get(common.lang).to_string()
}

/// The command that shows a claim as this check found it.
fn command(id: &str, lessons: &[&'static dyn Lesson], seed: u64) -> String {
    let lesson = lessons.iter().find(|lesson| lesson.claims().iter().any(|claim| claim.id == id));
    let name = lesson.map_or("", |lesson| lesson.card().name);
    if seed == DEFAULT_SEED { format!("demo {name}") } else { format!("demo {name} --seed {seed}") }
}

#[cfg(test)]
mod tests {
    use demos::kit::claim::Evidence;
    use demos::render::screen::Colour;

    use super::*;

    fn unrecorded() -> Claim {
        let remark = Text::same("");
        Claim {
            id: "LLM-Q0-C0",
            statement: Text::same("word ".repeat(60)),
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
        assert_eq!(summary(&report, elapsed, &screen(Lang::Zh)), "\n2 条论断 · 2 观点 · 2 变动 · 0.11 秒\n");
    }

    #[test]
    fn a_moved_claim_is_named_with_what_was_expected() {
        let moved = Moved { id: "LLM-Q0-C0", expected: Some(Verdict::Wrong), found: Verdict::Holds };
        let claim = Claim { id: moved.id, ..unrecorded() };
        assert!(line(&claim, &screen(Lang::En)).contains("(nothing on record!)"));
        assert_eq!(remark(&moved, &screen(Lang::En)), "(expected wrong, moved!)");
        assert_eq!(remark(&moved, &screen(Lang::Zh)), "（应为不成立，有变！）");
    }
}
