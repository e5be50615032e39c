//! WordPiece: the table of the worked example, the fast trainer beside the readable one, cutting words.

use std::collections::BTreeSet;

use concepts::numerics::rng;
use concepts::tokenizer::wordpiece::{
    Criterion, Progress, Step, Ties, Until, WordPiece, WordPieceError, trace_training, train,
    train_with_progress,
};
use proptest::prelude::*;
use rand::Rng;

/// "low low low lower lower newest newest newest newest"
const CORPUS: [(&str, u64); 3] = [("low", 3), ("lower", 2), ("newest", 4)];
const CRITERIA: [Criterion; 4] =
    [Criterion::Ratio, Criterion::Likelihood, Criterion::Frequency, Criterion::Perplexity];

fn first(criterion: Criterion) -> Step {
    let (mut steps, _) = trace_training(&CORPUS, criterion, Ties::FirstMet, Until::Merges(1)).unwrap();
    steps.remove(0)
}

#[test]
fn the_table_before_the_first_merge() {
    let step = first(Criterion::Ratio);
    assert_eq!(step.tokens, 43);
    // Counts: l 5, ##o 5, ##w 9, ##e 10, ##r 2, n 4, ##s 4, ##t 4. The ratio as a fraction.
    let table = [
        ("l", "##o", 5, (1, 5), 10.759, 15.456),
        ("##o", "##w", 5, (1, 9), 7.820, 9.273),
        ("##w", "##e", 6, (1, 15), 6.319, 4.918),
        ("##e", "##r", 2, (1, 10), 2.917, 3.085),
        ("n", "##e", 4, (1, 10), 5.834, 6.577),
        ("##e", "##w", 4, (2, 45), 2.591, 0.395),
        ("##e", "##s", 4, (1, 10), 5.834, 6.577),
        ("##s", "##t", 4, (1, 4), 9.500, 13.308),
    ];
    assert_eq!(step.candidates.len(), table.len());
    for (c, (left, right, count, (above, below), estimate, gain)) in step.candidates.iter().zip(table) {
        assert_eq!((c.left.as_str(), c.right.as_str(), c.count, c.replaced), (left, right, count, count));
        assert_eq!(c.ratio, f64::from(above) / f64::from(below), "{left} {right}");
        assert_eq!(format!("{:.3}", c.estimated_gain), format!("{estimate:.3}"), "{left} {right}");
        assert_eq!(format!("{:.3}", c.likelihood_gain), format!("{gain:.3}"), "{left} {right}");
    }
}

#[test]
fn the_gain_is_that_of_the_likelihood_written_out() {
    // l + ##o: counts 5 5 9 10 2 4 4 4 of 43 become 5 9 10 2 4 4 4 of 38.
    let by_hand = |counts: &[f64]| -> f64 {
        let n: f64 = counts.iter().sum();
        counts.iter().map(|c| c * (c / n).ln()).sum()
    };
    let before = by_hand(&[5.0, 5.0, 9.0, 10.0, 2.0, 4.0, 4.0, 4.0]);
    let after = by_hand(&[5.0, 9.0, 10.0, 2.0, 4.0, 4.0, 4.0]);
    let step = first(Criterion::Likelihood);
    assert!((step.log_likelihood - before).abs() < 1e-12 * before.abs());
    assert!((step.best().likelihood_gain - (after - before)).abs() < 1e-12 * before.abs());
    assert!((step.perplexity - (-before / 43.0).exp()).abs() < 1e-12 * step.perplexity);
    assert!((step.best().perplexity - (-after / 38.0).exp()).abs() < 1e-12 * step.perplexity);
}

#[test]
fn each_criterion_has_its_own_order() {
    let orders = [
        (Criterion::Frequency, ["##we", "lo", "ne", "newe"].as_slice()),
        (Criterion::Ratio, &["##st", "lo", "low", "##er", "lower"]),
        (Criterion::Likelihood, &["lo", "##st", "low", "ne", "new"]),
        (Criterion::Perplexity, &["lo", "##st", "low", "##er", "lower"]),
    ];
    for (criterion, wanted) in orders {
        let until = Until::Merges(wanted.len());
        let (steps, training) = trace_training(&CORPUS, criterion, Ties::FirstMet, until).unwrap();
        let made: Vec<&str> = steps.iter().map(|step| step.best().merged.as_str()).collect();
        assert_eq!(made, wanted, "{criterion:?}");
        assert_eq!(training.pieces[8..], *wanted, "{criterion:?}");
        assert_eq!(train(&CORPUS, criterion, Ties::FirstMet, until).unwrap(), training);
    }
}

#[test]
fn the_first_merges_are_not_decided_by_the_tie_rule() {
    for (criterion, merged) in
        [(Criterion::Frequency, "##we"), (Criterion::Ratio, "##st"), (Criterion::Likelihood, "lo")]
    {
        assert_eq!((first(criterion).tied.len(), first(criterion).best().merged.as_str()), (1, merged));
    }
}

#[test]
fn overlapping_pairs_are_counted_and_replaced_differently() {
    let (steps, training) =
        trace_training(&[("xaaaa", 1)], Criterion::Frequency, Ties::FirstMet, Until::Merges(9)).unwrap();
    // x ##a ##a ##a ##a: three pairs ##a ##a, two replacements.
    assert_eq!((steps[0].best().count, steps[0].best().replaced), (3, 2));
    assert_eq!(training.words, [(vec!["xaaaa".to_string()], 1)]);
}

#[test]
fn training_stops_where_it_is_told_to_and_where_nothing_is_left() {
    let train = |until| train(&CORPUS, Criterion::Frequency, Ties::FirstMet, until).unwrap();
    assert_eq!(train(Until::Pieces(3)).pieces.len(), 8); // the alphabet stays whole
    assert_eq!(train(Until::Pieces(11)).pieces.len(), 11);
    let all = train(Until::Merges(usize::MAX));
    assert!(all.words.iter().all(|(pieces, _)| pieces.len() == 1));
    assert_eq!(train(Until::Merges(0)).merges, []);
}

#[test]
fn progress_counts_what_training_counts() {
    let seen = |until| {
        let mut seen: Vec<Progress> = Vec::new();
        train_with_progress(&CORPUS, Criterion::Frequency, Ties::FirstMet, until, &mut |p| seen.push(p))
            .unwrap();
        seen.iter().map(|p| (p.merges, p.done, p.wanted)).collect::<Vec<_>>()
    };
    assert_eq!(seen(Until::Merges(2)), [(1, 1, 2), (2, 2, 2)]);
    assert_eq!(seen(Until::Pieces(11)), [(1, 1, 3), (2, 2, 3), (3, 3, 3)]);
    assert_eq!(seen(Until::Pieces(3)), []);
    let all = seen(Until::Merges(usize::MAX));
    assert!(all.iter().all(|&(merges, done, wanted)| (done, wanted) == (merges, usize::MAX)));
}

/// Words of random letters, no two of them related: pairs abound, and no piece is rare.
fn random_words(words: usize) -> Vec<(String, u64)> {
    let mut random = rng(3, "random words");
    let mut letter = || char::from(b'a' + random.random_range(0..26u8));
    (0..words).map(|i| ((0..6 + i % 5).map(|_| letter()).collect(), 1 + i as u64 % 7)).collect()
}

fn distinct_pairs(words: &[(Vec<String>, u64)]) -> u64 {
    let pairs = words.iter().flat_map(|(pieces, _)| pieces.windows(2));
    pairs.collect::<BTreeSet<_>>().len() as u64
}

#[test]
fn the_work_of_a_merge_does_not_grow_with_the_number_of_pairs() {
    let corpus = random_words(6000);
    for criterion in CRITERIA {
        for ties in [Ties::FirstMet, Ties::SmallestIds] {
            let trained = |merges| {
                let mut scored = 0;
                let mut progress = |progress: Progress| scored = progress.scored;
                let until = Until::Merges(merges);
                let training = train_with_progress(&corpus, criterion, ties, until, &mut progress).unwrap();
                (scored, distinct_pairs(&training.words))
            };
            let ((before, fewer), (after, more)) = (trained(500), trained(1500));
            // Who looks at every pair before every merge looks at no fewer than this between the two.
            let scan = 1000 * fewer.min(more);
            assert!((after - before) * 4 < scan, "{criterion:?} {ties:?}: {} of {scan}", after - before);
        }
    }
}

#[test]
fn a_corpus_without_words_is_refused() {
    for corpus in [vec![], vec![("", 3)], vec![("low", 0)]] {
        for result in [
            train(&corpus, Criterion::Ratio, Ties::FirstMet, Until::Merges(1)),
            trace_training(&corpus, Criterion::Ratio, Ties::FirstMet, Until::Merges(1)).map(|(_, t)| t),
        ] {
            assert_eq!(result.unwrap_err(), WordPieceError::EmptyCorpus);
        }
    }
    let result = train(&[("ab", u64::MAX)], Criterion::Ratio, Ties::FirstMet, Until::Merges(1));
    assert_eq!(result.unwrap_err(), WordPieceError::TooManyTokens);
}

fn model(pieces: &[&str]) -> WordPiece {
    WordPiece::new(pieces.iter().map(ToString::to_string).collect(), "[UNK]").unwrap()
}

#[test]
fn the_longest_match_cuts_lowest_as_the_written_answer_does() {
    // With the pieces that HF's trainer finds on this corpus; by rank of merges BPE never cuts it this way.
    let (ties, until) = (Ties::SmallestIds, Until::Merges(7));
    let mut pieces = vec!["[UNK]".to_string()];
    pieces.extend(train(&CORPUS, Criterion::Frequency, ties, until).unwrap().pieces);
    assert_eq!(pieces[9..], ["##we", "lo", "ne", "##st", "##west", "newest", "low"]);
    let model = WordPiece::new(pieces, "[UNK]").unwrap();
    assert_eq!(model.cut("lowest"), ["low", "##e", "##st"]);
    assert_eq!(model.cut("lowz"), ["[UNK]"]);
}

#[test]
fn what_cannot_be_cut_is_unknown_as_a_whole() {
    let model = model(&["[UNK]", "a", "##a", "ä", "##b", "##"]);
    assert_eq!(model.cut("aaab"), ["a", "##a", "##a", "##b"]);
    assert_eq!(model.cut("aaaz"), ["[UNK]"]);
    assert_eq!(model.encode_word("äb"), [(3, 0..2), (4, 2..3)]);
    assert_eq!(model.cut("äz"), ["[UNK]"]);
    assert_eq!(model.cut(""), [""; 0]);
    // The limit counts characters, not bytes.
    assert_eq!(model.cut(&"a".repeat(100)).len(), 100);
    assert_eq!(model.cut(&"a".repeat(101)), ["[UNK]"]);
    assert_eq!(model.cut(&"a".repeat(10_000_000)), ["[UNK]"]);
    assert_eq!(model.clone().with_max_chars(2).cut("äb").len(), 2);
    assert_eq!(model.clone().with_max_chars(1).cut("äb"), ["[UNK]"]);
}

#[test]
fn a_bad_vocabulary_is_refused() {
    let new = |pieces: &[&str]| WordPiece::new(pieces.iter().map(ToString::to_string).collect(), "[UNK]");
    assert!(matches!(new(&["a"]), Err(WordPieceError::NoUnknown { .. })));
    let twice = WordPieceError::Twice { piece: "a".into(), first: 1, second: 2 };
    assert_eq!(new(&["[UNK]", "a", "a"]), Err(twice));
}

/// Words over few letters, so that ties and overlaps abound; `#` provokes pieces that look like marks.
fn corpora() -> impl Strategy<Value = Vec<(String, u64)>> {
    prop::collection::vec(("[ab#]{0,7}", 0u64..4), 0..7)
}

/// More letters and more words, so that there are more pairs than are looked at before every merge.
fn larger_corpora() -> impl Strategy<Value = Vec<(String, u64)>> {
    let count = prop_oneof![3 => 1u64..4, 1 => 50u64..3000];
    prop::collection::vec(("[a-m#é]{1,12}", count), 20..50)
}

/// Every way to begin a word with a piece, longest first.
fn cut_by_hand(pieces: &[String], word: &str) -> Option<Vec<String>> {
    let chars: Vec<char> = word.chars().collect();
    let (mut start, mut out) = (0, Vec::new());
    while start < chars.len() {
        let mark = if start == 0 { "" } else { "##" };
        let piece = (start + 1..=chars.len())
            .rev()
            .map(|end| (end, format!("{mark}{}", chars[start..end].iter().collect::<String>())))
            .find(|(_, piece)| pieces.contains(piece))?;
        start = piece.0;
        out.push(piece.1);
    }
    Some(out)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn fast_and_readable_trainers_merge_the_same(corpus in corpora(), merges in 0usize..14) {
        for criterion in CRITERIA {
            for ties in [Ties::FirstMet, Ties::SmallestIds] {
                let readable = trace_training(&corpus, criterion, ties, Until::Merges(merges)).map(|(_, t)| t);
                prop_assert_eq!(train(&corpus, criterion, ties, Until::Merges(merges)), readable);
            }
        }
    }

    #[test]
    fn words_of_a_training_spell_the_corpus(corpus in corpora(), merges in 0usize..9) {
        let Ok(training) = train(&corpus, Criterion::Likelihood, Ties::FirstMet, Until::Merges(merges)) else {
            return Ok(());
        };
        let spell = |pieces: &[String]| -> String {
            let rest = pieces[1..].iter().map(|p| &p[2..]);
            std::iter::once(pieces[0].as_str()).chain(rest).collect()
        };
        let spelled: Vec<(String, u64)> = training.words.iter().map(|(w, c)| (spell(w), *c)).collect();
        let kept: Vec<(String, u64)> = corpus.into_iter().filter(|(w, c)| !w.is_empty() && *c > 0).collect();
        prop_assert_eq!(spelled, kept);
    }

    #[test]
    fn the_longest_match_is_the_longest(corpus in corpora(), word in "[ab#c]{0,8}", merges in 0usize..9) {
        let Ok(training) = train(&corpus, Criterion::Frequency, Ties::FirstMet, Until::Merges(merges)) else {
            return Ok(());
        };
        let mut pieces = training.pieces;
        pieces.push("[UNK]".into());
        let model = WordPiece::new(pieces.clone(), "[UNK]").unwrap();
        let wanted = cut_by_hand(&pieces, &word).unwrap_or_else(|| vec!["[UNK]".into()]);
        prop_assert_eq!(model.cut(&word), wanted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn fast_and_readable_trainers_merge_the_same_on_more_letters(corpus in larger_corpora()) {
        for criterion in CRITERIA {
            for ties in [Ties::FirstMet, Ties::SmallestIds] {
                let until = Until::Merges(60);
                let readable = trace_training(&corpus, criterion, ties, until).map(|(_, t)| t);
                prop_assert_eq!(train(&corpus, criterion, ties, until), readable, "{:?} {:?}", criterion, ties);
            }
        }
    }
}
