//! What was published.

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::emergence::WORDS;
use crate::lessons::emergence::experiments::table::{LINE, below, by_size, called};
use crate::lessons::emergence::sizes::written;
use crate::row;

/// The ability in the language of the page.
fn ability(name: &str) -> Text {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    WORDS.get(&format!("ability.{}", words.collect::<Vec<_>>().join("-").to_lowercase()))
}

pub(crate) fn thresholds() -> Findings {
    let mut f = Findings::default();
    let rows = by_size();
    f.number("rows", rows.len() as f64);
    f.words("line", Text::same(written(LINE)));
    f.number("below_line", below(&rows, LINE) as f64);
    f.words("smallest", Text::same(written(rows[0].parameters)));
    let chains = called("chain of thought");
    f.number("chains", chains.len() as f64);
    f.words("first_chain", Text::same(written(chains[0].parameters)));
    f.words("last_chain", Text::same(written(chains[chains.len() - 1].parameters)));
    let of = |row: &concepts::emergence::Threshold| {
        row![
            written(row.parameters),
            ability(row.ability),
            row.model,
            format!("{:.1e}", row.flops),
            row.paper
        ]
    };
    f.table("published", Grid::new("published", &WORDS).rows(rows.iter().map(of)).table());
    let sizes: Vec<String> = chains.iter().map(|row| written(row.parameters)).collect();
    let sizes = Text::new(sizes.join(", "), sizes.join("、"));
    let claimed = Grid::new("claimed", &WORDS).value("chains", sizes);
    let words = |id: &str| claimed.word(id);
    let row = |id: [&str; 3]| row![words(id[0]), words(id[1]), words(id[2])];
    let table = [
        row(["icl", "icl-said", "icl-is"]),
        row(["cot", "cot-said", "cot-is"]),
        row(["plan", "plan-said", "plan-is"]),
    ];
    f.table("claimed", Grid::new("claimed", &WORDS).rows(table).table());
    f
}
