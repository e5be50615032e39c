//! Fusion: the closed forms against runs that count themselves, the gate, what a bottleneck leaves.

use concepts::contrastive::{CrossAttention, Fusion, Gated, Sizes, fusion_cost};
use concepts::numerics::tolerance::{DIFFERENCE_STEP, GRADIENT};
use concepts::numerics::{Tally, Tracked, normal, rng};

/// A layer of a language model: attention among its own, and a feed-forward layer four times as wide.
fn layer(x: &Tracked, d: usize, tally: &mut Tally) -> Tracked {
    let mut draws = rng(1, "layer");
    let attention = CrossAttention::random(d, &mut draws);
    let mixed = attention.of(x, x, tally);
    let up = Tracked::input(normal((d, 4 * d), 0.1, &mut draws));
    let down = Tracked::input(normal((4 * d, d), 0.1, &mut draws));
    let hidden = tally.product(&mixed, &up).map(|h| h.mapv(|h: f64| h.max(0.0)));
    tally.product(&hidden, &down)
}

#[test]
fn the_closed_forms_are_what_runs_count() {
    for (text, image, width, layers, queries) in [(3, 5, 4, 2, 2), (7, 1, 6, 1, 9), (1, 16, 2, 3, 1)] {
        let sizes = Sizes { text, image, width, layers, queries };
        let mut draws = rng(7, "fusion");
        let mut of = |n| Tracked::input(normal((n, width), 1.0, &mut draws));
        let (t, v, q) = (of(text), of(image), of(queries));
        let cross = CrossAttention::random(width, &mut rng(7, "cross"));
        for fusion in [Fusion::Cross, Fusion::Bottleneck, Fusion::Joined] {
            let mut tally = Tally::default();
            let mut stream = match fusion {
                Fusion::Cross => t.clone(),
                Fusion::Bottleneck => Tracked::stack(&[&cross.of(&q, &v, &mut tally), &t]),
                Fusion::Joined => Tracked::stack(&[&v, &t]),
            };
            let tokens = stream.nrows();
            for _ in 0..layers {
                if fusion == Fusion::Cross {
                    stream = cross.of(&stream, &v, &mut tally);
                }
                stream = layer(&stream, width, &mut tally);
            }
            let cost = fusion_cost(fusion, sizes).unwrap();
            assert_eq!(cost.with_image, u128::from(tally.multiply_adds()), "{fusion:?} {sizes:?}");
            assert_eq!(cost.stream, tokens as u64);
        }
    }
    let none = Sizes { text: 0, image: 1, width: 1, layers: 1, queries: 1 };
    assert!(fusion_cost(Fusion::Cross, none).unwrap_err().to_string().contains("text tokens is 0"));
}

#[test]
fn a_closed_gate_changes_no_bit_and_can_open() {
    let mut draws = rng(7, "gate");
    let (text, image) = (normal((4, 6), 1.0, &mut draws), normal((9, 6), 1.0, &mut draws));
    let by = normal((4, 6), 1.0, &mut draws);
    let attention = CrossAttention::random(6, &mut draws);
    let at = |alpha| Gated { attention: attention.clone(), alpha };
    assert_eq!(at(0.0).forward(&text, &image), text);
    for alpha in [0.0, 0.7, -1.3] {
        let loss = |alpha: f64| (at(alpha).forward(&text, &image) * &by).sum();
        let numeric =
            (loss(alpha + DIFFERENCE_STEP) - loss(alpha - DIFFERENCE_STEP)) / (2.0 * DIFFERENCE_STEP);
        let ours = at(alpha).by_alpha(&text, &image, &by);
        assert!((ours - numeric).abs() < GRADIENT * ours.abs().max(1.0), "{alpha}: {ours} {numeric}");
    }
}
