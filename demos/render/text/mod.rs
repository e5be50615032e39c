//! A lesson on a terminal. This is the face of the project.

mod check;
mod claims;
mod code;
mod hits;
mod matrix;
pub mod practice;
mod prose;
mod syllabus;
mod table;

pub use claims::claims;
pub use code::{code, remark};
pub use hits::hits;
pub use syllabus::syllabus;
pub use table::table;

use std::time::Duration;

use super::chart::chart;
use super::form::{CheckForm, Form, View};
use super::screen::{Role, Screen};
use super::wrap;
use crate::kit::lesson::{Block, Page, joined};
use crate::kit::question::question;

/// Text on a terminal.
pub(super) const FORM: Form = Form {
    word: "text",
    walk: |page, view, screen| self::page(page, view.whole, screen),
    rest,
    syllabus,
    check: Some(CheckForm { line: check::line, summary: check::summary }),
    practice: Some(practice::FORM),
    folds: true,
    links: false,
};

fn rest(page: &Page, view: &View, elapsed: Duration, screen: &Screen) -> String {
    let closing = if view.whole { closing(page, screen) } else { String::new() };
    claims(page, view.depth, elapsed, screen) + &closing
}

/// The page up to its claims: title, question, the sections if there are several, and the walk.
pub fn page(page: &Page, contents: bool, screen: &Screen) -> String {
    let mut out = head(page, screen);
    if contents {
        out.push_str(&self::contents(page, screen));
    }
    for block in &page.blocks {
        out.push_str(&set(block, screen));
    }
    without_gaps(&out)
}

/// Blocks end with a blank line and headings begin with one: together they would leave a hole.
fn without_gaps(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    for line in text.lines() {
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn head(page: &Page, screen: &Screen) -> String {
    let mut out = String::new();
    out.push_str(&screen.paint(Role::Heading, &page.heading()));
    if page.card.questions.is_empty() {
        out.push('\n');
    }
    for id in page.card.questions {
        let Some(question) = question(id) else { continue };
        out.push_str(&format!("  {}\n", screen.paint(Role::Caution, &"★".repeat(question.stars))));
        out.push_str(&prose::wrap(&screen.paint(Role::Quiet, screen.say(&question.asks)), "", "", screen));
    }
    out.push('\n');
    out
}

/// What the sections are, and how to see one alone.
fn contents(page: &Page, screen: &Screen) -> String {
    let (_, sections) = page.sections();
    if sections.is_empty() {
        return String::new();
    }
    // A title is not broken, nor parted from its number; marks of code are for the page.
    let whole =
        |title: &str| unbroken(&title.replace('`', "").replace(' ', "\u{a0}").replace('-', "\u{2011}"));
    let titles: Vec<String> = sections
        .iter()
        .map(|section| {
            format!(
                "{}\u{a0}{}",
                screen.paint(Role::Strong, &section.number.to_string()),
                whole(&section.title)
            )
        })
        .collect();
    let how = format!("--section\u{a0}{}", sections.len().min(3));
    let how = format!("{}\u{a0}· --answer\u{a0}· --brief", screen.paint(Role::Code, &how))
        .replace(" --", "\u{a0}--");
    let line = format!("{}   {how}", titles.join(" · "));
    let set = prose::wrap(&line, "", "", screen).replace('\u{a0}', " ").replace('\u{2011}', "-");
    format!("{}\n", set.replace(JOINER, ""))
}

/// Takes no room, and no line is broken beside it.
const JOINER: char = '\u{2060}';

/// Chinese may be broken between any two characters: here it is not.
fn unbroken(title: &str) -> String {
    let mut out = String::new();
    for c in title.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            out.extend([JOINER, c, JOINER]);
        }
    }
    out
}

fn set(block: &Block, screen: &Screen) -> String {
    match block {
        Block::Prose(spans) => prose::prose(&joined(spans), screen),
        Block::Formula(_, f) => formula(f.plain, screen),
        Block::Matrix(_, matrix) => matrix::matrix(matrix, screen),
        Block::Table(_, table) => table::table(table, screen),
        Block::Figure(figure) => format!("{}\n", chart(figure, screen)),
        Block::Note(note) => {
            let bar = screen.paint(Role::Caution, "▌ ");
            format!("{}\n", prose::wrap(screen.say(note), &bar, &bar, screen))
        }
        // Claims come after the walk, when they have been run: see `claims`.
        Block::Claim(_) => String::new(),
    }
}

/// Formulas stand side by side, two blanks or more apart. They break there and nowhere else.
fn formula(plain: &str, screen: &Screen) -> String {
    const INDENT: &str = "    ";
    let whole = |part: &str| part.trim().replace(' ', "\u{a0}");
    let parts: Vec<String> = plain.split("  ").map(whole).filter(|part| !part.is_empty()).collect();
    let lines = wrap::lines(&parts.join("    "), screen.width, INDENT, INDENT);
    let painted = lines.iter().map(|line| screen.paint(Role::Formula, &line.replace('\u{a0}', " ")) + "\n");
    painted.chain(["\n".to_string()]).collect()
}

/// What comes last: where the figures are and what to try next.
pub fn closing(page: &Page, screen: &Screen) -> String {
    let mut out = String::new();
    let figures: Vec<String> =
        page.figures().map(|figure| format!("{}-{}.svg", page.card.name, figure.id)).collect();
    if !figures.is_empty() {
        out.push_str(&format!("\n{}\n", screen.paint(Role::Heading, screen.pick("Figures", "图"))));
        let how = screen.pick(
            "--figures DIR saves these as SVG, drawn with your knobs: ",
            "加上 --figures DIR，可按当前参数把下面这些图存成 SVG：",
        );
        // A name is not broken at its hyphens.
        let names = figures.join(" · ").replace('-', "\u{2011}");
        let lines = prose::wrap(&format!("{how}{names}"), "  ", "  ", screen);
        out.push_str(&lines.replace('\u{2011}', "-"));
    }
    if !page.next.is_empty() {
        out.push_str(&format!("\n{}\n", screen.paint(Role::Heading, screen.pick("Try next", "接下来试试"))));
    }
    for next in &page.next {
        let command = screen.paint(Role::Code, next.command);
        out.push_str(&prose::wrap(&format!("{command}   {}", screen.say(&next.why)), "  ", "      ", screen));
    }
    out
}
