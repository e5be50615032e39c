//! Encoding that begins with whole characters, against the readable twin that begins with bytes: on
//! characters that share their bytes, so that merges across their edges are everywhere.

use concepts::tokenizer::bpe::{Base, Bpe, ByteOrder, Encoder, Pair, WordEnd};
use concepts::tokenizer::{Symbol, TokenId};
use proptest::prelude::*;

/// Of two, three and four bytes, with the same few bytes in other places.
const CHARACTERS: [&str; 12] = ["a", "b", "À", "Ā", "一", "丁", "丂", "乀", "倀", "倁", "😀", "😁"];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(0..CHARACTERS.len(), 0..40)
        .prop_map(|picks| picks.into_iter().map(|pick| CHARACTERS[pick]).collect())
}

/// Merges of pairs that stand side by side in a text, drawn at random one after the other: not only those
/// that a corpus would give.
fn merges(text: &str, picks: &[usize]) -> Vec<Pair> {
    let mut symbols: Vec<Symbol> = text.bytes().map(|byte| Symbol::from(&[byte][..])).collect();
    let mut merges: Vec<Pair> = Vec::new();
    for pick in picks {
        if symbols.len() < 2 {
            break;
        }
        let place = pick % (symbols.len() - 1);
        let pair = (symbols[place].clone(), symbols[place + 1].clone());
        symbols[place] = pair.0.joined(&pair.1);
        symbols.remove(place + 1);
        if !merges.contains(&pair) {
            merges.push(pair);
        }
    }
    merges
}

fn model(merges: &[Pair]) -> Bpe {
    let mut tokens: Vec<Symbol> = (0..=u8::MAX).map(|byte| Symbol::from(&[byte][..])).collect();
    for (left, right) in merges {
        let token = left.joined(right);
        if !tokens.contains(&token) {
            tokens.push(token);
        }
    }
    Bpe::from_pairs(Base::Bytes(ByteOrder::Value), WordEnd::Unmarked, tokens, merges).expect("whole")
}

fn check(bpe: &Bpe, word: &[u8]) {
    let pieces = bpe.encode_word_readable(word).expect("any bytes");
    let wanted: Vec<TokenId> = pieces.iter().filter_map(|piece| piece.id()).collect();
    let mut ids = Vec::new();
    Encoder::new(bpe).encode_word(word, None, &mut ids).expect("any bytes");
    assert_eq!(ids, wanted, "{word:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn the_same_tokens(
        source in text(), picks in prop::collection::vec(any::<usize>(), 0..60), text in text(),
    ) {
        let bpe = model(&merges(&source, &picks));
        check(&bpe, source.as_bytes());
        check(&bpe, text.as_bytes());
    }

    /// In an order in which nobody learns them.
    #[test]
    fn the_same_tokens_whatever_the_order(
        source in text(), picks in prop::collection::vec(any::<usize>(), 0..60), text in text(), seed in any::<u64>(),
    ) {
        let mut merges = merges(&source, &picks);
        let mut random = concepts::numerics::rng(seed, "order of merges");
        rand::seq::SliceRandom::shuffle(&mut merges[..], &mut random);
        let bpe = model(&merges);
        check(&bpe, source.as_bytes());
        check(&bpe, text.as_bytes());
    }

    /// Characters that are cut in two: then the neighbours are not those of text.
    #[test]
    fn the_same_tokens_of_no_text(
        source in text(), picks in prop::collection::vec(any::<usize>(), 0..60),
        from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(),
    ) {
        let bpe = model(&merges(&source, &picks));
        let bytes = source.as_bytes();
        let (from, to) = (from.index(bytes.len() + 1), to.index(bytes.len() + 1));
        check(&bpe, &bytes[from.min(to)..from.max(to)]);
    }
}
