//! The unigram model beside enumeration of all cuts; training and its promises.

use concepts::numerics::rng;
use concepts::tokenizer::unigram::{
    Cut, Unigram, UnigramError, UnigramOptions, Unknown, train, train_with_progress,
};
use proptest::prelude::*;

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
        let options = UnigramOptions { pieces, em_steps, ..UnigramOptions::default() };
        let Ok(training) = train(&corpus, &options) else {
            prop_assert!(corpus.iter().all(|(word, count)| word.is_empty() || *count == 0));
            return Ok(());
        };
        for round in &training.rounds {
            prop_assert_eq!(round.log_likelihoods.len(), em_steps + 1);
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
    fn progress_counts_up_to_the_number_of_steps_foretold(
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
        prop_assert_eq!(seen.len(), training.rounds.len() * (em_steps + 2));
        for (progress, done) in seen.iter().zip(1..) {
            prop_assert_eq!((progress.done, progress.wanted), (done, seen.len()));
        }
        prop_assert_eq!(seen.last().map(|progress| progress.pieces), Some(training.pieces.len()));
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
    let two = train(&[("aa", 2)], &UnigramOptions::default()).unwrap();
    let before = 2.0 * 0.75f64.ln();
    assert!(two.rounds[0].log_likelihoods.iter().all(|&l| (l - before).abs() < 1e-12));
    assert!(two.pieces.iter().all(|(_, p)| (p - 0.5f64.ln()).abs() < 1e-12));
}

#[test]
fn pruning_keeps_the_size_asked_for_and_the_alphabet() {
    let size = |pieces| {
        let training = train(&CORPUS, &UnigramOptions { pieces, ..UnigramOptions::default() }).unwrap();
        (training.pieces.len(), training.rounds.iter().map(|round| round.pruned.len()).sum::<usize>())
    };
    let (all, none) = size(1000);
    assert_eq!(none, 0);
    assert_eq!(size(10), (10, all - 10));
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
