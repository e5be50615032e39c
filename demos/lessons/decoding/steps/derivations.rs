//! The derivations an interviewer asks for, each with the numbers that check it.

use concepts::decoding::{Candidates, DecodingError, Filter};
use concepts::evaluation::Difference;
use concepts::numerics::{normal, rng};

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::lessons::decoding::experiments::comparison::Comparison;
use crate::lessons::decoding::experiments::distributions::{entropy, zipf};
use crate::lessons::decoding::experiments::heat::{entropy_at, numeric_slope, slope};
use crate::lessons::decoding::experiments::row::{Quantity, Row};
use crate::lessons::decoding::experiments::sorting::Comparisons;
use crate::lessons::decoding::knobs::Kind;
use crate::row;

/// The vocabulary of GPT-2.
const GPT2: usize = 50_257;
/// Width of the output layer that the choice is held against: that of an 8B model.
pub(crate) const WIDTH: usize = 4096;

pub(crate) fn derivations(
    comparison: &Comparison,
    counted: &[(usize, Comparisons)],
    seed: u64,
) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    truncation(&mut f)?;
    heat(&mut f, seed);
    dullness(&mut f, comparison);
    choosing(&mut f, counted);
    Ok(f)
}

/// `H(q)` and `KL(q‖p)` of a truncation, by the identity and directly.
fn truncation(f: &mut Findings) -> Result<(), DecodingError> {
    let p = zipf(GPT2);
    let all = Candidates::from_probabilities(&p)?;
    let cuts = [10, 40, 100, 1000].map(|k| (format!("top-k {k}"), Filter::TopK(k)));
    let masses = [0.5, 0.9, 0.95].map(|mass| (format!("top-p {mass}"), Filter::TopP(mass)));
    let mut worst: f64 = 0.0;
    let mut grid = Grid::new("truncation", &WORDS).value("vocab", GPT2);
    for (name, cut) in cuts.into_iter().chain(masses) {
        let left = cut.apply(&all)?;
        let kept: Vec<f64> = left.ids().iter().map(|&id| p[id as usize]).collect();
        let z: f64 = kept.iter().sum();
        let identity = z.ln() - kept.iter().map(|p| p * p.ln()).sum::<f64>() / z;
        let divergence: f64 = left.probs().iter().zip(&kept).map(|(q, p)| q * (q / p).ln()).sum();
        worst = worst.max((identity - left.entropy()).abs()).max((divergence + z.ln()).abs());
        grid = grid.row(row![name, left.size(), z, left.entropy(), divergence]);
    }
    f.formula(
        "f_truncation",
        r"H(q) = \ln Z - \frac{1}{Z}\sum_{i \in S} p_i \ln p_i,\quad \mathrm{KL}(q\,\|\,p) = -\ln Z,\quad Z = \sum_{i \in S} p_i",
        "H(q) = ln Z − (1/Z)·Σ_(i∈S) pᵢ ln pᵢ    KL(q‖p) = −ln Z    Z = Σ_(i∈S) pᵢ",
    );
    f.number("truncation_error", worst);
    f.number("zipf_entropy", entropy(&p));
    f.number("top_p_cost", -0.9f64.ln());
    f.table("truncation", grid.table());
    Ok(())
}

fn heat(f: &mut Findings, seed: u64) {
    let logits = normal((1, 200), 2.0, &mut rng(seed, "Q7 heat")).row(0).to_vec();
    let rows = [0.1, 0.5, 1.0, 2.0, 10.0]
        .map(|t| row![t, entropy_at(&logits, t), slope(&logits, t), numeric_slope(&logits, &|t| t, t)]);
    f.formula("f_heat", r"\frac{dH}{dT} = \frac{\mathrm{Var}_p(z)}{T^3} \ge 0", "dH/dT = Var_p(z)/T³ ≥ 0");
    f.table("heat", Grid::new("heat", &WORDS).rows(rows).table());
}

/// Why the most probable text is not a typical one.
fn dullness(f: &mut Findings, comparison: &Comparison) {
    const TOSSES: i32 = 100;
    const HEADS: f64 = 0.6;
    // Binomial: at least 50 and at most 70 heads.
    let chance = |heads: i32| {
        let choose: f64 = (1..=heads).map(|i| (f64::from(TOSSES - heads + i) / f64::from(i)).ln()).sum();
        (choose + f64::from(heads) * HEADS.ln() + f64::from(TOSSES - heads) * (1.0 - HEADS).ln()).exp()
    };
    f.number("tosses", f64::from(TOSSES));
    f.number("heads", HEADS);
    f.number("all_heads", chance(TOSSES));
    f.number("typical_heads", (50..=70).map(chance).sum());
    let surprise =
        |row: Option<&Row>| row.map_or(f64::NAN, |row| -comparison.interval(row, Quantity::LogProb).estimate);
    f.number("surprise_human", surprise(comparison.human()));
    f.number("surprise_greedy", surprise(comparison.row(Kind::Greedy)));
    f.words("leaves", leaves(comparison));
    f.number("surprise_sampling", surprise(comparison.row(Kind::Sampling)));
}

/// Does greedy leave the typical set? It has to be less surprising than held-out text and than samples: where
/// samples are as far from the text, the model does not know it.
fn leaves(comparison: &Comparison) -> Text {
    let greedy = comparison.row(Kind::Greedy);
    let below = |other: Option<&Row>| {
        let gap =
            greedy.zip(other).map(|(greedy, other)| comparison.difference(greedy, other, Quantity::LogProb));
        gap.is_some_and(|gap| gap.difference() == Difference::Larger)
    };
    WORDS.get(match (below(comparison.human()), below(comparison.row(Kind::Sampling))) {
        (true, true) => "surprise.leaves",
        (true, false) => "surprise.samples-too",
        (false, _) => "surprise.stays",
    })
}

/// What choosing a token costs beside the model.
fn choosing(f: &mut Findings, counted: &[(usize, Comparisons)]) {
    let Some((vocab, counted)) = counted.last() else { return };
    let (mean, fewest, most) = counted.select;
    f.number("choose_vocabulary", *vocab as f64);
    f.number("choose_sort", counted.sort as f64);
    f.number("choose_select", mean);
    f.number("choose_fewest", fewest);
    f.number("choose_most", most);
    f.number("choose_argmax", counted.argmax as f64);
    f.number("choose_width", WIDTH as f64);
    f.number("choose_output", (vocab * WIDTH) as f64);
}
