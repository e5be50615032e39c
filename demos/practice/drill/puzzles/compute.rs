//! Operations, tokens a second, the optimal split of a budget.

use concepts::budget::accelerator;
use concepts::scaling::training_flops;
use rand_chacha::ChaCha8Rng;

use super::super::puzzle::{Drawn, PuzzleKind};
use super::super::quantity::Unit;
use super::super::sheet::counted;
use super::{between, one_of};
use crate::kit::text::Text;
use crate::named;

/// What training takes.
pub(super) static TRAINING_FLOPS: PuzzleKind =
    PuzzleKind { id: "training-flops", lesson: "scaling", draw: training };
/// How fast one text is written.
pub(super) static TOKENS_PER_SECOND: PuzzleKind =
    PuzzleKind { id: "tokens-per-second", lesson: "heads", draw: speed };
/// How many tokens a budget is best spent on.
pub(super) static OPTIMUM: PuzzleKind = PuzzleKind { id: "optimum", lesson: "scaling", draw: optimum };

fn training(rng: &mut ChaCha8Rng) -> Drawn {
    let (billions, trillions) =
        (one_of(&[1.0, 3.0, 7.0, 8.0, 13.0, 34.0, 70.0], rng), one_of(&[0.3, 1.0, 1.4, 2.0, 15.0], rng));
    let (n, d) = (billions * 1e9, trillions * 1e12);
    let right = training_flops(n, d);
    let values = named![billions, trillions, right = counted(right)];
    Drawn::new(&values, right, Unit::Count)
        .slip("forward", 2.0 * n * d)
        .slip("backward", 4.0 * n * d)
        .slip("no-six", n * d)
        .slip("one-token", 6.0 * n)
}

fn speed(rng: &mut ChaCha8Rng) -> Drawn {
    let card = accelerator(one_of(&["A100 80GB", "H100 SXM", "RTX 4090", "L40S"], rng))
        .expect("a card of the table");
    let billions = one_of(&[7.0, 8.0, 13.0, 34.0, 70.0], rng);
    let (bits, bytes) = one_of(&[(16usize, 2.0), (8, 1.0), (4, 0.5)], rng);
    let n = billions * 1e9;
    let right = card.bandwidth / (n * bytes);
    let peak = card.flops.unwrap_or(f64::NAN);
    let values = named![
        card = Text::same(card.name),
        bandwidth = card.bandwidth / 1e12,
        peak = peak / 1e12,
        billions,
        bits,
        bytes,
        right = counted(right),
    ];
    Drawn::new(&values, right, Unit::Count)
        .slip("by-arithmetic", peak / (2.0 * n))
        .slip("bits", card.bandwidth / (n * bits as f64))
        .slip("one-byte", if bytes == 1.0 { card.bandwidth / (2.0 * n) } else { card.bandwidth / n })
}

fn optimum(rng: &mut ChaCha8Rng) -> Drawn {
    let (digit, power) = (between(1, 9, rng) as f64, between(20, 25, rng) as i32);
    let c = digit * 10f64.powi(power);
    // C = 6·N·D with D = 20·N
    let n = (c / 120.0).sqrt();
    let right = 20.0 * n;
    let values = named![digit, power = power as usize, right = counted(right), parameters = counted(n)];
    Drawn::new(&values, right, Unit::Count)
        .slip("parameters", n)
        .slip("no-six", 20.0 * (c / 20.0).sqrt())
        .slip("no-root", c / 120.0)
        .slip("equal", (c / 6.0).sqrt())
}
