//! How image tokens reach a language model, and what it takes.

use concepts::contrastive::{
    ContrastiveError, CrossAttention, Fusion, FusionCost, Gated, Sizes, fusion_cost,
};
use concepts::numerics::{max_difference, normal, rng};

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::number::{decimals_until, plain};
use crate::kit::text::Text;
use crate::lessons::clip::WORDS;
use crate::lessons::clip::setup::Setup;
use crate::{named, row};

/// The three, by the ids of their words.
pub(crate) const WAYS: [(&str, Fusion); 3] =
    [("cross", Fusion::Cross), ("bottleneck", Fusion::Bottleneck), ("joined", Fusion::Joined)];

/// Width and layers of a vision tower, as ViT-L/14 has them.
const TOWER: [usize; 2] = [1024, 24];

pub(crate) fn fusion(setup: &Setup) -> Result<Findings, ContrastiveError> {
    let mut f = Findings::default();
    let sizes = setup.sizes;
    f.number("resolution", setup.resolution as f64);
    f.number("patch", setup.patch as f64);
    f.number("image_tokens", sizes.image as f64);
    f.number("text_tokens", sizes.text as f64);
    let left = setup.resolution % setup.patch;
    f.note("note_rest", (left > 0).then(|| WORDS.with("note_rest", &named![left])));
    f.formula(
        "f_cross",
        r"x' = x + \tanh(\alpha)\,\mathrm{softmax}\!\left(\frac{xW_Q (vW_K)^\top}{\sqrt d}\right) vW_V W_O",
        "x′ = x + tanh(α) · softmax(xW_Q·(vW_K)ᵀ/√d)·vW_V·W_O",
    );
    gate(&mut f, setup.seed);
    f.formula(
        "f_cost",
        r"A(n) = 12nd^2 + 2n^2d,\qquad B(n, m) = 2nd^2 + 2md^2 + 2nmd",
        "A(n) = 12nd² + 2n²d    B(n, m) = 2nd² + 2md² + 2nmd",
    );
    let mut grid = Grid::new("fusion", &WORDS).value("d", sizes.width).value("layers", sizes.layers);
    for (id, way) in WAYS {
        let cost = fusion_cost(way, sizes)?;
        let ratio = cost.with_image as f64 / cost.text_alone as f64;
        grid = grid.value("queries", sizes.queries).said(id, row![cost.stream, cost.added() as f64, ratio]);
    }
    f.table("fusion", grid.table());
    let few = sizes.queries < sizes.image;
    let said = || WORDS.with("note_queries", &named![queries = sizes.queries, tokens = sizes.image]);
    f.note("note_queries", (!few).then(said));
    let (n, m) = (sizes.text as f64, sizes.image as f64);
    f.number("cross_scores", n * m);
    f.number("joined_scores", (n + m).powi(2));
    f.words("scores_said", scores(sizes));
    f.words("joined_said", WORDS.get(joined(sizes)?));
    let [width, layers] = TOWER;
    let tower = fusion_cost(Fusion::Joined, Sizes { text: sizes.image, width, layers, ..sizes })?.text_alone;
    f.number("tower", tower as f64);
    f.number("tower_width", width as f64);
    f.number("tower_layers", layers as f64);
    Ok(f)
}

/// Are scores what one stream costs? They overtake the matrices where 2n²d reaches 12nd².
fn scores(sizes: Sizes) -> Text {
    let (n, even) = (sizes.text + sizes.image, 6 * sizes.width);
    let id = if is_beyond(sizes) { "scores_said.beyond" } else { "scores_said" };
    // With as many decimals as show that it is more than once.
    let times = decimals_until(n as f64 / even as f64, 1..=9, |read| read > 1.0).unwrap_or_default();
    WORDS.with(id, &named![n, even, times])
}

fn is_beyond(sizes: Sizes) -> bool {
    sizes.text + sizes.image > 6 * sizes.width
}

/// What one stream takes beside the other ways.
fn joined(sizes: Sizes) -> Result<&'static str, ContrastiveError> {
    let added = |way| fusion_cost(way, sizes).map(FusionCost::added);
    let [cross, bottleneck, joined] =
        [added(Fusion::Cross)?, added(Fusion::Bottleneck)?, added(Fusion::Joined)?];
    // What the table shows alike is not called more or less.
    let alike = |other: u128| plain(other as f64) == plain(joined as f64);
    Ok(match (joined < cross, joined < bottleneck) {
        _ if alike(cross) => "joined_said.like-cross",
        _ if alike(bottleneck) => "joined_said.like-bottleneck",
        (true, true) => "joined_said.least",
        (true, false) => "joined_said.under-cross",
        (false, true) => "joined_said.under-bottleneck",
        (false, false) if is_beyond(sizes) => "joined_said.beyond",
        (false, false) => "joined_said",
    })
}

/// A closed gate changes nothing, and still has a gradient.
fn gate(f: &mut Findings, seed: u64) {
    let mut draws = rng(seed, "clip gate");
    let (text, image) = (normal((6, 16), 1.0, &mut draws), normal((9, 16), 1.0, &mut draws));
    let attention = CrossAttention::random(16, &mut draws);
    let at = |alpha| Gated { attention: attention.clone(), alpha };
    let mut grid = Grid::new("gate", &WORDS);
    for alpha in [0.0, 0.1, 1.0] {
        let moved = max_difference(&at(alpha).forward(&text, &image), &text);
        grid = grid.row(row![alpha, moved, at(alpha).by_alpha(&text, &image, &text)]);
    }
    f.table("gate", grid.table());
}
