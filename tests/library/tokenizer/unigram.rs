//! The unigram model beside enumeration of all cuts; training and its promises.

use std::collections::BTreeMap;

use concepts::corpus::{CHINESE, ENGLISH};
use concepts::numerics::rng;
use concepts::tokenizer::pretokenize::{Pretokenizer, escape_spaces};
use concepts::tokenizer::unigram::{
    Cut, Estimate, Round, Training, Unigram, UnigramError, UnigramOptions, Unknown, trace_training, train,
    train_with_progress,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const CORPUS: [(&str, u64); 3] = [("low", 3), ("lower", 2), ("newest", 4)];

/// Every cut of a word, by trying every piece at every place.
fn all_cuts(pieces: &[(String, f64)], word: &str) -> Vec<(Vec<u32>, f64)> {
    if word.is_empty() {
        return vec![(Vec::new(), 0.0)];
    }
    let mut cuts = Vec::new();
    for (id, (piece, log_prob)) in (0u32..).zip(pieces) {
        let Some(rest) = word.strip_prefix(piece.as_str()) else { continue };
        for (mut ids, score) in all_cuts(pieces, rest) {
            ids.insert(0, id);
            cuts.push((ids, score + log_prob));
        }
    }
    cuts
}

fn ids(cut: &Cut) -> Vec<u32> {
    cut.spans.iter().filter_map(|span| span.id).collect()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * b.abs().max(1.0)
}

/// Pieces over few letters, one of them of two bytes, with every letter among them.
fn models() -> impl Strategy<Value = Unigram> {
    let pieces = prop::collection::btree_map("[abé]{1,4}", -8.0f64..-0.1, 3..14);
    pieces.prop_map(|mut pieces| {
        for letter in ["a", "b", "é"] {
            pieces.entry(letter.into()).or_insert(-5.0);
        }
        Unigram::new(pieces.into_iter().collect(), None).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn best_sum_and_marginals_equal_enumeration(model in models(), word in "[abé]{0,8}") {
        let cuts = all_cuts(model.pieces(), &word);
        let best = cuts.iter().map(|(_, score)| *score).fold(f64::NEG_INFINITY, f64::max);
        prop_assert!(close(model.best(&word).log_probability, best));
        prop_assert!(cuts.iter().any(|(c, score)| *c == ids(&model.best(&word)) && close(*score, best)));
        let total: f64 = cuts.iter().map(|(_, score)| score.exp()).sum();
        prop_assert!(close(model.log_probability(&word), total.ln()));
        for marginal in model.marginals(&word) {
            let holds = |ids: &[u32]| {
                let mut at = 0;
                ids.iter().any(|&id| {
                    let start = at;
                    at += model.pieces()[id as usize].0.len();
                    Some(id) == marginal.id && start == marginal.bytes.start
                })
            };
            let share: f64 = cuts.iter().filter(|(ids, _)| holds(ids)).map(|(_, s)| s.exp()).sum();
            prop_assert!(close(marginal.probability, share / total));
        }
    }

    #[test]
    fn the_best_few_are_the_best_few(model in models(), word in "[abé]{0,7}", n in 0usize..9) {
        let mut scores: Vec<f64> = all_cuts(model.pieces(), &word).into_iter().map(|(_, score)| score).collect();
        scores.sort_by(|a, b| b.total_cmp(a));
        scores.truncate(n);
        let found = model.best_cuts(&word, n).unwrap();
        prop_assert_eq!(found.len(), scores.len());
        for (cut, score) in found.iter().zip(scores) {
            prop_assert!(close(cut.log_probability, score));
            let summed: f64 = ids(cut).iter().map(|&id| model.pieces()[id as usize].1).sum();
            prop_assert!(close(summed, score));
            prop_assert_eq!(model.text(cut).concat(), word.as_str());
        }
        let distinct: std::collections::BTreeSet<Vec<u32>> = found.iter().map(ids).collect();
        prop_assert_eq!(distinct.len(), found.len());
    }

    #[test]
    fn the_likelihood_never_falls_within_a_round(
        corpus in prop::collection::vec(("[abé]{0,7}", 0u64..5), 0..9),
        pieces in 0usize..12,
        em_steps in 1usize..6,
    ) {
        let estimate = Estimate::Likelihood;
        let options = UnigramOptions { pieces, em_steps, estimate, ..UnigramOptions::default() };
        let Ok(training) = train(&corpus, &options) else {
            prop_assert!(corpus.iter().all(|(word, count)| word.is_empty() || *count == 0));
            return Ok(());
        };
        for round in &training.rounds {
            prop_assert_eq!((round.log_likelihoods.len(), round.dropped), (em_steps, 0));
            for pair in round.log_likelihoods.windows(2) {
                prop_assert!(pair[1] >= pair[0] - 1e-12 * pair[0].abs().max(1.0), "{:?}", round.log_likelihoods);
            }
        }
        // Every character is kept, the probabilities sum to one, and every word of the corpus can be cut.
        let sum: f64 = training.pieces.iter().map(|(_, p)| p.exp()).sum();
        prop_assert!(close(sum, 1.0));
        let letters: std::collections::BTreeSet<char> =
            corpus.iter().filter(|(_, count)| *count > 0).flat_map(|(word, _)| word.chars()).collect();
        prop_assert!(training.pieces.len() <= pieces.max(letters.len()));
        for letter in letters {
            prop_assert!(training.pieces.iter().any(|(piece, _)| piece.chars().eq([letter])));
        }
    }

    #[test]
    fn progress_counts_up_to_the_number_of_steps_foretold_which_never_grows(
        corpus in prop::collection::vec(("[a-dé]{0,9}", 1u64..5), 1..9),
        pieces in 0usize..30,
        seed_pieces in 0usize..60,
        em_steps in 1usize..4,
        keep in 0.05f64..0.95,
    ) {
        let options = UnigramOptions { pieces, seed_pieces, em_steps, keep, ..UnigramOptions::default() };
        let mut seen = Vec::new();
        let Ok(training) = train_with_progress(&corpus, &options, &mut |progress| seen.push(progress)) else {
            return Ok(());
        };
        prop_assert_eq!(Ok(training.clone()), train(&corpus, &options));
        prop_assert_eq!(seen.len(), training.rounds.len() * (em_steps + 1));
        prop_assert!(seen.iter().zip(1..).all(|(progress, done)| progress.done == done));
        prop_assert!(seen.windows(2).all(|pair| pair[1].wanted <= pair[0].wanted));
        let last = seen.last().map(|progress| (progress.wanted, progress.pieces));
        prop_assert_eq!(last, Some((seen.len(), training.pieces.len())));
    }

    #[test]
    fn pieces_of_any_cut_spell_the_word(model in models(), word in "\\PC{0,20}", seed in 0u64..99) {
        let sampled = model.sample(&word, 0.3, &mut rng(seed, "spell")).unwrap();
        for cut in [model.best(&word), sampled] {
            let spelled: String = cut.spans.iter().map(|span| &word[span.bytes.clone()]).collect();
            prop_assert_eq!(&spelled, &word);
        }
    }
}

// Two cuts of a word may be equally probable but for rounding, and then the trainers may take different ones. Large counts
// make that rare, and the seed is fixed, so that a corpus where it happens is not drawn one day.
proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(7), ..ProptestConfig::with_cases(200) })]

    #[test]
    fn the_fast_trainer_is_the_readable_one(
        corpus in prop::collection::vec(("[a-cé我]{0,12}", 1000u64..1_000_000), 0..14),
        pieces in 0usize..40,
        seed_pieces in 20usize..90,
        max_chars in 1usize..9,
        em_steps in 1usize..4,
        keep in 0.3f64..0.95,
        likelihood in any::<bool>(),
    ) {
        let estimate = if likelihood { Estimate::Likelihood } else { Estimate::Prior };
        let options = UnigramOptions { pieces, seed_pieces, max_chars, em_steps, keep, estimate };
        same_training(&corpus, &options)?;
    }
}

/// Trains both ways; rounding alone may differ.
fn same_training(corpus: &[(String, u64)], options: &UnigramOptions) -> Result<(), TestCaseError> {
    let fast = train(corpus, options);
    let (prunings, readable) = match (trace_training(corpus, options), &fast) {
        (Ok(readable), _) => readable,
        (Err(error), fast) => {
            prop_assert_eq!(Err(error), fast.clone());
            return Ok(());
        }
    };
    let fast = fast.unwrap();
    prop_assert_eq!(fast.rounds.len(), readable.rounds.len());
    for (fast, readable) in fast.rounds.iter().zip(&readable.rounds) {
        let counts = |round: &Round| (round.pieces, round.dropped, round.pruned);
        prop_assert_eq!(counts(fast), counts(readable));
        for (fast, readable) in fast.log_likelihoods.iter().zip(&readable.log_likelihoods) {
            prop_assert!(close(*fast, *readable), "{} {}", fast, readable);
        }
    }
    let pruned: Vec<usize> = fast.rounds.iter().map(|round| round.pruned).filter(|&n| n > 0).collect();
    prop_assert_eq!(prunings.iter().map(Vec::len).collect::<Vec<_>>(), pruned);
    let sorted = |training: &Training| training.pieces.iter().cloned().collect::<BTreeMap<_, _>>();
    let (fast, readable) = (sorted(&fast), sorted(&readable));
    prop_assert_eq!(fast.keys().collect::<Vec<_>>(), readable.keys().collect::<Vec<_>>());
    for (piece, log_prob) in &fast {
        prop_assert!((log_prob - readable[piece]).abs() < 1e-9, "{} {} {}", piece, log_prob, readable[piece]);
    }
    Ok(())
}

#[test]
fn the_fast_trainer_is_the_readable_one_on_texts() {
    for (text, pieces) in [(ENGLISH, 700), (CHINESE, 1500)] {
        let text = &text[..text.char_indices().nth(6000).unwrap().0];
        let corpus: Vec<(String, u64)> = words(text.lines()).into_iter().collect();
        for max_chars in [16, 5] {
            let options = UnigramOptions { pieces, max_chars, ..UnigramOptions::default() };
            same_training(&corpus, &options).unwrap();
        }
    }
}

/// The words of lines, with `▁` for the space, as SentencePiece reads them.
fn words<'a>(lines: impl Iterator<Item = &'a str>) -> BTreeMap<String, u64> {
    let mut words = BTreeMap::new();
    for line in lines {
        for word in Pretokenizer::Metaspace.split(&escape_spaces(line)) {
            *words.entry(word.to_string()).or_insert(0) += 1;
        }
    }
    words
}

/// Nine lines in ten of a text are learned from, the tenth is measured on.
fn tenths(text: &str, held_out: bool) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter(|line| !line.is_empty()).enumerate();
    lines.filter(move |(n, _)| (n % 10 == 0) == held_out).map(|(_, line)| line)
}

#[test]
fn texts_held_out_have_no_more_tokens_and_bits_than_with_sentencepiece() {
    let all: serde_json::Value =
        serde_json::from_str(include_str!("../../fixtures/tokenizer/sp-trained.json")).unwrap();
    let cases = all["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 4);
    for case in cases {
        let text = if case["text"] == "english" { ENGLISH } else { CHINESE };
        let number = |name: &str| case[name].as_f64().unwrap();
        // Of theirs three are no text: <unk>, <s>, </s>.
        let options =
            UnigramOptions { pieces: number("vocabulary") as usize - 3, ..UnigramOptions::default() };
        let corpus: Vec<(String, u64)> = words(tenths(text, false)).into_iter().collect();
        let training = train(&corpus, &options).unwrap();
        assert_eq!(training.pieces.len(), options.pieces);
        let model = training.model("<unk>").unwrap();
        let (mut tokens, mut bits, mut characters) = (0.0, 0.0, 0.0);
        // What an unknown character costs could not be compared.
        let known = |c: &char| *c == ' ' || model.id(&c.to_string()).is_some();
        let held: Vec<String> = tenths(text, true).map(|line| line.chars().filter(known).collect()).collect();
        for (word, count) in words(held.iter().map(String::as_str)) {
            let cut = model.best(&word);
            tokens += count as f64 * cut.spans.len() as f64;
            bits -= count as f64 * cut.log_probability / std::f64::consts::LN_2;
            characters += count as f64 * word.chars().count() as f64;
        }
        assert_eq!(characters, number("characters"), "{case}");
        assert!(tokens <= 1.01 * number("tokens"), "{case}: {tokens} tokens");
        assert!(bits <= 1.01 * number("bits"), "{case}: {bits} bits");
    }
}

#[test]
fn sampled_cuts_follow_their_distribution() {
    // Eight cuts of "aaaa" into a and aa and aaa; the exact distribution for three temperatures.
    let pieces = vec![("a".to_string(), -1.0), ("aa".to_string(), -1.5), ("aaa".to_string(), -3.0)];
    let model = Unigram::new(pieces, None).unwrap();
    let cuts = all_cuts(model.pieces(), "aaaa");
    let n = 20_000;
    for alpha in [0.0, 0.5, 1.0, 3.0] {
        let weights: Vec<f64> = cuts.iter().map(|(_, score)| (alpha * score).exp()).collect();
        let total: f64 = weights.iter().sum();
        let mut rng = rng(5, "sampled cuts");
        let mut counts = vec![0.0; cuts.len()];
        for _ in 0..n {
            let cut = ids(&model.sample("aaaa", alpha, &mut rng).unwrap());
            counts[cuts.iter().position(|(ids, _)| *ids == cut).unwrap()] += 1.0;
        }
        let chi_square: f64 = weights
            .iter()
            .zip(&counts)
            .map(|(w, count)| (count - f64::from(n) * w / total).powi(2) / (f64::from(n) * w / total))
            .sum();
        // Seven cuts, six degrees of freedom: beyond 22.46 with probability 0.001.
        assert_eq!(cuts.len(), 7);
        assert!(chi_square < 22.46, "alpha {alpha}: {chi_square}");
    }
}

#[test]
fn a_large_alpha_is_the_best_cut_and_bad_ones_are_refused() {
    let training = train(&CORPUS, &UnigramOptions { pieces: 12, ..UnigramOptions::default() }).unwrap();
    let model = training.model("<unk>").unwrap();
    let mut rng = rng(1, "cold");
    assert_eq!(model.sample("lowest", 1e4, &mut rng).unwrap().spans, model.best("lowest").spans);
    for alpha in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(model.sample("low", alpha, &mut rng), Err(UnigramError::BadOption { .. })));
    }
}

#[test]
fn one_step_of_expectation_maximisation_by_hand() {
    // "aa" once; pieces a, and aa occurs once, so only "a" is a seed: nothing to learn.
    let one = train(&[("aa", 1)], &UnigramOptions::default()).unwrap();
    assert_eq!(one.pieces, [("a".to_string(), 0.0)]);
    // "aa" twice: seeds a (4 · 1) and aa (2 · 2), so 1/2 each. P(aa) = 1/2 + 1/4; the share of the whole is
    // 2/3. Expected: aa 2·2/3 = 4/3, a 2·2·1/3 = 4/3; so 1/2 each is where it stays.
    let plain = UnigramOptions { estimate: Estimate::Likelihood, ..UnigramOptions::default() };
    let two = train(&[("aa", 2)], &plain).unwrap();
    let before = 2.0 * 0.75f64.ln();
    assert!(two.rounds[0].log_likelihoods.iter().all(|&l| (l - before).abs() < 1e-12));
    assert!(two.pieces.iter().all(|(_, p)| (p - 0.5f64.ln()).abs() < 1e-12));
    // Under the prior ψ(4/3) − ψ(8/3), where ψ(4/3) = ψ(1/3) + 3, ψ(8/3) = ψ(2/3) + 3/2 + 3/5 and
    // ψ(2/3) − ψ(1/3) = π/√3.
    let p = (0.9 - std::f64::consts::PI / 3f64.sqrt()).exp();
    let two = train(&[("aa", 2)], &UnigramOptions::default()).unwrap();
    assert!(close(two.rounds[0].log_likelihoods[1], 2.0 * (p + p * p).ln()));
}

#[test]
fn pruning_keeps_the_size_asked_for_and_the_alphabet() {
    let size = |pieces| {
        let training = train(&CORPUS, &UnigramOptions { pieces, ..UnigramOptions::default() }).unwrap();
        for pair in training.rounds.windows(2) {
            assert_eq!(pair[1].pieces, pair[0].pieces - pair[0].dropped - pair[0].pruned);
        }
        (training.pieces.len(), training.rounds.iter().map(|round| round.pruned).sum::<usize>())
    };
    assert_eq!(size(1000).1, 0);
    assert_eq!(size(10).0, 10);
    assert_eq!(size(0).0, 8); // l o w e r n s t
}

#[test]
fn unknown_characters() {
    let pieces = |extra: &[&str]| {
        let names = ["<unk>", "a"].iter().chain(extra);
        names.map(|name| (name.to_string(), -1.0)).collect::<Vec<_>>()
    };
    let fused = Unigram::new(pieces(&[]), Some(0)).unwrap();
    assert_eq!(fused.encode_word("a我们a").unwrap(), [(1, 0..1), (0, 1..7), (1, 7..8)]);
    let none = Unigram::new(pieces(&[]), None).unwrap();
    let error = UnigramError::UnknownCharacter { character: '我', offset: 1 };
    assert_eq!(none.encode_word("a我"), Err(error));
    let bytes = ["<0xE6>", "<0x88>", "<0x91>"];
    let bytes = Unigram::new(pieces(&bytes), Some(0)).unwrap().with_unknown(Unknown::Bytes);
    assert_eq!(bytes.encode_word("我").unwrap(), [(2, 0..3), (3, 0..3), (4, 0..3)]);
    assert_eq!(bytes.encode_word("们").unwrap(), [(0, 0..3)]);
    assert_eq!(bytes.encode_word("").unwrap(), []);
}

#[test]
fn bad_models_and_options_are_refused() {
    let new = |pieces: &[(&str, f64)], unknown| {
        Unigram::new(pieces.iter().map(|(name, p)| (name.to_string(), *p)).collect(), unknown)
    };
    assert_eq!(new(&[], None), Err(UnigramError::NoPieces));
    assert_eq!(new(&[("", 0.0)], None), Err(UnigramError::EmptyPiece { id: 0 }));
    for bad in [f64::NAN, f64::INFINITY, -1e300] {
        assert!(matches!(new(&[("a", bad)], None), Err(UnigramError::BadScore { .. })));
    }
    assert!(matches!(new(&[("a", 0.0), ("a", 0.0)], None), Err(UnigramError::Twice { .. })));
    assert_eq!(new(&[("a", 0.0)], Some(1)), Err(UnigramError::NoUnknown { id: 1, last: 0 }));
    let model = new(&[("a", 0.0)], None).unwrap();
    assert!(matches!(model.best_cuts("aaa", usize::MAX), Err(UnigramError::TooLarge { .. })));
    let good = UnigramOptions::default();
    for options in [
        UnigramOptions { max_chars: 0, ..good },
        UnigramOptions { em_steps: 0, ..good },
        UnigramOptions { keep: 1.0, ..good },
        UnigramOptions { keep: f64::NAN, ..good },
    ] {
        assert!(matches!(train(&CORPUS, &options), Err(UnigramError::BadOption { .. })));
    }
    assert_eq!(train::<&str>(&[], &good), Err(UnigramError::EmptyCorpus));
    assert_eq!(train(&[("", 1), ("a", 0)], &good), Err(UnigramError::EmptyCorpus));
}

#[test]
fn a_word_of_a_million_characters_is_cut() {
    let model = Unigram::new(vec![("a".into(), -1.0), ("aa".into(), -1.5)], None).unwrap();
    let word = "a".repeat(1_000_000);
    assert_eq!(model.best(&word).spans.len(), 500_000);
    assert!(model.log_probability(&word).is_finite());
}
