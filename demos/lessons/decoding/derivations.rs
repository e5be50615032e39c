//! The derivations an interviewer asks for, each with the numbers that check it.

use concepts::decoding::{Candidates, DecodingError, Filter};
use concepts::numerics::{normal, rng};

use super::experiments::comparison::{Comparison, Quantity};
use super::experiments::distributions::{entropy, zipf};
use super::experiments::heat::{entropy_at, numeric_slope, slope};
use super::experiments::sorting::comparisons;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};

/// The vocabulary of GPT-2.
const GPT2: usize = 50_257;

pub(super) fn derivations(comparison: &Comparison, seed: u64) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    truncation(&mut f)?;
    heat(&mut f, seed);
    dullness(&mut f, comparison);
    beams(&mut f);
    speculation(&mut f);
    choosing(&mut f, seed);
    Ok(f)
}

/// `H(q)` and `KL(q‖p)` of a truncation, by the identity and directly.
fn truncation(f: &mut Findings) -> Result<(), DecodingError> {
    let p = zipf(GPT2);
    let all = Candidates::from_probabilities(&p)?;
    let cuts = [
        Filter::TopK(10),
        Filter::TopK(40),
        Filter::TopK(100),
        Filter::TopK(1000),
        Filter::TopP(0.5),
        Filter::TopP(0.9),
        Filter::TopP(0.95),
    ];
    let mut worst: f64 = 0.0;
    let mut rows = Vec::new();
    for cut in cuts {
        let left = cut.apply(&all)?;
        let kept: Vec<f64> = left.ids().iter().map(|&id| p[id as usize]).collect();
        let z: f64 = kept.iter().sum();
        let identity = z.ln() - kept.iter().map(|p| p * p.ln()).sum::<f64>() / z;
        let divergence: f64 = left.probs().iter().zip(&kept).map(|(q, p)| q * (q / p).ln()).sum();
        worst = worst.max((identity - left.entropy()).abs()).max((divergence + z.ln()).abs());
        let name = match cut {
            Filter::TopK(k) => format!("top-k {k}"),
            Filter::TopP(p) => format!("top-p {p}"),
            other => format!("{other:?}"),
        };
        let cells = [left.size() as f64, z, left.entropy(), divergence].map(Cell::Number);
        rows.push([vec![Cell::Words(Text::same(name))], cells.to_vec()].concat());
    }
    f.formula(
        "f_truncation",
        r"H(q) = \ln Z - \frac{1}{Z}\sum_{i \in S} p_i \ln p_i,\quad \mathrm{KL}(q\,\|\,p) = -\ln Z,\quad Z = \sum_{i \in S} p_i",
        "H(q) = ln Z − (1/Z)·Σ_(i∈S) pᵢ ln pᵢ    KL(q‖p) = −ln Z    Z = Σ_(i∈S) pᵢ",
    );
    f.number("truncation_error", worst);
    f.number("zipf_entropy", entropy(&p));
    f.number("top_p_cost", -0.9f64.ln());
    f.table(
        "truncation",
        Table {
            caption: Text::new(
                format!("Zipf's law over {GPT2} tokens"),
                format!("{GPT2} 个 token 的 Zipf 分布"),
            ),
            head: vec![
                text("cut", "截断"),
                text("tokens", "token 数"),
                Text::same("Z"),
                text("H(q), nats", "H(q)（nat）"),
                Text::same("KL(q‖p)"),
            ],
            rows,
        },
    );
    Ok(())
}

fn heat(f: &mut Findings, seed: u64) {
    let logits = normal((1, 200), 2.0, &mut rng(seed, "Q7 heat")).row(0).to_vec();
    let rows = [0.1, 0.5, 1.0, 2.0, 10.0].map(|t| {
        [t, entropy_at(&logits, t), slope(&logits, t), numeric_slope(&logits, &|t| t, t)]
            .map(Cell::Number)
            .to_vec()
    });
    f.formula("f_heat", r"\frac{dH}{dT} = \frac{\mathrm{Var}_p(z)}{T^3} \ge 0", "dH/dT = Var_p(z)/T³ ≥ 0");
    f.table(
        "heat",
        Table {
            caption: text(
                "200 random logits: the slope by the formula and by differences",
                "200 个随机 logit：公式给出的斜率与差分的结果",
            ),
            head: vec![
                Text::same("T"),
                text("H, nats", "H（nat）"),
                Text::same("Var/T³"),
                text("by differences", "差分"),
            ],
            rows: rows.to_vec(),
        },
    );
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
    let surprise = |word: &str| {
        let row = comparison.row(word);
        row.map_or(f64::NAN, |row| -comparison.interval(row, Quantity::LogProb).estimate)
    };
    f.number("surprise_human", surprise("human"));
    f.number("surprise_greedy", surprise("greedy"));
    f.number("surprise_sampling", surprise("sampling"));
}

fn beams(f: &mut Findings) {
    f.formula(
        "f_beam",
        r"B_{t+1} = \operatorname{top-}k_{\,b \in B_t,\, v \in V}\ \ln p(b) + \ln p(v \mid b)",
        "Bₜ₊₁ = top-k over b ∈ Bₜ, v ∈ V of ln p(b) + ln p(v | b)",
    );
}

fn speculation(f: &mut Findings) {
    f.formula(
        "f_speculative",
        r"q(x)\min\Big(1, \frac{p(x)}{q(x)}\Big) + \Big(1 - \sum_y \min(p, q)\Big)\frac{(p(x) - q(x))^+}{\sum_y (p(y) - q(y))^+} = p(x)",
        "q(x)·min(1, p(x)/q(x)) + (1 − Σ min(p, q))·(p(x) − q(x))⁺/Σ(p − q)⁺ = p(x)",
    );
    f.formula(
        "f_gumbel",
        r"\operatorname{argmax}_i (z_i + g_i) \sim \mathrm{softmax}(z),\quad g_i = -\ln(-\ln u_i)",
        "argmaxᵢ (zᵢ + gᵢ) ~ softmax(z)    gᵢ = −ln(−ln uᵢ)",
    );
}

/// What choosing a token costs beside the model.
fn choosing(f: &mut Findings, seed: u64) {
    const VOCAB: usize = 128_256;
    const K: usize = 50;
    const WIDTH: usize = 4096;
    let counted = comparisons(VOCAB, K, seed);
    f.number("choose_vocabulary", VOCAB as f64);
    f.number("choose_sort", counted.sort as f64);
    f.number("choose_select", counted.select as f64);
    f.number("choose_argmax", counted.argmax as f64);
    f.number("choose_width", WIDTH as f64);
    f.number("choose_output", (VOCAB * WIDTH) as f64);
}
