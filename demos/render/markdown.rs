//! A lesson as Markdown, for a notebook or a wiki. Formulas are set as `$$ … $$`.

use std::fmt::Write;

use crate::kit::claim::{Claim, Evidence};
use crate::kit::findings::{Cell, Matrix, Table};
use crate::kit::lesson::{Block, Page};
use crate::kit::number::plain;
use crate::kit::prose::literal;
use crate::kit::question::question;
use crate::kit::text::{Lang, text};
use crate::render::verdict::look;

/// A larger matrix would not be read: it is shortened, with its shape given.
const LARGEST: usize = 16;

/// A whole page.
pub fn page(page: &Page) -> String {
    let lang = page.lang;
    let mut out = format!("# {} · {}\n\n", page.card.questions.join(", "), page.card.title.get(lang));
    for question in page.card.questions.iter().filter_map(|id| question(id)) {
        out += &format!("*{}*\n\n", question.asks.get(lang));
    }
    for block in &page.blocks {
        out += &set(block, page);
    }
    out
}

fn set(block: &Block, page: &Page) -> String {
    let lang = page.lang;
    match block {
        Block::Prose(markdown) => format!("{markdown}\n\n"),
        Block::Formula(_, formula) => format!("$$\n{}\n$$\n\n", formula.tex),
        Block::Matrix(_, m) => matrix(m, lang),
        Block::Table(_, t) => table(t, lang),
        Block::Figure(f) => {
            format!("![{}]({}-{}.svg)\n\n", f.title.get(lang), page.card.name, f.id)
        }
        Block::Note(note) => format!("> {}\n\n", note.get(lang)),
        Block::Claim(c) => claim(c, lang),
    }
}

fn matrix(matrix: &Matrix, lang: Lang) -> String {
    let (n, m) = matrix.data.dim();
    let mut out = format!("**{}** ({n} × {m}) {}\n\n", matrix.symbol, matrix.caption.get(lang));
    let cols = m.min(LARGEST);
    let name = |names: &[String], i: usize| names.get(i).map_or(String::new(), |name| escaped(name));
    let head: Vec<String> = (0..cols).map(|j| name(&matrix.cols, j)).collect();
    let _ = writeln!(out, "| | {} |\n|---|{}", head.join(" | "), "---:|".repeat(cols));
    for i in 0..n.min(LARGEST) {
        let cells: Vec<String> = (0..cols).map(|j| format!("{:.2}", matrix.data[[i, j]])).collect();
        let _ = writeln!(out, "| {} | {} |", name(&matrix.rows, i), cells.join(" | "));
    }
    if n > LARGEST || m > LARGEST {
        out.push_str("\n…\n");
    }
    out.push('\n');
    out
}

fn table(table: &Table, lang: Lang) -> String {
    let head: Vec<String> = table.head.iter().map(|name| escaped(name.get(lang))).collect();
    let mut out = format!(
        "**{}**\n\n| {} |\n|{}\n",
        table.caption.get(lang),
        head.join(" | "),
        "---|".repeat(head.len())
    );
    for row in &table.rows {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| match cell {
                Cell::Number(value) => plain(*value),
                Cell::Words(words) => escaped(words.get(lang)),
            })
            .collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out.push('\n');
    out
}

fn claim(claim: &Claim, lang: Lang) -> String {
    let (symbol, [en, zh]) = look(claim.verdict());
    let verdict = text(en, zh);
    let verdict = verdict.get(lang);
    let mut out = format!("**{symbol} {}** — *{verdict}* — {}\n\n", claim.id, claim.statement.get(lang));
    match &claim.evidence {
        Evidence::Tested(tested) => {
            for measure in &tested.deciding().0 {
                let colon = text(": ", "：");
                let (what, value) = (measure.what.get(lang), plain(measure.value));
                let _ = writeln!(out, "- {what}{}{value}", colon.get(lang));
            }
            if let Some(correction) = &tested.correction {
                let _ = writeln!(out, "\n> {}", correction.say.get(lang));
            }
        }
        Evidence::Data { source } => {
            let _ = writeln!(out, "{}", source.get(lang));
        }
        Evidence::Opinion { remark: said } | Evidence::Failed { reason: said } => {
            let _ = writeln!(out, "{}", said.get(lang));
        }
    }
    out.push('\n');
    out
}

/// A cell is no Markdown, and a bar would end it.
fn escaped(cell: &str) -> String {
    literal(cell).replace('|', "\\|")
}
