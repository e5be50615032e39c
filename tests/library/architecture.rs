//! What holds for whole transformers and their training examples whatever the inputs are.

use concepts::architecture::{
    Activation, Architecture, ArchitectureError, Block, FeedForward, LayerNorm, MlmRates, RmsNorm,
    Transformer, clm_targets, influence, mlm_mask, prefix_lm_targets, span_corruption,
};
use concepts::attention::Mask;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_difference, normal, rng};
use ndarray::{Array2, Axis};
use proptest::prelude::*;

use crate::support::same_cases;

/// Which outputs of an untrained model of three layers move, and how many pairs that are.
fn moved(architecture: Architecture, n: usize, seed: u64) -> (Array2<bool>, usize) {
    let mut rng = rng(seed, "influence");
    let model = Transformer::random(architecture, 3, 8, 2, &mut rng).unwrap();
    let x = normal((n, 8), 1.0, &mut rng);
    let moved = influence(&model, x.view(), 3, &mut rng).unwrap().mapv(|change| change != 0.0);
    let count = moved.iter().filter(|&&moved| moved).count();
    (moved, count)
}

#[test]
fn outputs_move_exactly_where_the_architecture_lets_them() {
    for seed in 0..4 {
        for (architecture, pairs) in [
            (Architecture::EncoderOnly, 64),
            (Architecture::DecoderOnly, 36),
            (Architecture::PrefixLm { prefix: 3 }, 39),
        ] {
            let (moved, count) = moved(architecture, 8, seed);
            assert_eq!(count, pairs, "{architecture:?}");
            assert_eq!(moved, architecture.self_mask(8).unwrap().table(8, 8), "{architecture:?}");
            assert_eq!(moved, architecture.reach(8).unwrap(), "{architecture:?}");
        }
    }
}

#[test]
fn influence_is_the_largest_change_of_any_feature() {
    let mut rng = rng(6, "largest");
    let model = Transformer::random(Architecture::DecoderOnly, 2, 6, 2, &mut rng).unwrap();
    let x = normal((4, 6), 1.0, &mut rng);
    let found = influence(&model, x.view(), 2, &mut rng.clone()).unwrap();
    let before = model.forward(x.view()).unwrap();
    let mut largest = Array2::<f64>::zeros((4, 4));
    for push in 0..2 * 4 {
        let j = push % 4;
        let mut pushed = x.clone();
        let mut token = pushed.row_mut(j);
        token += &normal((1, 6), 1.0, &mut rng).row(0);
        let change = model.forward(pushed.view()).unwrap() - &before;
        for ((i, _), change) in change.indexed_iter() {
            largest[[i, j]] = largest[[i, j]].max(change.abs());
        }
    }
    assert_eq!(found, largest);
}

#[test]
fn an_encoder_decoder_moves_by_its_source_and_its_past() {
    for seed in 0..4 {
        let architecture = Architecture::EncoderDecoder { source: 4 };
        let (moved, _) = moved(architecture, 7, seed);
        for ((i, j), &moved) in moved.indexed_iter() {
            // Everything reads the source; only the decoder reads the target, and only its past.
            assert_eq!(moved, j < 4 || (i >= 4 && j <= i), "output {i}, input {j}");
        }
        assert_eq!(moved, architecture.reach(7).unwrap());
        assert_eq!(moved, Architecture::PrefixLm { prefix: 4 }.reach(7).unwrap());
    }
}

/// The control: a push by the same number in every feature is what layer normalisation takes away.
#[test]
fn a_push_of_equal_numbers_would_find_too_little() {
    let mut rng = rng(1, "equal");
    let block = Block::random(8, 2, false, &mut rng).unwrap();
    let x = normal((5, 8), 1.0, &mut rng);
    let mut pushed = x.clone();
    pushed.row_mut(2).mapv_inplace(|x| x + 1.0);
    let forward = |x: &Array2<f64>| block.forward(x.view(), &Mask::None, None).unwrap();
    let change = forward(&pushed) - forward(&x);
    for (i, row) in change.outer_iter().enumerate() {
        let largest = row.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        assert!(
            if i == 2 { (largest - 1.0).abs() < EXACT_F64 } else { largest < EXACT_F64 },
            "{i}: {largest}"
        );
    }
}

#[test]
fn the_ends_of_a_prefix_are_decoder_and_encoder() {
    let reach = |architecture: Architecture| architecture.reach(6).unwrap();
    assert_eq!(reach(Architecture::PrefixLm { prefix: 0 }), reach(Architecture::DecoderOnly));
    assert_eq!(reach(Architecture::PrefixLm { prefix: 1 }), reach(Architecture::DecoderOnly));
    assert_eq!(reach(Architecture::PrefixLm { prefix: 6 }), reach(Architecture::EncoderOnly));
    assert!(Architecture::PrefixLm { prefix: 7 }.reach(6).is_err());
    for source in [0, 6, 7] {
        assert!(Architecture::EncoderDecoder { source }.reach(6).is_err(), "{source}");
    }
}

#[test]
fn encoding_and_decoding_is_the_forward_pass() {
    let mut rng = rng(2, "two stacks");
    let model = Transformer::random(Architecture::EncoderDecoder { source: 4 }, 2, 8, 2, &mut rng).unwrap();
    let x = normal((7, 8), 1.0, &mut rng);
    let (source, target) = x.view().split_at(Axis(0), 4);
    let memory = model.encode(source).unwrap();
    let decoded = model.decode(target, memory.view()).unwrap();
    let whole = model.forward(x.view()).unwrap();
    let (encoder, decoder) = whole.view().split_at(Axis(0), 4);
    assert_eq!((encoder, decoder), (memory.view(), decoded.view()));
    // One more target token changes nothing before it; that is how text is generated.
    let begun = model.decode(target.split_at(Axis(0), 2).0, memory.view()).unwrap();
    assert!(max_difference(&begun, &decoded.select(Axis(0), &[0, 1])) < EXACT_F64);
    // 12 d² + 4 d a block, 4 d² + 2 d for cross-attention, 2 d for the last normalisation of a stack.
    let (d, layers) = (8, 2);
    assert_eq!(model.parameters(), layers * (28 * d * d + 10 * d) + 2 * 2 * d);
}

#[test]
fn what_does_not_fit_is_named() {
    let mut rng = rng(3, "errors");
    let mut model = |architecture| Transformer::random(architecture, 1, 8, 2, &mut rng).unwrap();
    let (one, two) = (model(Architecture::DecoderOnly), model(Architecture::EncoderDecoder { source: 2 }));
    let x = Array2::ones((3, 8));
    assert_eq!(one.encode(x.view()), Err(ArchitectureError::OneStack));
    assert_eq!(one.decode(x.view(), x.view()), Err(ArchitectureError::OneStack));
    let (narrow, none) = (Array2::ones((3, 7)), Array2::ones((0, 8)));
    for wrong in [&narrow, &none] {
        assert!(one.forward(wrong.view()).is_err() && two.forward(wrong.view()).is_err());
        assert!(two.encode(wrong.view()).is_err() && two.decode(x.view(), wrong.view()).is_err());
        assert!(two.decode(wrong.view(), x.view()).is_err());
    }
    assert!(two.forward(Array2::ones((2, 8)).view()).is_err());
    let mut rng = concepts::numerics::rng(4, "errors");
    for (layers, d_model, heads) in [(0, 8, 2), (1, 0, 2), (1, 8, 0), (1, 8, 3)] {
        assert!(Transformer::random(Architecture::EncoderOnly, layers, d_model, heads, &mut rng).is_err());
    }
    assert!(influence(&one, x.view(), 0, &mut rng).is_err());
    let block = Block::random(8, 2, true, &mut rng).unwrap();
    let missing = block.forward(x.view(), &Mask::None, None).unwrap_err();
    assert_eq!(missing, ArchitectureError::Memory { has: true });
    assert_eq!(
        missing.to_string(),
        "architecture: the block has cross-attention but no second sequence is given"
    );
    assert!(LayerNorm::new(0).is_err() && RmsNorm::new(0).is_err());
    assert!(FeedForward::random(8, 0, Activation::Relu, &mut rng).is_err());
}

#[test]
fn the_spans_of_t5_have_the_published_lengths() {
    let raw = span_corruption(568, 0.15, 3.0).unwrap();
    assert_eq!((raw.encoder_length(), raw.target_length()), (512, 114));
    let raw = span_corruption(512, 0.15, 3.0).unwrap();
    assert_eq!((raw.noise_tokens(), raw.spans()), (77, 26));
    assert_eq!((raw.encoder_length(), raw.target_length()), (462, 104));
    for (length, rate, span) in
        [(1, 0.15, 3.0), (9, 0.0, 3.0), (9, 1.0, 3.0), (9, f64::NAN, 3.0), (9, 0.5, 0.5)]
    {
        assert!(span_corruption(length, rate, span).is_err(), "{length} {rate} {span}");
    }
}

#[test]
fn most_selected_tokens_are_hidden_and_some_are_not() {
    // Tokens 0 to 9 stand in the text, the vocabulary is 10 ..: a replaced token shows.
    let n = 40_000;
    let tokens: Vec<usize> = (0..n).map(|i| i % 10).collect();
    let rates = MlmRates { select: 0.5, ..MlmRates::default() };
    let example = mlm_mask(&tokens, 1_000_000, 1_000_000, rates, &mut rng(5, "mlm")).unwrap();
    assert_eq!(example.losses(), n / 2);
    let mut counts = [0.0; 3];
    for (i, (&input, target)) in example.inputs.iter().zip(&example.targets).enumerate() {
        let Some(target) = target else {
            assert_eq!(input, tokens[i]);
            continue;
        };
        assert_eq!(*target, tokens[i]);
        counts[if input == 1_000_000 {
            0
        } else if input == *target {
            2
        } else {
            1
        }] += 1.0;
    }
    for (count, share) in counts.iter().zip([0.8, 0.1, 0.1]) {
        // Five standard errors of a share.
        let error = (share * (1.0 - share) / (n as f64 / 2.0)).sqrt();
        assert!((count / (n as f64 / 2.0) - share).abs() < 5.0 * error, "{counts:?}");
    }
    let bad = MlmRates { mask: 0.8, random: 0.3, ..rates };
    assert!(mlm_mask(&tokens, 10, 10, bad, &mut rng(5, "bad")).is_err());
    assert!(mlm_mask(&[], 10, 10, rates, &mut rng(5, "bad")).is_err());
}

proptest! {
    #![proptest_config(same_cases(24))]

    #[test]
    fn a_normalised_token_has_mean_0_and_size_1(seed: u64, n in 1..5_usize, d in 2..9_usize, shift in -9.0..9.0_f64) {
        let x = normal((n, d), 3.0, &mut rng(seed, "norm")) + shift;
        let y = LayerNorm::new(d).unwrap().forward(x.view()).unwrap();
        let z = RmsNorm::new(d).unwrap().forward(x.view()).unwrap();
        let mean_square = |row: ndarray::ArrayView1<f64>| row.dot(&row) / d as f64;
        for ((x, y), z) in x.outer_iter().zip(y.outer_iter()).zip(z.outer_iter()) {
            let variance = mean_square((&x - x.sum() / d as f64).view());
            prop_assert!(y.sum().abs() < EXACT_F64 * d as f64 / variance.sqrt().min(1.0));
            // What epsilon takes away is known.
            prop_assert!((mean_square(y) - variance / (variance + LayerNorm::EPSILON)).abs() < EXACT_F64);
            let square = mean_square(x);
            prop_assert!((mean_square(z) - square / (square + RmsNorm::EPSILON)).abs() < EXACT_F64);
        }
    }

    #[test]
    fn a_feed_forward_layer_sees_one_token_at_a_time(seed: u64, n in 1..5_usize, kind in 0..3_usize) {
        let activation = [Activation::Relu, Activation::Gelu, Activation::SwiGlu][kind];
        let mut rng = rng(seed, "feed-forward");
        let layer = FeedForward::random(6, 10, activation, &mut rng).unwrap();
        let x = normal((n, 6), 1.0, &mut rng);
        let whole = layer.forward(x.view()).unwrap();
        for i in 0..n {
            let alone = layer.forward(x.select(Axis(0), &[i]).view()).unwrap();
            prop_assert!(max_difference(&alone, &whole.select(Axis(0), &[i])) < EXACT_F64);
        }
        prop_assert_eq!(layer.parameters(), 6 * 10 * if activation == Activation::SwiGlu { 3 } else { 2 });
    }

    #[test]
    fn targets_are_the_next_tokens(tokens in prop::collection::vec(0..50_usize, 2..20), prefix in 0..20_usize) {
        let n = tokens.len();
        let all = clm_targets(&tokens).unwrap();
        prop_assert_eq!(all.losses(), n - 1);
        prop_assert_eq!(all.targets.iter().flatten().copied().collect::<Vec<_>>(), tokens[1..].to_vec());
        if prefix < n {
            let example = prefix_lm_targets(&tokens, prefix).unwrap();
            prop_assert_eq!(example.losses(), n - prefix.max(1));
            for (i, target) in example.targets.iter().enumerate() {
                let asked = i + 1 < n && i + 1 >= prefix;
                prop_assert_eq!(*target, asked.then(|| tokens[i + 1]));
            }
        } else {
            prop_assert!(prefix_lm_targets(&tokens, prefix).is_err());
        }
        prop_assert!(clm_targets(&tokens[..1]).is_err() && clm_targets(&[]).is_err());
    }

    #[test]
    fn corrupted_spans_can_be_put_back(seed: u64, length in 2..80_usize, rate in 0.01..0.99_f64, span in 1.0..6.0_f64) {
        let corruption = span_corruption(length, rate, span).unwrap();
        let tokens: Vec<usize> = (0..length).collect();
        let (sentinels, end) = (1000, 999);
        let sentinel = |k| sentinels + k;
        let (encoder, target) = corruption.apply(&tokens, sentinel, end, &mut rng(seed, "spans")).unwrap();
        // Counted, against the closed form.
        prop_assert_eq!((encoder.len(), target.len()), (corruption.encoder_length(), corruption.target_length()));
        prop_assert_eq!(encoder.iter().filter(|&&token| token >= sentinels).count(), corruption.spans());
        let mut back = Vec::new();
        for &token in encoder.iter().filter(|&&token| token != end) {
            if token < sentinels {
                back.push(token);
                continue;
            }
            let start = target.iter().position(|&t| t == token).unwrap() + 1;
            back.extend(target[start..].iter().take_while(|&&t| t < end));
        }
        prop_assert_eq!(back, tokens);
    }
}
