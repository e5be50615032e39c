//! The fast decoder against the readable one.

use concepts::decoder::fast::{FastDecoder, FastError, FastModel, Rows};
use concepts::decoder::{Config, DecoderError, Keeping, Model, Naming};
use concepts::decoding::{Greedy, generate};
use concepts::numerics::rng;
use concepts::numerics::tolerance::{DECODER_F32, KEPT_IN_8_BITS, KEPT_IN_16_BITS};
use concepts::weights::{Encoding, Gguf, SafeTensors, Tensor};
use ndarray::{Array2, ArrayView2, Axis};
use serde_json::Value;
use std::collections::BTreeMap;

use super::cases::{Case, cases, named};
use super::files::bytes;

/// The tensors of a file of safetensors, in the bytes of the file.
fn tensors<'b>(head: &'b BTreeMap<String, Value>, data: &'b [u8]) -> Vec<Tensor<'b>> {
    let numbers = |entry: &Value, field: &str| -> Vec<usize> {
        entry[field].as_array().unwrap().iter().map(|number| number.as_u64().unwrap() as usize).collect()
    };
    let tensors = head.iter().filter(|(name, _)| *name != "__metadata__");
    let tensor = |(name, entry): (&'b String, &'b Value)| {
        let place = numbers(entry, "data_offsets");
        let bytes = &data[place[0]..place[1]];
        Tensor { name, shape: numbers(entry, "shape"), encoding: Encoding::F16, bytes }
    };
    tensors.map(tensor).collect()
}

/// Does something with the fast model of a case; `None` if its rotation moves with the length of a text.
pub(super) fn with_fast<T>(case: &Case, run: impl FnOnce(&FastModel) -> T) -> Option<T> {
    let bytes = bytes(&format!("{}.safetensors", case.family));
    let head = u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
    let (head, data) = bytes[8..].split_at(head);
    let head = serde_json::from_slice(head).unwrap();
    let config = Config::from_huggingface(&case.config, &case.family).unwrap().config;
    if config.ropes.iter().any(|rope| rope.frequencies(1) != rope.frequencies(1000)) {
        return None;
    }
    let model = FastModel::new(config, Naming::HuggingFace, tensors(&head, data));
    Some(run(&model.unwrap_or_else(|error| panic!("{}: {error}", case.name))))
}

/// The largest difference, as a share of the largest number.
pub(super) fn apart(fast: ArrayView2<f32>, exact: ArrayView2<f64>) -> f64 {
    assert_eq!(fast.dim(), exact.dim());
    let size = exact.iter().fold(0.0, |size: f64, x| size.max(x.abs()));
    let far = fast.iter().zip(exact).map(|(fast, exact)| (f64::from(*fast) - exact).abs());
    far.fold(0.0, f64::max) / size
}

#[test]
fn logits_are_those_of_the_twin_for_every_family() {
    let mut run = 0;
    for case in cases() {
        let twin = case.model();
        let found = with_fast(&case, |model| {
            let decoder = model.decoder(Keeping::F32).unwrap();
            for text in &case.texts {
                let exact = twin.decoder().pass(&text.tokens).unwrap();
                let far = apart(decoder.pass(&text.tokens).unwrap().view(), exact.view());
                assert!(far < DECODER_F32, "{}, {} tokens: {far}", case.name, text.tokens.len());
            }
        });
        run += usize::from(found.is_some());
    }
    assert_eq!(run, cases().len() - 2, "all but the two whose rotation moves");
}

/// Up to the length of training a rotation of these kinds is like any other; beyond it keys would have to be turned anew.
#[test]
fn a_rotation_that_moves_is_run_as_far_as_it_stands_still() {
    for (name, kind) in [("llama dynamic", "dynamic"), ("llama longrope", "longrope")] {
        let case = named(name);
        let bytes = bytes(&format!("{}.safetensors", case.family));
        let file = SafeTensors::parse(&bytes).unwrap();
        let config = Config::from_huggingface(&case.config, name).unwrap().config;
        let model = FastModel::new(config, Naming::HuggingFace, file.tensors()).unwrap();
        let (twin, decoder) = (case.model(), model.decoder(Keeping::F32).unwrap());
        let text = &case.texts[1].tokens;
        let exact = twin.decoder().pass(&text[..16]).unwrap();
        assert!(apart(decoder.pass(&text[..16]).unwrap().view(), exact.view()) < DECODER_F32, "{name}");
        let refused = FastError::MovingRotation { kind: kind.into(), most: 16 };
        assert_eq!(decoder.pass(&text[..17]).unwrap_err(), refused);
        // Token by token it ends at the same place.
        let mut cache = decoder.start_cache();
        decoder.extend(&mut [&mut cache], &[&text[..16]], Rows::Last).unwrap();
        assert_eq!(decoder.extend(&mut [&mut cache], &[&text[16..17]], Rows::Last).unwrap_err(), refused);
    }
}

/// A file in llama.cpp's form, read twice.
fn by_gguf(name: &str) {
    let bytes = bytes(&format!("{}.gguf", named(name).family));
    let file = Gguf::parse(&bytes).unwrap();
    let config = Config::from_gguf(&file, &file).unwrap().config;
    let twin = Model::new(config.clone(), Naming::Gguf, &file).unwrap();
    let fast = FastModel::new(config, Naming::Gguf, file.tensors().cloned()).unwrap();
    let decoder = fast.decoder(Keeping::F32).unwrap();
    for text in named(name).texts {
        let exact = twin.decoder().pass(&text.tokens).unwrap();
        assert!(apart(decoder.pass(&text.tokens).unwrap().view(), exact.view()) < DECODER_F32, "{name}");
    }
}

#[test]
fn files_of_llama_cpp_too() {
    ["llama plain", "gemma3 plain", "gpt2 plain"].into_iter().for_each(by_gguf);
}

/// Runs a text in pieces.
fn in_pieces(decoder: &FastDecoder, tokens: &[u32], pieces: &[usize]) -> Array2<f32> {
    let mut cache = decoder.start_cache();
    let mut first = 0;
    let mut logits = Array2::zeros((0, decoder.config().vocab));
    for &piece in pieces {
        let rows = decoder.extend(&mut [&mut cache], &[&tokens[first..first + piece]], Rows::All).unwrap();
        logits.append(Axis(0), rows.view()).unwrap();
        first += piece;
    }
    assert_eq!(cache.len(), tokens.len());
    logits
}

#[test]
fn in_pieces_and_beside_other_texts_it_is_the_same() {
    for case in cases() {
        let text = &case.texts[1].tokens;
        let exact = case.model().decoder().pass(text).unwrap();
        with_fast(&case, |model| {
            for (keeping, tolerance) in [
                (Keeping::F32, DECODER_F32),
                (Keeping::F16, KEPT_IN_16_BITS),
                (Keeping::Int8, KEPT_IN_8_BITS),
            ] {
                let decoder = model.decoder(keeping).unwrap();
                for pieces in [vec![1; text.len()], vec![7, 1, 1, text.len() - 9]] {
                    let far = apart(in_pieces(&decoder, text, &pieces).view(), exact.view());
                    assert!(far < tolerance, "{}, {keeping:?}, {pieces:?}: {far}", case.name);
                }
                let mut caches = [decoder.start_cache(), decoder.start_cache()];
                let [a, b] = &mut caches;
                let both = decoder.extend(&mut [a, b], &[&text[..5], text], Rows::All).unwrap();
                let (short, whole) = both.view().split_at(Axis(0), 5);
                assert!(apart(short, exact.view().split_at(Axis(0), 5).0) < tolerance);
                assert!(apart(whole, exact.view()) < tolerance);
            }
        });
    }
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    let case = named("llama plain");
    with_fast(&case, |model| {
        let decoder = model.decoder(Keeping::F16).unwrap();
        let pass = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| decoder.pass(&case.texts[1].tokens).unwrap())
        };
        assert_eq!(pass(1), pass(2));
        assert_eq!(pass(1), pass(5));
    });
}

#[test]
fn strategies_of_decoding_take_it_for_the_twin() {
    let case = named("llama plain");
    let twin = case.model();
    with_fast(&case, |model| {
        let decoder = model.decoder(Keeping::F32).unwrap();
        let prompt = &case.texts[0].tokens;
        let fast = generate(&decoder, prompt, &mut Greedy, 20, &mut rng(1, "greedy")).unwrap();
        let slow = generate(&twin.decoder(), prompt, &mut Greedy, 20, &mut rng(1, "greedy")).unwrap();
        assert_eq!(fast.tokens(), slow.tokens());
    });
}

#[test]
fn what_cannot_be_read_leaves_the_caches_alone() {
    let case = named("llama plain");
    with_fast(&case, |model| {
        let decoder = model.decoder(Keeping::F32).unwrap();
        let mut cache = decoder.start_cache();
        decoder.extend(&mut [&mut cache], &[&[1, 2]], Rows::Last).unwrap();
        let before = cache.clone();
        let vocab = model.config().vocab;
        let unknown = decoder.extend(&mut [&mut cache], &[&[vocab as u32]], Rows::Last).unwrap_err();
        let token = vocab as u32;
        assert_eq!(unknown, FastError::Decoder(DecoderError::UnknownToken { token, vocab }));
        assert!(decoder.extend(&mut [&mut cache], &[&[]], Rows::Last).is_err());
        assert!(decoder.extend(&mut [&mut cache], &[&[1], &[2]], Rows::Last).is_err());
        assert!(decoder.extend(&mut [], &[], Rows::Last).is_err());
        assert_eq!(cache, before);
        assert_eq!(model.decoder(Keeping::F64).unwrap_err(), FastError::CacheBits { bits: 64 });
        let mut other = concepts::decoder::fast::FastCache::new(&Config::small(), Keeping::F32).unwrap();
        assert!(decoder.extend(&mut [&mut other], &[&[1]], Rows::Last).is_err());
    });
}
