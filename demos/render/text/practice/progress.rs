//! How a person stands with each question, and the back of a card.

use chrono::NaiveDate;

use crate::kit::claim::{Claim, Evidence, Measure, Outcome, Test};
use crate::kit::number::plain;
use crate::kit::text::Text;
use crate::kit::visible::visible;
use crate::named;
use crate::practice::drill::WORDS;
use crate::practice::drill::calibration::{Calibration, Typical, WANTED};
use crate::practice::drill::progress::{Progress, Standing};
use crate::practice::journal::Kept;
use crate::render::screen::{Role, Screen, columns, pad_left, pad_right};
use crate::render::text::prose::wrap;
use crate::render::verdict::predicted;

/// A paragraph, wrapped to the screen.
pub fn paragraph(text: &Text, screen: &Screen) -> String {
    wrap(screen.say(text), "", "", screen)
}

/// Words behind a mark of one column.
pub fn led(mark: &str, text: &Text, screen: &Screen) -> String {
    wrap(screen.say(text), &format!("{mark} "), "  ", screen)
}

/// A point of a list.
pub fn numbered(number: usize, text: &str, screen: &Screen) -> String {
    wrap(text, &format!("  {number}  "), "     ", screen)
}

/// Of the measurements of a claim, this many are shown.
const MEASURES: usize = 3;

/// What was measured of a claim, a case in which the sentence fails or what the test catches, and what to say.
pub fn back_of_claim(claim: &Claim, screen: &Screen) -> String {
    let mut out = String::new();
    if let Evidence::Tested(tested) = &claim.evidence {
        out.push_str(&measured(&tested.as_stated, screen));
        match (&tested.correction, tested.controls.first()) {
            (Some(correction), _) => {
                out.push_str(&wrap(screen.say(&correction.counterexample), "  ", "  ", screen));
            }
            (None, Some(control)) => {
                let line = WORDS.with("session.control", &named![broken = control.broken.clone()]);
                out.push_str(&wrap(screen.say(&line), "  ", "  ", screen));
            }
            (None, None) => {}
        }
    }
    if let Some(say) = &claim.say {
        let mark = format!("  {} ", screen.paint(Role::Good, "┃"));
        out.push_str(&wrap(screen.say(say), &mark, &mark, screen));
    }
    out
}

/// The measurements of a sentence, those first that disagree with it.
fn measured(test: &Test, screen: &Screen) -> String {
    let mut measures: Vec<&Measure> = test.0.iter().collect();
    measures.sort_by_key(|measure| measure.outcome() == Outcome::Pass);
    let line = |measure: &Measure| {
        let (mark, role) = match measure.outcome() {
            Outcome::Pass => ("✓", Role::Good),
            Outcome::Fail => ("✗", Role::Bad),
            Outcome::Undecided => ("?", Role::Caution),
        };
        let (what, value) = (screen.say(&measure.what), plain(measure.value));
        let colon = screen.pick(": ", "：");
        let text = format!("{what}{colon}{value} ({})", predicted(measure.criterion));
        wrap(&text, &format!("  {} ", screen.paint(role, mark)), "    ", screen)
    };
    measures.into_iter().take(MEASURES).map(line).collect()
}

/// Lines of the journal that were skipped; nothing if there are none.
pub fn skipped(kept: &Kept, screen: &Screen) -> String {
    let said = |id: &str, lines: &[usize]| {
        let Some(&line) = lines.first() else { return String::new() };
        let file = Text::same(visible(&kept.path.display().to_string()));
        let words = &crate::practice::WORDS;
        paragraph(&words.with(id, &named![count = lines.len(), file, line]), screen)
    };
    said("list.damaged", &kept.damaged) + &said("list.newer", &kept.newer)
}

/// How good a person's ranges are: how many held, how wide they were, and what follows.
pub fn calibration(calibration: &Calibration, screen: &Screen) -> String {
    let Calibration { given, held, interval: (low, high), width, factor } = *calibration;
    let mut lines = Vec::new();
    if given > 0 {
        let share = held as f64 / given as f64;
        let [share, wanted, low, high] =
            [share, WANTED, low, high].map(|share| (100.0 * share).round() as usize);
        lines.push(WORDS.with("calibration.held", &named![given, held, share, wanted, low, high]));
    }
    let typical = |id, name, of: Option<Typical>| {
        of.map(|Typical { ratio, of }| WORDS.with(id, &[named![count = of], [(name, ratio.into())]].concat()))
    };
    lines.extend(typical("calibration.width", "width", width));
    lines.extend(typical("calibration.factor", "factor", factor));
    lines.push(WORDS.get(&format!("calibration.{}", calibration.finding().word())));
    let blank = screen.pick(" ", "");
    let said: Vec<&str> = lines.iter().map(|line| screen.say(line)).collect();
    wrap(&said.join(blank), "", "", screen)
}

/// One screen: a line a lesson.
pub(super) fn progress(progress: &Progress, screen: &Screen) -> String {
    let date = |day: NaiveDate| Text::same(day.to_string());
    let title = WORDS.with("progress.title", &named![date = date(progress.today)]);
    let mut out = format!("{}\n", screen.paint(Role::Heading, screen.say(&title)));
    if let Some(day) = progress.interview {
        let days = (day - progress.today).num_days();
        let said = match usize::try_from(days) {
            Ok(days) => WORDS.with("progress.interview", &named![date = date(day), days]),
            Err(_) => WORDS.with("progress.past", &named![date = date(day)]),
        };
        out.push_str(&paragraph(&said, screen));
    }
    out.push('\n');
    let head: Vec<Text> = WORDS.list("progress.head", &[]);
    let head: Vec<&str> = head.iter().map(|cell| screen.say(cell)).collect();
    let rows: Vec<[String; 6]> = progress.standings.iter().map(row).collect();
    out.push_str(&table(&head, &rows, screen));
    out.push('\n');
    let on_a_day = progress.interview.is_some_and(|day| day > progress.today);
    let strength = if on_a_day { "progress.strength" } else { "progress.strength-now" };
    out.push_str(&paragraph(&WORDS.get(strength), screen));
    out.push('\n');
    out.push_str(&calibration(&progress.calibration, screen));
    out.push_str(&paragraph(&WORDS.get("progress.how"), screen));
    out
}

fn row(standing: &Standing) -> [String; 6] {
    const TENTHS: usize = 10;
    let filled = (standing.strength * TENTHS as f64).round() as usize;
    let bar =
        format!("{}{} {:>3.0}%", "█".repeat(filled), "░".repeat(TENTHS - filled), standing.strength * 100.0);
    let weakest =
        standing.weakest.map_or(String::new(), |id| id.rsplit('-').next().unwrap_or(id).to_string());
    [
        standing.lesson.card.name.to_string(),
        bar,
        format!("{}/{}", standing.seen, standing.cards),
        standing.due.to_string(),
        standing.at_risk.to_string(),
        weakest,
    ]
}

fn table(head: &[&str], rows: &[[String; 6]], screen: &Screen) -> String {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| columns(&row[column]));
        cells.chain([columns(head[column])]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..6).map(width).collect();
    let line = |cells: &[&str]| {
        let cells = cells.iter().zip(&widths).enumerate().map(|(i, (cell, width))| {
            if (2..5).contains(&i) { pad_left(cell, *width) } else { pad_right(cell, *width) }
        });
        format!("  {}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    let mut out = screen.paint(Role::Quiet, line(head).trim_end());
    out.push('\n');
    rows.iter().for_each(|row| out.push_str(&line(&row.each_ref().map(String::as_str))));
    out
}
