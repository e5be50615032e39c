//! With lists of one pair and more: small corpora, too, then have pairs that are not listed.

use proptest::prelude::*;

use super::train_listing;
use crate::tokenizer::wordpiece::{Criterion, Ties, Until, trace_training};

const CRITERIA: [Criterion; 4] =
    [Criterion::Ratio, Criterion::Likelihood, Criterion::Frequency, Criterion::Perplexity];

/// From a few letters, with runs and ties, to many; from rare words to common ones, whose counts are rounded.
fn corpora() -> impl Strategy<Value = Vec<(String, u64)>> {
    let few = prop::collection::vec(("[ab#]{0,9}", 0u64..4), 0..12);
    let runs = prop::collection::vec(("a{0,9}b{0,3}a{0,5}", 1u64..3), 0..6);
    let many = prop::collection::vec(("[a-hé#]{1,9}", 1u64..3), 0..25);
    let common = prop::collection::vec(("[a-d]{1,7}", prop_oneof![1u64..4, 60u64..2000]), 0..25);
    // Two letters again and again: many ways to make the same piece, pairs that go and come back.
    let again = prop::collection::vec(("[ab]{3,14}", prop_oneof![1u64..9, 60u64..2000]), 4..16);
    prop_oneof![few, runs, many, common, again, rounded_alike()]
}

/// Pairs that occur equally often, whose left pieces have counts that differ, but not once they are rounded.
fn rounded_alike() -> impl Strategy<Value = Vec<(String, u64)>> {
    let extra = prop::collection::vec((60u64..72, any::<bool>()), 3..12);
    extra.prop_map(|extra| {
        let letters = ('a'..='m').zip('n'..='z');
        let words = letters.zip(extra).map(|((left, right), (count, long))| {
            [(String::from(left), count), (format!("{left}{right}{}", if long { "q" } else { "" }), 4)]
        });
        words.flatten().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn short_lists_find_the_merges_of_the_readable_trainer(corpus in corpora(), least in 1usize..9) {
        for criterion in CRITERIA {
            for ties in [Ties::FirstMet, Ties::SmallestIds] {
                let until = Until::Merges(30);
                let readable = trace_training(&corpus, criterion, ties, until).map(|(_, training)| training);
                let fast = train_listing(&corpus, criterion, ties, until, least, &mut |_| {});
                prop_assert_eq!(fast, readable, "{:?} {:?}", criterion, ties);
            }
        }
    }
}
