//! The fast trainer and encoder against their readable twins, on corpora full of ties and overlaps.

use concepts::tokenizer::bpe::{
    Base, Bpe, BpeOptions, ByteOrder, Encoder, Merge, Piece, TieRule, WordEnd, count_text, count_words,
    train, train_readable,
};
use concepts::tokenizer::pretokenize::Pretokenizer;
use concepts::tokenizer::{Symbol, TokenizerError, Vocabulary};
use proptest::prelude::*;

const BASES: [Base; 3] = [Base::Chars, Base::Bytes(ByteOrder::Value), Base::Bytes(ByteOrder::Gpt2)];
const ENDS: [WordEnd; 3] = [WordEnd::Unmarked, WordEnd::Symbol, WordEnd::Suffix];

/// Few letters and small counts: many ties, many runs.
fn corpus() -> impl Strategy<Value = Vec<(String, u64)>> {
    let word = prop_oneof!["[ab]{0,12}", "[abc]{0,8}", "a{0,9}", "[a-eé我🙂]{0,10}"];
    prop::collection::vec((word, 0u64..4), 0..14)
}

fn options() -> impl Strategy<Value = BpeOptions> {
    let parts = (0..3usize, 0..3usize, prop_oneof![Just(usize::MAX), 0usize..12], 0u64..4);
    parts.prop_map(|(base, end, merges, min_count)| BpeOptions {
        base: BASES[base],
        word_end: ENDS[end],
        merges,
        min_count,
        ..BpeOptions::default()
    })
}

/// Both trainers: merges and counts.
fn twins(words: &[(String, u64)], options: &BpeOptions) -> (Bpe, Bpe) {
    let (steps, slow) = train_readable(words, options).expect("the corpus is fine");
    let fast = train(words, options, &mut |_| {}).expect("the corpus is fine");
    assert_eq!(fast.counts, steps.iter().map(|step| step.count).collect::<Vec<_>>());
    assert!(fast.counts.is_sorted_by(|a, b| a >= b));
    (slow, fast.bpe)
}

/// Text with runs of what was trained on.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ab]{0,40}", "[abc]{0,300}", "a{0,300}", "[a-gé我🙂]{0,150}", any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_same_merges(words in corpus(), options in options()) {
        let (slow, fast) = twins(&words, &options);
        prop_assert_eq!(slow.merges(), fast.merges());
        prop_assert_eq!(slow.vocabulary(), fast.vocabulary());
    }

    #[test]
    fn the_same_tokens(words in corpus(), options in options(), text in text()) {
        prop_assume!(!text.contains("</w>"));
        let bpe = twins(&words, &options).1;
        let wanted = bpe.encode_word_readable(text.as_bytes()).expect("valid text");
        let mut encoder = Encoder::new(&bpe);
        prop_assert_eq!(encoder.pieces(text.as_bytes()).expect("valid text"), wanted.clone());
        // Twice: the second time from memory.
        let stand_in = |piece: &Piece| piece.id().unwrap_or(99_999);
        let wanted: Vec<u32> = wanted.iter().map(stand_in).collect();
        for _ in 0..2 {
            let mut ids = Vec::new();
            encoder.encode_word(text.as_bytes(), Some(99_999), &mut ids).expect("valid text");
            prop_assert_eq!(&ids, &wanted);
        }
    }

    /// Merges in any order, as a file may have them: not only in the order in which one learns them.
    #[test]
    fn the_same_tokens_under_any_merges(
        order in Just((0..8usize).collect::<Vec<_>>()).prop_shuffle(), text in "[ab]{0,220}",
    ) {
        let tokens = ["a", "b", "aa", "ab", "ba", "bb", "aab", "aaa", "abab", "bab"];
        let pairs = [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b"), ("a", "ab"), ("aa", "a"), ("ab", "ab"),
            ("b", "ab")];
        let pairs: Vec<(Symbol, Symbol)> =
            order.iter().map(|&i| (pairs[i].0.into(), pairs[i].1.into())).collect();
        let tokens = tokens.map(Symbol::from).to_vec();
        let bpe = Bpe::from_pairs(Base::Chars, WordEnd::Unmarked, tokens, &pairs).expect("whole");
        prop_assert_eq!(
            bpe.encode_word(text.as_bytes()).expect("valid text"),
            bpe.encode_word_readable(text.as_bytes()).expect("valid text")
        );
        // Short texts too, of which some are tokens: with and without knowing that.
        for end in 0..text.len().min(6) {
            let wanted = bpe.encode_word_readable(&text.as_bytes()[..end]).expect("valid text");
            let wanted: Vec<u32> = wanted.iter().filter_map(|piece| piece.id()).collect();
            let mut ids = Vec::new();
            Encoder::new(&bpe).encode_word(&text.as_bytes()[..end], None, &mut ids).expect("known letters");
            prop_assert_eq!(ids, wanted);
        }
    }

    #[test]
    fn any_bytes_come_back(words in corpus(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let options = BpeOptions { base: Base::Bytes(ByteOrder::Gpt2), ..BpeOptions::default() };
        let bpe = train(&words, &options, &mut |_| {}).expect("the corpus is fine").bpe;
        let mut encoder = Encoder::new(&bpe);
        let mut ids = Vec::new();
        for word in Pretokenizer::Gpt2.split_bytes(&bytes) {
            encoder.encode_word(word, None, &mut ids).expect("any bytes");
        }
        prop_assert_eq!(bpe.decode(&ids).expect("its own ids"), bytes);
    }

    #[test]
    fn words_are_counted_alike(text in "[ab \n]{0,60}") {
        let plain = count_words(Pretokenizer::Gpt2.split(&text));
        let plain: Vec<(Vec<u8>, u64)> =
            plain.into_iter().map(|(word, count)| (word.as_bytes().to_vec(), count)).collect();
        prop_assert_eq!(count_text(Pretokenizer::Gpt2, &text), plain);
    }
}

/// A text of several parts, whatever the number of threads.
#[test]
fn threads_change_nothing() {
    let text: String = (0..400_000u64).map(|i| format!("w{} ", i * i % 5003)).collect();
    for how in [Pretokenizer::Gpt2, Pretokenizer::Qwen, Pretokenizer::Whitespace] {
        let counted = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| count_text(how, &text))
        };
        let one = counted(1);
        assert!(text.len() > 1 << 21);
        assert_eq!(one, counted(3));
    }
}

#[test]
fn a_million_characters_without_a_space() {
    let text: String = (0..1_000_000u64).map(|i| char::from(b'a' + (i * i % 7 % 3) as u8)).collect();
    let options =
        BpeOptions { base: Base::Bytes(ByteOrder::Value), vocabulary: 400, ..BpeOptions::default() };
    let bpe = train(&[(&text, 1)], &options, &mut |_| {}).expect("the corpus is fine").bpe;
    let ids: Vec<u32> =
        bpe.encode_word(text.as_bytes()).expect("any bytes").iter().filter_map(|piece| piece.id()).collect();
    assert!(ids.len() < text.len() / 4);
    assert_eq!(bpe.decode(&ids).expect("its own ids"), text.as_bytes());
}

#[test]
fn a_corpus_that_is_too_small_says_so() {
    let words = [("low", 3), ("lower", 2), ("newest", 4)];
    let mut calls = Vec::new();
    let options = BpeOptions { vocabulary: 1000, ..BpeOptions::default() };
    let trained = train(&words, &options, &mut |progress| calls.push(progress)).expect("fine");
    assert!(!trained.complete);
    assert_eq!((trained.bpe.merges().len(), trained.bpe.vocabulary().len()), (9, 17));
    assert_eq!((calls.len(), calls[8].merges, calls[8].wanted, calls[8].count), (9, 9, 992, 2));
    let none: [(&str, u64); 0] = [];
    let trained = train(&none, &options, &mut |_| {}).expect("empty is fine");
    assert!(!trained.complete && trained.bpe.vocabulary().is_empty());
}

#[test]
fn what_is_refused() {
    let first = BpeOptions { tie: TieRule::First, ..BpeOptions::default() };
    assert_eq!(train(&[("a", 1)], &first, &mut |_| {}).unwrap_err(), TokenizerError::TieRuleNotFast);
    let (_, bpe) = train_readable(&[("ab", 1)], &BpeOptions::default()).expect("fine");
    let error = Encoder::new(&bpe).encode_word("a我".as_bytes(), None, &mut Vec::new()).unwrap_err();
    assert_eq!(error, TokenizerError::UnknownCharacter { character: '我' });
    let error = bpe.encode_word(b"a\xff").unwrap_err();
    assert!(matches!(error, TokenizerError::NotUtf8 { offset: 1, .. }));
    assert_eq!(bpe.decode(&[0, 3]).unwrap_err(), TokenizerError::NoSuchToken { id: 3, tokens: 3 });
    let model = |tokens: &[&str], merges: &[Merge]| {
        let vocabulary = Vocabulary::new(tokens.iter().map(|&token| token.into()).collect())?;
        Bpe::new(Base::Chars, WordEnd::Unmarked, vocabulary, merges.to_vec())
    };
    let merge = Merge { left: 0, right: 1, token: 2 };
    assert!(model(&["a", "b", "ab"], &[merge]).is_ok());
    for (tokens, merges) in [
        (&["a", "b", "a"][..], &[][..]),
        (&["a", "b", "ab"], &[merge, merge]),
        (&["a", "b", "ba"], &[merge]),
        (&["a", "b"], &[merge]),
    ] {
        assert!(model(tokens, merges).is_err());
    }
    let vocabulary = Vocabulary::new(vec!["a".into()]).expect("one token");
    let error = Bpe::new(Base::Bytes(ByteOrder::Value), WordEnd::Unmarked, vocabulary, vec![]).unwrap_err();
    assert_eq!(error, TokenizerError::MissingByte { byte: 0 });
}
