//! What is changed changes what it should, and what changes nothing gives the same bits.

use concepts::activation::Activation;
use concepts::decoder::{Ask, Change, Config, DecoderError, Heads, Keeping, Layers, Model};
use concepts::decoding::{DecodingError, Greedy, LanguageModel, generate};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{max_difference, rng};
use concepts::position::rope::Scaling;
use ndarray::{Array2, Axis};

use super::cases::{cases, named};

const TEXT: [u32; 12] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];

fn with(model: &Model, changes: &[Change]) -> Array2<f64> {
    model.decoder_with(changes).unwrap().pass(&TEXT).unwrap()
}

#[test]
fn changes_that_change_nothing_give_the_same_bits() {
    let model = Model::random(Config::small(), 7).unwrap();
    let whole = model.decoder().pass(&TEXT).unwrap();
    for change in [
        Change::RopeScaled(Scaling::None),
        Change::RopeScaled(Scaling::Interpolation { factor: 1.0 }),
        Change::DropHeads(Vec::new()),
        Change::PoolKvHeads(2),
        Change::CacheBits(64),
        Change::Gap { from: 3, by: 0 },
        Change::Step(1),
        Change::Activation(Activation::SILU),
    ] {
        assert_eq!(with(&model, std::slice::from_ref(&change)), whole, "{change:?}");
    }
    assert_eq!(with(&model, &[]), whole);
}

#[test]
fn changes_change() {
    let model = Model::random(Config::small(), 7).unwrap();
    let whole = model.decoder().pass(&TEXT).unwrap();
    for change in [
        Change::RopeOff,
        Change::NoPositions,
        Change::RopeScaled(Scaling::Interpolation { factor: 4.0 }),
        Change::NoScale,
        Change::DropHeads(vec![(1, 2)]),
        Change::PoolKvHeads(1),
        Change::CacheBits(8),
        Change::CacheBits(4),
        Change::Gap { from: 3, by: 20 },
        Change::Step(2),
        Change::Step(-1),
        Change::Activation(Activation::Relu),
    ] {
        assert!(max_difference(&with(&model, std::slice::from_ref(&change)), &whole) > 1e-6, "{change:?}");
    }
}

#[test]
fn a_model_without_order_sees_a_set() {
    let model = Model::random(Config::small(), 7).unwrap();
    let last = |tokens: &[u32], changes: &[Change]| {
        let decoder = model.decoder_with(changes).unwrap();
        decoder.extend_last(&mut decoder.start_cache(), tokens).unwrap()
    };
    let apart = |changes: &[Change]| {
        // The first layer is blind to the order of earlier tokens; what they themselves have seen is not, so
        // the two that change places stand at the beginning of the text and are followed by one token alone.
        let (a, b) = (last(&[3, 3, 8], changes), last(&[3, 8], changes));
        (&a - &b).iter().fold(0.0f64, |most, apart| most.max(apart.abs()))
    };
    // A token twice is a token once more in the mean, with or without order; in place of that, a token that
    // sees copies of itself alone sees itself.
    let same = last(&[5, 5, 5, 5], &[Change::RopeOff]);
    let one = last(&[5], &[Change::RopeOff]);
    assert!((&same - &one).iter().all(|apart| apart.abs() < 1e-12));
    assert!(apart(&[]) > 1e-6 && apart(&[Change::RopeOff]) > 1e-6);
}

#[test]
fn steps_are_what_scaling_is_not() {
    // Twice as far apart and interpolated to half is as it was; all at one position is no rotation.
    let model = Model::random(Config::small(), 7).unwrap();
    let near = |a: &[Change], b: &[Change]| max_difference(&with(&model, a), &with(&model, b)) < EXACT_F64;
    let half = Change::RopeScaled(Scaling::Interpolation { factor: 2.0 });
    assert!(near(&[Change::Step(2), half], &[]));
    assert!(near(&[Change::Step(0)], &[Change::RopeOff]));
    // Only offsets count: it does not matter where positions begin that run backwards.
    assert!(near(&[Change::Step(-1), Change::Gap { from: 0, by: 11 }], &[Change::Step(-1)]));
    assert!(!near(&[Change::Step(-1)], &[]) && !near(&[Change::Step(-1)], &[Change::RopeOff]));
    assert_eq!(with(&model, &[Change::NoPositions]), with(&model, &[Change::RopeOff]));
}

#[test]
fn a_learned_table_gives_the_row_of_the_moved_position() {
    let model = named("gpt2 plain").model();
    let last = |tokens: &[u32], changes: &[Change]| {
        let logits = model.decoder_with(changes).unwrap().pass(tokens).unwrap();
        logits.row(tokens.len() - 1).to_owned()
    };
    let gap = |by| Change::Gap { from: 0, by };
    // One token alone at position 5, whichever way it is told so.
    let moved = last(&[7], &[gap(5)]);
    assert!(
        max_difference(&moved.clone().insert_axis(Axis(0)), &last(&[7], &[]).insert_axis(Axis(0))) > 1e-3
    );
    assert_eq!(last(&[7], &[gap(5), Change::Step(3)]), moved);
    // Without a table it is the same token wherever it stands, and as often as one likes.
    let blind = last(&[7], &[Change::NoPositions]);
    let often = last(&[7; 40], &[Change::NoPositions]);
    assert!((&often - &blind).iter().all(|apart| apart.abs() < EXACT_F64));
    let pass = |changes: &[Change]| model.decoder_with(changes).unwrap().pass(&TEXT).map(|_| ());
    assert_eq!(pass(&[Change::Step(-1), gap(11)]), Ok(()));
    assert_eq!(pass(&[Change::Step(-1)]), Err(DecoderError::NoRow { position: -1, rows: 32 }));
    assert_eq!(pass(&[gap(21)]), Err(DecoderError::NoRow { position: 32, rows: 32 }));
    assert_eq!(pass(&[Change::Step(3)]), Err(DecoderError::NoRow { position: 33, rows: 32 }));
}

#[test]
fn the_mask_gives_order_away_from_the_second_layer_on() {
    let (whole, depth) = (Model::random(Config::small(), 7).unwrap(), Config::small().layers.len());
    let mut other = TEXT;
    other[..11].rotate_right(4);
    let ask = Ask { residual: Layers::All, ..Ask::default() };
    let apart = |changes: &[Change]| -> Vec<f64> {
        let decoder = whole.decoder_with(changes).unwrap();
        let [a, b] = [TEXT, other].map(|text| decoder.watch(&text, &ask).unwrap().residual);
        let last = |x: &Array2<f64>| x.row(11).to_owned().insert_axis(Axis(0));
        a.iter().zip(&b).map(|((_, a), (_, b))| max_difference(&last(a), &last(b))).collect()
    };
    let (placed, blind) = (apart(&[]), apart(&[Change::NoPositions]));
    assert_eq!((placed.len(), placed[0], blind[0]), (depth + 1, 0.0, 0.0));
    assert!(placed[1] > 1e-3 && blind[1] < EXACT_F64, "{placed:?} {blind:?}");
    assert!(placed[2] > 1e-3 && blind[2] > 1e-3, "{placed:?} {blind:?}");
}

#[test]
fn heads_pooled_to_one_are_the_mean_of_their_weights() {
    // Pooling what the projections give is pooling the projections: they are linear.
    let case = named("llama plain");
    let model = case.model();
    let pooled = model.decoder_with(&[Change::PoolKvHeads(1)]).unwrap();
    let config = serde_json::from_str::<serde_json::Value>(&case.config).unwrap();
    let mut config = config.as_object().unwrap().clone();
    config.insert("num_key_value_heads".into(), 1.into());
    let mut tensors = super::files::tensors("llama");
    for (_, tensor) in
        tensors.iter_mut().filter(|(name, _)| name.contains("k_proj") || name.contains("v_proj"))
    {
        let half = tensor.values.len() / 2;
        let (a, b) = tensor.values.split_at(half);
        // Of two numbers of 11 bits the mean is exact in f32.
        tensor.values = a.iter().zip(b).map(|(a, b)| (a + b) / 2.0).collect();
        tensor.shape[0] /= 2;
    }
    let read = Config::from_huggingface(&serde_json::Value::Object(config).to_string(), "pooled").unwrap();
    let mean = Model::new(read.config, concepts::decoder::Naming::HuggingFace, &tensors).unwrap();
    let (a, b) = (pooled.pass(&TEXT).unwrap(), mean.decoder().pass(&TEXT).unwrap());
    assert!(max_difference(&a, &b) < 1e-12);
}

#[test]
fn narrower_caches_are_worse() {
    for case in cases() {
        let model = case.model();
        let tokens = &case.texts[1].tokens;
        let whole = model.decoder().pass(tokens).unwrap();
        let off = |bits| {
            let narrow = model.decoder_with(&[Change::CacheBits(bits)]).unwrap();
            max_difference(&narrow.pass(tokens).unwrap(), &whole)
        };
        let apart: Vec<f64> = [64, 32, 16, 8, 4].into_iter().map(off).collect();
        assert_eq!(apart[0], 0.0);
        assert!(apart.is_sorted(), "{}: {apart:?}", case.name);
    }
}

#[test]
fn what_is_asked_for_is_seen_and_nothing_else() {
    let model = Model::random(Config::small(), 7).unwrap();
    let decoder = model.decoder();
    let ask = Ask {
        attention: Heads::Of(vec![(0, 1), (1, 3)]),
        residual: Layers::Of(vec![2]),
        activations: Layers::Of(vec![1]),
    };
    let (logits, seen) = decoder.look(&TEXT, &ask).unwrap();
    let (all_logits, all) = decoder.look(&TEXT, &Ask::everything()).unwrap();
    assert_eq!(logits, all_logits);
    assert_eq!(logits, decoder.pass(&TEXT).unwrap());
    assert_eq!(seen.attention.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [(0, 1), (1, 3)]);
    assert_eq!((all.attention.len(), all.residual.len(), all.activations.len()), (8, 3, 2));
    assert_eq!((&seen.residual[0], &seen.activations[0]), (&all.residual[2], &all.activations[1]));
    for (_, weights) in &all.attention {
        assert!(weights.rows().into_iter().all(|row| (row.sum() - 1.0).abs() < 1e-12));
    }
    for ask in [
        Ask { attention: Heads::Of(vec![(2, 0)]), ..Ask::default() },
        Ask { attention: Heads::Of(vec![(0, 4)]), ..Ask::default() },
        Ask { residual: Layers::Of(vec![3]), ..Ask::default() },
        Ask { activations: Layers::Of(vec![2]), ..Ask::default() },
    ] {
        assert!(matches!(decoder.look(&TEXT, &ask), Err(DecoderError::NoSuch { .. })), "{ask:?}");
    }
}

#[test]
fn strategies_of_decoding_run_it() {
    let model = named("gpt2 plain").model();
    let decoder = model.decoder();
    let mut tokens = vec![3, 1];
    let text = generate(&decoder, &tokens, &mut Greedy, 10, &mut rng(1, "greedy")).unwrap();
    for chosen in text.tokens() {
        let logits = decoder.pass(&tokens).unwrap();
        let last = logits.row(tokens.len() - 1);
        let best = (0..64).max_by(|&a, &b| last[a].total_cmp(&last[b])).unwrap();
        assert_eq!(best, chosen as usize);
        tokens.push(chosen);
    }
    // The table of positions has 32 rows: beyond it there are no probabilities.
    let beyond = generate(&decoder, &[3; 30], &mut Greedy, 10, &mut rng(1, "greedy"));
    assert_eq!(beyond.unwrap_err(), DecodingError::NanLogit { token: 0 });
    // Without a first token nothing is known; with one it is what follows that.
    let mut logits = vec![1.0; 64];
    decoder.logits(&decoder.start(), &mut logits);
    assert!(logits.iter().all(|&logit| logit == 0.0));
    let begun = model.decoder().with_ends(Some(3), Some(5));
    begun.logits(&begun.start(), &mut logits);
    let after = decoder.pass(&[3]).unwrap();
    assert!(logits.iter().zip(after.row(0)).all(|(&a, &b)| a == b as f32));
    assert_eq!((begun.start().len(), begun.end()), (1, Some(5)));
}

#[test]
fn a_cache_takes_what_it_says() {
    let model = Model::random(Config::small(), 7).unwrap();
    for (bits, a_head) in [(64, 32), (32, 16), (16, 8), (8, 4 + 4), (4, 2 + 4)] {
        let decoder = model.decoder_with(&[Change::CacheBits(bits)]).unwrap();
        let mut cache = decoder.start_cache();
        decoder.extend(&mut cache, &TEXT).unwrap();
        assert_eq!(cache.bytes(), 2 * 2 * 12 * 2 * a_head, "{bits} bits");
        assert_eq!(Keeping::of_bits(bits).unwrap().bits(), bits);
    }
}
