//! Byte-pair encoding on the nine words of the written answer: every merge with the table before it.

use concepts::tokenizer::bpe::{Pair, Step, TieRule, WordEnd};

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::tokenization::WORDS;
use crate::lessons::tokenization::experiments::sentencepiece;
use crate::lessons::tokenization::experiments::whiteboard::{
    CORPUS, Cut, RULES, cut, cuts, joined, merges, options, steps, tie_paths, token,
};
use crate::lessons::tokenization::listing::listing;
use crate::row;

/// Merges that are shown: after nine each of the words is one token.
const SHOWN: usize = 9;

pub(crate) fn whiteboard(f: &mut Findings) {
    let steps = steps(&CORPUS, &options(TieRule::First, WordEnd::Unmarked));
    f.number("corpus_characters", CORPUS.iter().map(|(word, count)| word.len() as f64 * *count as f64).sum());
    f.formula(
        "f_merge",
        r"(x, y)^* = \arg\max_{(x, y)} \sum_w c(w)\, \#\{\,i : w_i = x,\ w_{i+1} = y\,\}",
        "(x, y)* = argmax Σ_w c(w) · #{i : wᵢ = x, wᵢ₊₁ = y}",
    );
    f.table("pairs", pairs(&steps));
    f.table("merging", merging(&steps));
    let tied = steps.iter().take(SHOWN).enumerate().filter(|(_, step)| step.ties.len() > 1);
    f.words("tied_merges", listing(tied.map(|(i, _)| Text::same((i + 1).to_string()))));
    f.table("rules", rules());
    let paths = tie_paths(&CORPUS);
    f.number("tie_paths", paths.len() as f64);
    f.table("encodings", encodings(&paths));
}

/// All pairs in order of first appearance, against the merges: each count before the merge, with a full
/// circle where the pair is merged and an empty one where it is tied with it.
fn pairs(steps: &[Step]) -> Table {
    let mut seen: Vec<&Pair> = Vec::new();
    for counted in steps.iter().flat_map(|step| &step.counts) {
        if !seen.contains(&&counted.pair) {
            seen.push(&counted.pair);
        }
    }
    let cell = |step: &Step, pair: &Pair| {
        let count = step.counts.iter().find(|counted| counted.pair == *pair)?.count;
        let mark = match () {
            () if step.merged == *pair => " ●",
            () if step.ties.contains(pair) => " ○",
            () => "",
        };
        Some(format!("{count}{mark}"))
    };
    let row = |pair: &&Pair| {
        let cells = steps.iter().take(SHOWN).map(|step| Cell::from(cell(step, pair).unwrap_or_default()));
        std::iter::once(Cell::from(format!("{}+{}", pair.0, pair.1))).chain(cells).collect()
    };
    Table {
        caption: WORDS.get("pairs"),
        head: std::iter::once(WORDS.get("pairs.pair"))
            .chain((1..=steps.len().min(SHOWN)).map(|i| Text::same(i.to_string())))
            .collect(),
        rows: seen.iter().map(row).collect(),
    }
}

/// One row a merge: what it makes, and how the three words stand afterwards.
fn merging(steps: &[Step]) -> Table {
    let learned: Vec<Pair> = steps.iter().map(|step| step.merged.clone()).collect();
    let mut length: u64 = CORPUS.iter().map(|(word, count)| word.len() as u64 * count).sum();
    let rows = steps.iter().take(SHOWN).enumerate().map(|(i, step)| {
        length -= step.count; // no pair of these words overlaps itself
        let now = CORPUS.map(|(word, _)| joined(&cut(&learned[..=i], word, Cut::ByRank)));
        let becomes = format!("{}+{} → {}", step.merged.0, step.merged.1, step.token());
        row![i + 1, becomes, step.count, step.ties.len(), now.join("  "), length]
    });
    Grid::new("merging", &WORDS).rows(rows).table()
}

/// The merges under each tie rule, and with a marker at the end of words.
fn rules() -> Table {
    let first = |learned: &[Pair]| learned.iter().take(SHOWN).map(token).collect::<Vec<_>>().join(" ");
    let mut grid = Grid::new("rules", &WORDS);
    for (rule, id) in RULES {
        let learned = merges(&CORPUS, &options(rule, WordEnd::Unmarked));
        grid = grid.said(id, row![first(&learned), joined(&cut(&learned, "lowest", Cut::ByRank))]);
    }
    let marked = merges(&CORPUS, &options(TieRule::First, WordEnd::Symbol));
    let own = sentencepiece::pieces(sentencepiece::Kind::Bpe, "lowest");
    grid.said("marked", row![first(&marked), "–"])
        .said("sentencepiece", row![first(&sentencepiece::merges()), joined(&own)])
        .table()
}

/// What the written answer says `lowest` becomes.
const WRITTEN: [&str; 2] = ["low·e·st", "lowe·st"];

/// What becomes of `lowest` over all ways to break ties.
fn encodings(paths: &[Vec<Pair>]) -> Table {
    let by_rule = RULES.map(|(rule, id)| {
        let learned = merges(&CORPUS, &options(rule, WordEnd::Unmarked));
        (joined(&cut(&learned, "lowest", Cut::ByRank)), WORDS.get(&format!("rules.{id}")))
    });
    let mut found = cuts(paths, "lowest", Cut::ByRank);
    // What the written answer says, even where no path leads to it.
    if found.iter().all(|(cut, _)| cut != WRITTEN[0]) {
        found.push((WRITTEN[0].into(), 0));
    }
    let grid = Grid::new("encodings", &WORDS).value("ways", paths.len());
    let written = grid.word("written");
    let rows = found.into_iter().map(|(cut, ways)| {
        let whose = by_rule.iter().filter(|(own, _)| *own == cut).map(|(_, name)| name.clone());
        let whose = listing(whose);
        let written = if WRITTEN.contains(&&*cut) { written.clone() } else { Text::same("") };
        row![cut, ways, whose, written]
    });
    grid.rows(rows).table()
}
