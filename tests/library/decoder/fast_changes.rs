//! The fast decoder with changes against the readable one with the same.

use concepts::activation::Activation;
use concepts::decoder::fast::Rows;
use concepts::decoder::{Change, Keeping, surprise};
use concepts::numerics::max_difference;
use concepts::numerics::tolerance::{DECODER_F32, EXACT_F64};
use concepts::position::rope::Scaling;
use ndarray::Axis;

use super::cases::{cases, named};
use super::fast::{apart, with_fast};

fn changes() -> Vec<Vec<Change>> {
    let scaled = |scaling| vec![Change::RopeScaled(scaling)];
    vec![
        Vec::new(),
        vec![Change::RopeOff],
        vec![Change::NoPositions],
        vec![Change::Step(2)],
        vec![Change::Step(-1)],
        vec![Change::Step(-1), Change::Gap { from: 0, by: 24 }],
        scaled(Scaling::Interpolation { factor: 4.0 }),
        scaled(Scaling::NtkAware { factor: 4.0 }),
        scaled(Scaling::yarn(4.0, 16)),
        vec![Change::NoScale],
        vec![Change::DropHeads(vec![(0, 1), (1, 3), (1, 0)])],
        vec![Change::PoolKvHeads(1)],
        vec![Change::Activation(Activation::Relu), Change::PoolKvHeads(1), Change::DropHeads(vec![(1, 1)])],
        vec![Change::Gap { from: 4, by: 100 }],
        vec![Change::Gap { from: 0, by: 100 }, Change::RopeScaled(Scaling::Interpolation { factor: 2.0 })],
    ]
}

#[test]
fn changes_change_the_fast_decoder_as_the_twin() {
    for case in cases() {
        let (twin, text) = (case.model(), &case.texts[1].tokens);
        with_fast(&case, |model| {
            for changes in changes() {
                match (model.decoder_with(Keeping::F32, &changes), twin.decoder_with(&changes)) {
                    (Ok(fast), Ok(exact)) => match (fast.pass(text), exact.pass(text)) {
                        (Ok(fast), Ok(exact)) => {
                            let far = apart(fast.view(), exact.view());
                            assert!(far < DECODER_F32, "{} {changes:?}: {far}", case.name);
                        }
                        // Moved away from a learned table.
                        (fast, exact) => {
                            assert_eq!(fast.unwrap_err(), exact.unwrap_err().into(), "{changes:?}");
                        }
                    },
                    // What the one has nothing to act on, the other has not either.
                    (Err(fast), Err(exact)) => assert_eq!(fast, exact.into(), "{}", case.name),
                    (fast, exact) => panic!("{} {changes:?}: {fast:?} {exact:?}", case.name),
                }
            }
        });
    }
}

/// Where only the last logits are asked for, the other tokens are left out of the last layer.
#[test]
fn the_last_alone_is_as_among_all() {
    for case in cases() {
        let text = &case.texts[1].tokens;
        with_fast(&case, |model| {
            for changes in changes() {
                let Ok(decoder) = model.decoder_with(Keeping::F32, &changes) else { continue };
                let Ok(all) = decoder.pass(text) else { continue };
                let [mut part, mut whole, mut rest] = [(); 3].map(|()| decoder.start_cache());
                decoder.extend(&mut [&mut rest], &[&text[..3]], Rows::Last).unwrap();
                let texts = [&text[..5], text, &text[3..]];
                let last =
                    decoder.extend(&mut [&mut part, &mut whole, &mut rest], &texts, Rows::Last).unwrap();
                let among = all.select(Axis(0), &[4, text.len() - 1, text.len() - 1]).mapv(f64::from);
                let far = apart(last.view(), among.view());
                assert!(far < DECODER_F32, "{} {changes:?}: {far}", case.name);
                // The caches hold every token.
                let lengths = [part, whole, rest].map(|cache| cache.len());
                assert_eq!(lengths, [5, text.len(), text.len()]);
            }
        });
    }
}

#[test]
fn surprises_of_several_texts_are_those_of_the_twin() {
    for case in cases() {
        let (twin, text) = (case.model(), &case.texts[1].tokens);
        with_fast(&case, |model| {
            let texts = [&text[..], &text[..2], &text[3..9], &text[..1]];
            let fast = model.decoder(Keeping::F32).unwrap().surprise(&texts).unwrap();
            for (nats, text) in fast.iter().zip(texts) {
                let exact = surprise(&twin.decoder(), text).unwrap();
                assert_eq!(nats.len(), exact.len());
                let size = exact.iter().fold(1.0, |size: f64, nats| size.max(nats.abs()));
                let far = nats.iter().zip(&exact).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
                assert!(far < 10.0 * DECODER_F32 * size, "{}: {far}", case.name);
            }
        });
    }
}

#[test]
fn a_text_that_is_moved_as_a_whole_stays_the_same() {
    // Only offsets enter the scores of rotated queries and keys.
    let case = named("llama plain");
    let (model, text) = (case.model(), &case.texts[1].tokens);
    let whole = model.decoder().pass(text).unwrap();
    let moved = |from| model.decoder_with(&[Change::Gap { from, by: 1000 }]).unwrap().pass(text).unwrap();
    assert!(max_difference(&moved(0), &whole) < 1e4 * EXACT_F64);
    assert!(max_difference(&moved(4), &whole) > 1e-3);
}
