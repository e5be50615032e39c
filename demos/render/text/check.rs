//! The verdicts of a check, one line each.

use std::time::Duration;

use super::claims::folded;
use crate::kit::claim::{Claim, Verdict};
use crate::kit::text::Lang;
use crate::render::screen::{Role, Screen};
use crate::render::verdict::{tally, word};
use crate::verdicts::{self, CheckReport, Moved};

/// Sign, id, verdict, and as much of the statement as fits.
pub(super) fn line(claim: &Claim, screen: &Screen) -> String {
    let moved = verdicts::moved(claim).map(|moved| remark(&moved, screen));
    folded(claim, moved.as_deref(), "", screen)
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
pub(super) fn summary(report: &CheckReport, elapsed: Duration, screen: &Screen) -> String {
    let role = if report.moved.is_empty() { Role::Good } else { Role::Bad };
    let moved = format!("{} {}", report.moved.len(), screen.pick("moved", "变动"));
    let seconds = format!("{:.2} s", elapsed.as_secs_f64());
    format!("\n{}\n", [tally(report.claims.iter(), screen), screen.paint(role, &moved), seconds].join(" · "))
}

/// Columns that the longest verdict takes.
pub(super) fn verdict_columns(screen: &Screen) -> usize {
    let columns = |verdict: &Verdict| crate::render::screen::columns(word(*verdict, screen));
    Verdict::ALL.iter().map(columns).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::claim::Evidence;
    use crate::kit::text::Text;
    use crate::render::screen::{Colour, columns};

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
    fn a_moved_claim_stands_out() {
        let moved = Moved { id: "LLM-Q0-C0", expected: Some(Verdict::Wrong), found: Verdict::Holds };
        assert!(line(&unrecorded(), &screen(Lang::En)).contains("(nothing on record!)"));
        assert_eq!(remark(&moved, &screen(Lang::En)), "(expected wrong, moved!)");
    }
}
