//! A lesson as Markdown, for a notebook or a wiki. Formulas are set as `$$ … $$`.

use std::fmt::Write;

use crate::kit::claim::{Claim, Evidence, Outcome, Test, Tested};
use crate::kit::figure::Figure;
use crate::kit::findings::{Cell, Matrix, Table};
use crate::kit::lesson::{Block, Page, joined};
use crate::kit::number::{of_columns, plain};
use crate::kit::prose::literal;
use crate::kit::question::question;
use crate::kit::text::Lang;
use crate::kit::visible::is_hidden;
use crate::render::form::Form;
use crate::render::text;
use crate::render::verdict::{look, predicted};

/// A larger matrix would not be read: it is shortened, with its shape given.
const LARGEST: usize = 16;

/// A page for a notebook or a wiki.
pub(super) const FORM: Form = Form {
    word: "markdown",
    walk: |_, _, _| String::new(),
    rest: |page, view, _, _| self::page(page, view.pictures.as_deref()),
    syllabus: text::syllabus,
    check: None,
    practice: None,
    folds: false,
    links: true,
};

/// A whole page. Its figures are linked where they were saved; where they were not, the page says how to.
pub fn page(page: &Page, pictures: Option<&str>) -> String {
    let lang = page.lang;
    let mut out = format!("# {}\n\n", page.heading());
    for question in page.card.questions.iter().filter_map(|id| question(id)) {
        out += &format!("*{}*\n\n", question.asks.get(lang));
    }
    for block in &page.blocks {
        out += &set(block, page, pictures);
    }
    out
}

fn set(block: &Block, page: &Page, pictures: Option<&str>) -> String {
    let lang = page.lang;
    match block {
        Block::Prose(spans) => format!("{}\n\n", joined(spans)),
        Block::Formula(_, formula) => format!("$$\n{}\n$$\n\n", formula.tex),
        Block::Matrix(_, m) => matrix(m, lang),
        Block::Table(_, t) => table(t, lang),
        Block::Figure(figure) => picture(figure, page, pictures),
        Block::Note(note) => format!("> {}\n\n", literal(note.get(lang))),
        Block::Claim(c) => claim(c, lang),
    }
}

fn picture(figure: &Figure, page: &Page, pictures: Option<&str>) -> String {
    let (title, name) = (literal(figure.title.get(page.lang)), page.card.name);
    match (pictures, page.lang) {
        (Some(folder), _) => format!("![{title}]({}{name}-{}.svg)\n\n", in_a_link(folder), figure.id),
        (None, Lang::En) => format!("*Figure: {title}* (`demo {name} --figures DIR` saves it)\n\n"),
        (None, Lang::Zh) => format!("*图：{title}*（用 `demo {name} --figures DIR` 保存）\n\n"),
    }
}

fn matrix(matrix: &Matrix, lang: Lang) -> String {
    let (n, m) = matrix.data.dim();
    let (symbol, caption) = (literal(&matrix.symbol), literal(matrix.caption.get(lang)));
    let mut out = format!("**{symbol}** ({n} × {m}) {caption}\n\n");
    let cols = m.min(LARGEST);
    let name = |names: &[String], i: usize| names.get(i).map_or(String::new(), |name| literal(name));
    let head: Vec<String> = (0..cols).map(|j| name(&matrix.cols, j)).collect();
    let _ = writeln!(out, "| | {} |\n|---|{}", head.join(" | "), "---:|".repeat(cols));
    for i in 0..n.min(LARGEST) {
        let cells: Vec<String> = (0..cols).map(|j| two_decimals(matrix.data[[i, j]])).collect();
        let _ = writeln!(out, "| {} | {} |", name(&matrix.rows, i), cells.join(" | "));
    }
    if n > LARGEST || m > LARGEST {
        out.push_str("\n…\n");
    }
    out.push('\n');
    out
}

/// Two decimals, with no sign before a zero and with the sign that mathematics has for infinity.
fn two_decimals(value: f64) -> String {
    let shown = format!("{value:.2}");
    match shown.as_str() {
        "-0.00" => "0.00".into(),
        "-inf" => "−∞".into(),
        "inf" => "∞".into(),
        _ => shown,
    }
}

fn table(table: &Table, lang: Lang) -> String {
    let head: Vec<String> = table.head.iter().map(|name| literal(name.get(lang))).collect();
    let mut out = format!(
        "**{}**\n\n| {} |\n|{}\n",
        literal(table.caption.get(lang)),
        head.join(" | "),
        "---|".repeat(head.len())
    );
    let written = of_columns(table);
    for row in &table.rows {
        let cells: Vec<String> = row
            .iter()
            .enumerate()
            .map(|(j, cell)| match cell {
                Cell::Number(value) => {
                    written.get(j).map_or_else(|| plain(*value), |written| written(*value))
                }
                Cell::Words(words) => literal(words.get(lang)),
            })
            .collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out.push('\n');
    out
}

/// A claim with its reason: verdict, what was measured against what was predicted, the counterexample, the
/// controls, and what to say.
fn claim(claim: &Claim, lang: Lang) -> String {
    let (symbol, names) = look(claim.verdict());
    let verdict = names[lang as usize];
    let mut out = format!("**{symbol} {}** — *{verdict}* — {}\n\n", claim.id, claim.statement.get(lang));
    let pick = |en: &'static str, zh: &'static str| [en, zh][lang as usize];
    match &claim.evidence {
        Evidence::Tested(tested) => out += &tests(tested, lang),
        Evidence::Data { source: said }
        | Evidence::Opinion { remark: said }
        | Evidence::Failed { reason: said } => {
            let _ = writeln!(out, "{}", said.get(lang));
        }
    }
    for (record, said) in crate::evidence::of(claim.id) {
        let (label, model) = (pick("real model", "真实模型"), &record.model);
        let (comma, colon) = (pick(", ", "，"), pick(": ", "："));
        let _ = writeln!(out, "\n- {label}{comma}{model}{colon}{}", said.text.get(lang));
    }
    if let Some(say) = claim.say.as_ref().or(claim.correction().map(|correction| &correction.say)) {
        let _ = writeln!(out, "\n> {}{}", pick("Say: ", "应答："), say.get(lang));
    }
    out.push('\n');
    out
}

fn tests(tested: &Tested, lang: Lang) -> String {
    let pick = |en: &'static str, zh: &'static str| [en, zh][lang as usize];
    let mut out = measures(pick("as written", "原句"), &tested.as_stated, lang);
    if let Some(correction) = &tested.correction {
        let _ = writeln!(out, "- {}{}", pick("but: ", "反例："), correction.counterexample.get(lang));
        out += &measures(pick("corrected", "更正后"), &correction.test, lang);
    }
    for control in &tested.controls {
        let broken = control.broken.get(lang);
        let caught = if tested.caught(control) {
            pick("caught", "已检出")
        } else {
            pick("NOT CAUGHT", "未检出")
        };
        let _ = writeln!(out, "- {}{broken} → {caught}", pick("negative control: ", "负对照："));
    }
    out
}

fn measures(label: &str, test: &Test, lang: Lang) -> String {
    let mut out = String::new();
    for measure in &test.0 {
        let mark = match measure.outcome() {
            Outcome::Pass => '✓',
            Outcome::Fail => '✗',
            Outcome::Undecided => '?',
        };
        let (what, basis) = (measure.what.get(lang), measure.basis.get(lang));
        let source = match (measure.looked_up, lang) {
            (false, _) => "",
            (true, Lang::En) => "looked up: ",
            (true, Lang::Zh) => "查自：",
        };
        let (value, predicted) = (plain(measure.value), predicted(measure.criterion));
        let _ = writeln!(out, "- {label} {mark} {what}: **{value}** ({predicted}; {source}{basis})");
    }
    out
}

/// The path of a folder inside a link: blanks, brackets and what cannot be seen would end it.
fn in_a_link(folder: &str) -> String {
    let mut out = String::with_capacity(folder.len());
    for c in folder.chars() {
        if c.is_whitespace() || is_hidden(c) || "()<>\\%`[]".contains(c) {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    out
}
