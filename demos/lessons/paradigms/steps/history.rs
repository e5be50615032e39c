//! Methods by year.

use concepts::classical::{Learns, Milestone, timeline};

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::paradigms::WORDS;
use crate::row;

/// The year of BERT. Before it hardly anything is pre-trained as a whole and then fine-tuned.
pub(crate) const BERT: u32 = 2018;

/// The methods of the years before.
pub(crate) fn before() -> Vec<Milestone> {
    timeline().into_iter().filter(|row| row.year < BERT).collect()
}

pub(crate) fn history() -> Findings {
    let mut f = Findings::default();
    let all = timeline();
    let mut grid = Grid::new("timeline", &WORDS);
    for one in &all {
        let learns = grid.word(match one.learns {
            Learns::Rules => "rules",
            Learns::Text => "text",
            Learns::Labels => "labels",
            Learns::Pairs => "pairs",
            Learns::Both => "both",
        });
        let attention = grid.word(if one.transformer {
            "transformer"
        } else if one.attention {
            "attends"
        } else {
            "no"
        });
        let [tuned, writes] = [one.tuned, one.writes].map(|is| grid.word(if is { "yes" } else { "no" }));
        let name = WORDS.get(&format!("milestone.{}", one.id));
        grid = grid.row(row![one.year.to_string(), name, learns, attention, tuned, writes, one.source]);
    }
    f.table("timeline", grid.table());
    let count = |of: &dyn Fn(&Milestone) -> bool| before().iter().filter(|row| of(row)).count() as f64;
    f.number("bert_year", f64::from(BERT));
    f.number("before_rows", before().len() as f64);
    f.number("before_writing", count(&|row| row.writes));
    f.number("before_text", count(&|row| row.learns == Learns::Text));
    f.number("before_attention", count(&|row| row.attention));
    f.number("before_tuned", count(&|row| row.tuned));
    f
}
