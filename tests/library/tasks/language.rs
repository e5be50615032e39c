//! Open-ended text: exact statistics against texts and against all texts.

use concepts::decoding::{Filter, LanguageModel, Pipeline, generate};
use concepts::numerics::rng;
use concepts::numerics::tolerance::{EXACT_F64, ORACLE_F32};
use concepts::tasks::{Chain, Writer, style, style_of_text};

fn chain() -> Chain {
    Chain::drawn(8, 0.5, 7).unwrap()
}

#[test]
fn who_draws_from_the_truth_writes_like_people() {
    let chain = chain();
    let writer = Writer::new(&chain, 0.0, 1).unwrap();
    let drawn = style(&writer, &Pipeline::default(), 200).unwrap();
    assert!(drawn.total_variation < ORACLE_F32 && drawn.junk == 0.0);
    assert!((drawn.surprise - chain.entropy_rate(200)).abs() < ORACLE_F32);
    assert!((drawn.entropy - chain.entropy_rate(200)).abs() < ORACLE_F32);
}

#[test]
fn the_tail_is_the_distance_of_pure_drawing() {
    let chain = chain();
    for tail in [0.02, 0.1] {
        // Junk is read over, so half of the distance is the junk and half is what it takes away: the tail itself,
        // apart from how much sooner the first words are left behind.
        let drawn = style(&Writer::new(&chain, tail, 50).unwrap(), &Pipeline::default(), 20_000).unwrap();
        assert!((drawn.total_variation - tail).abs() < 1e-3, "{drawn:?}");
        assert!((drawn.junk - tail).abs() < ORACLE_F32);
    }
}

#[test]
fn long_texts_have_the_style_that_is_computed() {
    let chain = chain();
    let writer = Writer::new(&chain, 0.05, 20).unwrap();
    let length = 20_000;
    for filters in [vec![], vec![Filter::TopP(0.9)], vec![Filter::Temperature(1.5), Filter::MinP(0.1)]] {
        let mut pipeline = Pipeline::filters(filters);
        let exact = style(&writer, &pipeline, length).unwrap();
        let text = generate(&writer, &[], &mut pipeline, length, &mut rng(1, "test style")).unwrap();
        let text = style_of_text(&chain, &text.tokens()).unwrap();
        // 64 pairs and junk: each share is off by about √(p/n), and words depend on each other a little.
        let allowed = 4.0 * (65.0 / length as f64).sqrt();
        assert!((exact.total_variation - text.total_variation).abs() < allowed);
        assert!((exact.surprise - text.surprise).abs() < allowed);
        assert!((exact.junk - text.junk).abs() < allowed);
        assert!(text.entropy.is_nan());
    }
}

#[test]
fn the_most_probable_text_is_that_of_all_texts() {
    for seed in 1..=10 {
        let chain = Chain::drawn(4, 0.4, seed).unwrap();
        let log_prob = |text: &[u32]| {
            let befores = [0].into_iter().chain(text.iter().map(|&word| word as usize));
            befores.zip(text).map(|(before, &word)| chain.after(before)[word as usize].ln()).sum::<f64>()
        };
        let found = chain.most_probable(5);
        let all =
            (0..4u32.pow(5)).map(|number| (0..5).map(|i| number / 4u32.pow(i) % 4).collect::<Vec<u32>>());
        let best = all.map(|text| log_prob(&text)).fold(f64::NEG_INFINITY, f64::max);
        assert!((log_prob(&found) - best).abs() < EXACT_F64, "{seed}");
    }
}

#[test]
fn the_mode_is_less_surprising_and_less_varied_than_people() {
    for seed in 1..=10 {
        let chain = Chain::drawn(20, 0.5, seed).unwrap();
        let mode = style_of_text(&chain, &chain.most_probable(200)).unwrap();
        let people = style(&Writer::new(&chain, 0.0, 1).unwrap(), &Pipeline::default(), 200).unwrap();
        assert!(mode.surprise < people.surprise && mode.pairs < people.pairs / 2.0, "{seed}: {mode:?}");
    }
}

#[test]
fn what_is_no_language_is_refused() {
    assert!(Chain::drawn(0, 1.0, 1).is_err() && Chain::drawn(3, f64::NAN, 1).is_err());
    let chain = chain();
    assert!(Writer::new(&chain, 1.5, 3).is_err() && Writer::new(&chain, 0.1, 0).is_err());
    let writer = Writer::new(&chain, 0.1, 3).unwrap();
    assert!(style(&writer, &Pipeline::default(), 0).is_err() && style_of_text(&chain, &[]).is_err());
    assert_eq!(writer.vocab_size(), 11);
    assert!(chain.after(99).is_empty());
}
