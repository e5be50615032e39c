//! The fast decoder against transformers, and against itself: token by token, and many texts together.

use concepts::decoder::Keeping;
use concepts::decoder::Naming;
use concepts::decoder::fast::{FastDecoder, FastModel, Rows};
use concepts::numerics::softmax::log_softmax;
use concepts::numerics::tolerance::{KEPT_IN_8_BITS, KEPT_IN_16_BITS, REAL_MODEL_F32};
use concepts::weights::Gguf;
use ndarray::{Array1, Axis};

use crate::reference::{Reference, bytes, config};

/// Does something with the fast model.
fn with_fast(run: impl FnOnce(&FastModel, Reference)) {
    let Some(bytes) = bytes() else { return };
    let gguf = Gguf::parse(bytes).expect("a published model");
    let config = config(&gguf);
    let reference = Reference::of(&config);
    run(
        &FastModel::new(config, Naming::Gguf, gguf.tensors().cloned()).expect("a published model"),
        reference,
    );
}

/// The logits after the last of these tokens, of a text by itself.
fn last(decoder: &FastDecoder, tokens: &[u32]) -> Vec<f32> {
    let mut cache = decoder.start_cache();
    decoder.extend(&mut [&mut cache], &[tokens], Rows::Last).unwrap().into_raw_vec_and_offset().0
}

fn farthest(a: &[f32], b: &[f32]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| f64::from((a - b).abs())).fold(0.0, f64::max)
}

fn largest(logits: &[f32]) -> usize {
    (0..logits.len()).max_by(|&a, &b| logits[a].total_cmp(&logits[b])).expect("a vocabulary")
}

#[test]
fn logits_are_those_of_transformers() {
    with_fast(|model, reference| {
        let decoder = model.decoder(Keeping::F32).unwrap();
        let mut far = [0.0f64; 2];
        for prompt in reference.prompts() {
            let at_once = last(&decoder, &prompt.tokens);
            let mut cache = decoder.start_cache();
            let mut one_by_one = Vec::new();
            for token in &prompt.tokens {
                let token = std::slice::from_ref(token);
                let logits = decoder.extend(&mut [&mut cache], &[token], Rows::Last).unwrap();
                one_by_one = logits.into_raw_vec_and_offset().0;
            }
            for (far, logits) in far.iter_mut().zip([at_once, one_by_one]) {
                for &(token, wanted) in &prompt.top {
                    *far = far.max((f64::from(logits[token]) - wanted).abs());
                }
                let squares: f64 = logits.iter().map(|&z| f64::from(z) * f64::from(z)).sum();
                let size = |squares: f64| (squares / logits.len() as f64).sqrt();
                *far = far.max((size(squares) - size(prompt.squares)).abs());
            }
        }
        println!("logits of ten prompts: apart by {far:?} at once and token by token");
        assert!(far.iter().all(|far| *far < REAL_MODEL_F32), "{far:?}");
    });
}

/// Every token of the continuation is as likely as transformers says, and the most probable one wherever its lead is more
/// than rounding may take.
#[test]
fn greedy_decoding_goes_on_as_transformers_does() {
    with_fast(|model, reference| {
        let greedy = reference.greedy();
        let decoder = model.decoder(Keeping::F32).unwrap();
        let mut cache = decoder.start_cache();
        let mut next = greedy.prompt.clone();
        let (mut far, mut same) = (0.0f64, 0);
        for (i, &token) in greedy.continued.iter().enumerate() {
            let logits = decoder.extend(&mut [&mut cache], &[&next], Rows::Last).unwrap();
            let logits = logits.row(0).to_vec();
            let best = largest(&logits);
            same += usize::from(best == token as usize);
            let sure = greedy.leads[i] > 2.0 * REAL_MODEL_F32;
            assert!(!sure || best == token as usize, "token {i} of the continuation");
            far = far.max((f64::from(logits[token as usize]) - greedy.logits[i]).abs());
            next = vec![token];
        }
        println!("{same} of {} tokens are the same, logits apart by {far:.2e}", greedy.leads.len());
        assert!(far < REAL_MODEL_F32, "{far}");
    });
}

#[test]
fn surprise_is_that_of_transformers() {
    with_fast(|model, reference| {
        let (text, wanted) = reference.surprise();
        for (keeping, tolerance) in [
            (Keeping::F32, REAL_MODEL_F32),
            (Keeping::F16, 20.0 * KEPT_IN_16_BITS),
            (Keeping::Int8, 20.0 * KEPT_IN_8_BITS),
        ] {
            let logits = model.decoder(keeping).unwrap().pass(&text).unwrap();
            let nats = |(row, wanted): (usize, &f64)| {
                let logits: Array1<f64> = logits.row(row).mapv(f64::from);
                let nats = -log_softmax(logits.view())[text[row + 1] as usize];
                (nats - wanted).abs()
            };
            let far = wanted.iter().enumerate().map(nats).fold(0.0, f64::max);
            println!("cache {keeping:?}: nats apart by {far:.2e}");
            assert!(far < tolerance, "{keeping:?}: {far}");
        }
    });
}

#[test]
fn from_the_cache_is_as_at_once_and_together_is_as_alone() {
    with_fast(|model, reference| {
        let decoder = model.decoder(Keeping::F32).unwrap();
        let texts: Vec<Vec<u32>> = reference.prompts().into_iter().map(|prompt| prompt.tokens).collect();
        let alone: Vec<Vec<f32>> = texts.iter().map(|text| last(&decoder, text)).collect();
        let mut caches = vec![decoder.start_cache(); texts.len()];
        // All but the last token of each, then the last ones.
        let split = |text: &Vec<u32>| (text[..text.len() - 1].to_vec(), text[text.len() - 1]);
        let (begun, ends): (Vec<Vec<u32>>, Vec<u32>) = texts.iter().map(split).unzip();
        for i in (0..texts.len()).filter(|&i| !begun[i].is_empty()) {
            decoder.extend(&mut [&mut caches[i]], &[&begun[i]], Rows::Last).unwrap();
        }
        let mut each: Vec<_> = caches.iter_mut().collect();
        let ends: Vec<&[u32]> = ends.iter().map(std::slice::from_ref).collect();
        let together = decoder.extend(&mut each, &ends, Rows::Last).unwrap();
        let rows = together.axis_iter(Axis(0)).zip(&alone);
        let far = rows.map(|(row, alone)| farthest(&row.to_vec(), alone)).fold(0.0, f64::max);
        println!("ten texts together, from their caches: apart by {far:.2e}");
        assert!(far < REAL_MODEL_F32, "{far}");
    });
}
