//! What holds for shared heads, windows and latent attention whatever the inputs are.

use concepts::attention::{LatentAttention, LatentSizes, Mask, MultiHead};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_abs, max_difference, normal, rng};
use concepts::position::Rotary;
use concepts::position::rope::{Layout, rope_frequencies};
use ndarray::{Array2, Axis};
use proptest::prelude::*;

use crate::support::same_cases;

/// Layers one after the other, each added to what it reads.
struct Stack(Vec<MultiHead>);

impl Stack {
    fn random(layers: usize, seed: u64) -> Stack {
        let mut rng = rng(seed, "stack");
        Stack((0..layers).map(|_| MultiHead::random(12, 4, 2, &mut rng).unwrap()).collect())
    }

    fn forward(&self, x: &Array2<f64>, mask: &Mask) -> Array2<f64> {
        self.0.iter().fold(x.clone(), |x, layer| &x + &layer.forward(x.view(), mask).unwrap())
    }

    /// Token by token, with a bounded cache in each layer.
    fn steps(&self, x: &Array2<f64>, w: usize) -> Array2<f64> {
        let mut caches: Vec<_> =
            self.0.iter().map(|layer| layer.new_cache().with_window(w).unwrap()).collect();
        let mut out = Array2::zeros(x.dim());
        for (token, mut row) in x.outer_iter().zip(out.outer_iter_mut()) {
            let mut token = token.to_owned();
            for (layer, cache) in self.0.iter().zip(&mut caches) {
                let read = layer.step(token.view(), cache).unwrap();
                token += &read;
            }
            row.assign(&token);
        }
        out
    }
}

#[test]
fn the_receptive_field_of_a_window_grows_with_every_layer() {
    let (n, w) = (12, 3);
    let x = normal((n, 12), 1.0, &mut rng(1, "tokens"));
    for layers in 1..=4 {
        let stack = Stack::random(layers, 1);
        let before = stack.forward(&x, &Mask::Window(w));
        for j in 0..n {
            let mut changed = x.clone();
            changed.row_mut(j).mapv_inplace(|x| x + 1.0);
            let moved = stack.forward(&changed, &Mask::Window(w)) - &before;
            for i in 0..n {
                let reached = j <= i && i - j <= layers * (w - 1);
                let moved = max_abs(&moved.row(i).insert_axis(Axis(0)).to_owned());
                // Where there is no path the change is 0, not merely small.
                assert_eq!(moved != 0.0, reached, "{layers} layers, token {j} to {i}: {moved}");
            }
        }
    }
}

/// A latent layer of width 16 with rotated features, its rotation and tokens for it.
fn latent() -> impl Strategy<Value = (LatentAttention, Rotary, Array2<f64>)> {
    let q_lora = prop::option::of(1..9_usize);
    let layout = prop::sample::select(vec![Layout::Halves, Layout::Interleaved]);
    let sizes = (1..5_usize, 1..7_usize, 1..4_usize, 1..7_usize, 1..9_usize, q_lora);
    (any::<u64>(), sizes, layout, 1..9_usize).prop_map(|(seed, sizes, layout, n)| {
        let (heads, d_nope, pairs, d_v, kv_lora, q_lora) = sizes;
        let sizes = LatentSizes { d_model: 16, heads, d_nope, d_rope: 2 * pairs, d_v, kv_lora, q_lora };
        let mut rng = rng(seed, "latent");
        let layer = LatentAttention::random(sizes, &mut rng).unwrap();
        let rotary = Rotary::new(rope_frequencies(2 * pairs, 10_000.0).unwrap(), layout);
        (layer, rotary, normal((n, 16), 1.0, &mut rng))
    })
}

proptest! {
    #![proptest_config(same_cases(24))]

    #[test]
    fn a_window_is_a_bounded_cache_in_every_layer(seed: u64, layers in 1..4_usize, n in 1..12_usize, w in 1..14_usize) {
        let stack = Stack::random(layers, seed);
        let x = normal((n, 12), 1.0, &mut rng(seed, "tokens"));
        let whole = stack.forward(&x, &Mask::Window(w));
        prop_assert!(max_difference(&stack.steps(&x, w), &whole) < EXACT_F64 * max_abs(&whole).max(1.0));
    }

    #[test]
    fn a_window_without_end_is_the_causal_mask(n_q in 1..9_usize, more in 0..9_usize, w in 1..20_usize) {
        let n_k = n_q + more;
        let (window, causal) = (Mask::Window(w).table(n_q, n_k), Mask::Causal.table(n_q, n_k));
        for ((i, j), &seen) in window.indexed_iter() {
            let position = i + n_k - n_q;
            prop_assert_eq!(seen, j <= position && position - j < w);
        }
        prop_assert_eq!(w < n_k, window != causal);
        prop_assert_eq!(Mask::Window(usize::MAX).table(n_q, n_k), causal);
    }

    #[test]
    fn a_shared_head_is_a_repeated_one(seed: u64, kv_heads in prop::sample::select(vec![1_usize, 2, 3, 6]), n in 1..7_usize) {
        let mut rng = rng(seed, "shared");
        let layer = MultiHead::random(24, 6, kv_heads, &mut rng).unwrap();
        let x = normal((n, 24), 1.0, &mut rng);
        let shared = layer.forward(x.view(), &Mask::Causal).unwrap();
        prop_assert_eq!(layer.expanded().forward(x.view(), &Mask::Causal).unwrap(), shared);
        prop_assert_eq!(layer.expanded().parameters(), 2 * 24 * 4 * 12);
    }

    #[test]
    fn both_forms_of_latent_attention_and_its_steps_agree((layer, rotary, x) in latent()) {
        let whole = layer.forward(x.view(), &Mask::Causal, &rotary).unwrap();
        let absorbed = layer.forward_absorbed(x.view(), &Mask::Causal, &rotary).unwrap();
        prop_assert!(max_difference(&absorbed, &whole) < EXACT_F64);
        let mut cache = layer.new_cache();
        for (i, token) in x.outer_iter().enumerate() {
            let step = layer.step(token, &mut cache, &rotary).unwrap().insert_axis(Axis(0));
            prop_assert!(max_difference(&step, &whole.select(Axis(0), &[i])) < EXACT_F64);
        }
        prop_assert_eq!(cache.elements(), x.nrows() * layer.sizes().cache_elements());
        prop_assert_eq!(layer.parameters(), layer.sizes().parameters());
    }

    #[test]
    fn latent_attention_sees_distances_not_places((layer, rotary, x) in latent(), earlier in 0..9_usize) {
        // Tokens in front that the window no longer sees: the same tokens stand at later positions.
        let n = x.nrows();
        let front = Array2::ones((earlier, 16));
        let moved = ndarray::concatenate![Axis(0), front, x];
        let last = |x: &Array2<f64>, i: usize| {
            let mask = Mask::Pairs(Array2::from_shape_fn((x.nrows(), x.nrows()), |(_, j)| j + n >= x.nrows()));
            layer.forward(x.view(), &mask, &rotary).unwrap().select(Axis(0), &[x.nrows() - n + i])
        };
        for i in 0..n {
            prop_assert!(max_difference(&last(&moved, i), &last(&x, i)) < EXACT_F64);
        }
    }
}
