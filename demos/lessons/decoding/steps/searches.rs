//! Greedy and beam search on trees, where every text has a known probability.

use concepts::budget::{Dtype, cache_bytes, find};
use concepts::decoding::LengthPenalty;
use concepts::language_model::TreeModel;

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::number::{plain, typed};
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::experiments::trees::{
    self, Found, Search, Shares, chosen_length, shares, spelled,
};
use crate::lessons::decoding::setup::Setup;
use crate::{named, row};

/// Random trees that searches are tried on.
const TREES: usize = 1000;

pub(crate) fn searches(setup: &Setup) -> Findings {
    let mut f = Findings::default();
    f.formula(
        "f_beam",
        r"B_{t+1} = \operatorname{top-}k_{\,b \in B_t,\, v \in V}\ \ln p(b) + \ln p(v \mid b)",
        "Bₜ₊₁ = top-k{ ln p(b) + ln p(v | b) : b ∈ Bₜ, v ∈ V }",
    );
    f.table("trees", by_hand());
    f.table("lengths", lengths(setup.numbers.length_penalty));
    f.number("trees_drawn", TREES as f64);
    cache(setup.numbers.beams, &mut f);
    f.table("random_trees", random(setup.seed));
    f
}

/// The model and the context whose cache a beam multiplies.
const MODEL: &str = "LLaMA-3.1 8B";
const CONTEXT: u64 = 8192;

/// What the prefixes of a beam need for keys and values.
fn cache(beams: usize, f: &mut Findings) {
    let gib = |batch: usize| {
        let bytes =
            find(MODEL).and_then(|model| cache_bytes(&model.config, Dtype::Bf16, CONTEXT, batch as u64));
        bytes.map_or(f64::NAN, |bytes| bytes as f64 / f64::from(1u32 << 30))
    };
    f.words("cache_model", Text::same(MODEL));
    f.number("cache_context", CONTEXT as f64);
    f.number("cache_one", gib(1));
    f.number("cache_beams", beams as f64);
    f.number("cache_all", gib(beams));
}

/// How often beams of several widths do what, in percent.
fn random(seed: u64) -> Table {
    let widths = [1, 2, 3, 4, 8, 16];
    let of_search = shares(&widths.map(Search::Beam), TREES, seed);
    let percent = |share: f64| Cell::Number(100.0 * share);
    let rows = widths.iter().zip(&of_search).map(|(&width, &Shares { optimal, better, worse, dropped })| {
        row![width, percent(optimal), percent(better), percent(worse), percent(dropped)]
    });
    Grid::new("random_trees", &WORDS).rows(rows).table()
}

/// Both trees of the written-out counterexamples.
fn by_hand() -> Table {
    let both = [trees::greedy_loses(), trees::beam_loses()];
    let cells = |find: &dyn Fn(&TreeModel) -> Found| -> Vec<Cell> {
        both.iter()
            .flat_map(|tree| {
                let found = find(tree);
                row![spelled(tree, &found.tokens), found.probability]
            })
            .collect()
    };
    let grid = Grid::new("trees", &WORDS).said("greedy", cells(&|tree| trees::found(tree, Search::Greedy)));
    let beams = |grid: Grid<'static>, beams: usize| {
        let label = WORDS.with("trees.beam", &named![beams]);
        grid.row([row![label], cells(&|tree| trees::found(tree, Search::Beam(beams)))].concat())
    };
    [2, 3, 4, 8].into_iter().fold(grid, beams).said("all", cells(&trees::best)).table()
}

/// An exponent as numbers are shown, but with all of its digits where three would make another number of it.
fn exponent(alpha: f64) -> String {
    let shown = plain(alpha);
    if shown.parse() == Ok(alpha) { shown } else { typed(alpha) }
}

/// How long the chosen text is, by the exponent of the length penalty.
fn lengths(own: f64) -> Table {
    const LONGEST: usize = 20;
    let mut exponents = vec![0.0, 0.3, 0.6, 1.0, 2.0, own];
    exponents.sort_by(f64::total_cmp);
    exponents.dedup();
    let row = |alpha: f64| {
        let of = |length| chosen_length(LONGEST, length);
        row![exponent(alpha), of(LengthPenalty::Power(alpha)), of(LengthPenalty::Gnmt(alpha))]
    };
    Grid::new("lengths", &WORDS).rows(exponents.into_iter().map(row)).table()
}
