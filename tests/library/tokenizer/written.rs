//! Tokenizers trained here, written as `tokenizer.json` and read by Hugging Face's library: its ids, recorded
//! by `tests/fixtures/tokenizer/check.py`, are ours.

use concepts::tokenizer::bpe::{Base, BpeOptions, ByteOrder, count_words, train as train_bpe};
use concepts::tokenizer::files::to_json;
use concepts::tokenizer::pretokenize::{BertNormalizer, Pretokenizer, escape_spaces};
use concepts::tokenizer::unigram::{self, UnigramOptions};
use concepts::tokenizer::wordpiece::{Criterion, Ties, Until, WordPiece, train as train_wordpiece};
use concepts::tokenizer::{AddedToken, Allowed, Prepend, Spaces, Tokenizer};
use serde_json::Value;

const TEXT: &str = include_str!("../../fixtures/tokenizer/text.txt");
const IDS: &str = include_str!("../../fixtures/tokenizer/written/ids.json");
const FILES: [(&str, &str); 3] = [
    ("bpe", include_str!("../../fixtures/tokenizer/written/bpe.json")),
    ("wordpiece", include_str!("../../fixtures/tokenizer/written/wordpiece.json")),
    ("unigram", include_str!("../../fixtures/tokenizer/written/unigram.json")),
];

fn tokenizers() -> [(&'static str, Tokenizer); 3] {
    [("bpe", bpe()), ("wordpiece", wordpiece()), ("unigram", unigram())]
}

fn bpe() -> Tokenizer {
    let words = count_words(Pretokenizer::Qwen.split(TEXT));
    let base = Base::Bytes(ByteOrder::Gpt2);
    let options = BpeOptions { base, merges: 150, ..BpeOptions::default() };
    let bpe = train_bpe(&words, &options, &mut |_| {}).unwrap().bpe;
    Tokenizer::byte_level(bpe, Pretokenizer::Qwen)
        .with_added(vec![AddedToken::special("<|endoftext|>", 406)])
        .unwrap()
        .with_frame(vec![406], vec![])
        .unwrap()
}

fn wordpiece() -> Tokenizer {
    let normalizer = BertNormalizer::default();
    let text = normalizer.normalize(TEXT);
    let words = count_words(Pretokenizer::Bert.split(&text));
    let mut pieces = ["[UNK]", "[CLS]", "[SEP]"].map(String::from).to_vec();
    let until = Until::Pieces(350);
    pieces.extend(train_wordpiece(&words, Criterion::Likelihood, Ties::FirstMet, until).unwrap().pieces);
    Tokenizer::bert(WordPiece::new(pieces, "[UNK]").unwrap(), normalizer)
        .with_added(vec![AddedToken::special("[CLS]", 1), AddedToken::special("[SEP]", 2)])
        .unwrap()
        .with_frame(vec![1], vec![2])
        .unwrap()
}

fn unigram() -> Tokenizer {
    let lines: String = TEXT.lines().map(escape_spaces).collect();
    let words = count_words(Pretokenizer::Metaspace.split(&lines));
    let options = UnigramOptions { pieces: 300, ..UnigramOptions::default() };
    let model = unigram::train(&words, &options).unwrap().model("<unk>").unwrap();
    Tokenizer::sentencepiece(model).with_spaces(Spaces::Metaspace(Prepend::First))
}

#[test]
fn hugging_face_reads_what_is_written_and_gives_the_same_ids() {
    let recorded: Value = serde_json::from_str(IDS).unwrap();
    for (name, tokenizer) in tokenizers() {
        let texts = recorded["texts"].as_array().unwrap();
        let all_ids = recorded["ids"][name].as_array().unwrap();
        assert_eq!(texts.len(), all_ids.len());
        for (text, wanted) in texts.iter().zip(all_ids) {
            let text = text.as_str().unwrap();
            let ids = tokenizer.framed(&tokenizer.ids(text, Allowed::All).unwrap());
            let wanted: Vec<u64> = wanted.as_array().unwrap().iter().map(|id| id.as_u64().unwrap()).collect();
            assert!(ids.iter().map(|&id| u64::from(id)).eq(wanted.iter().copied()), "{name}: {text:?}");
        }
    }
}

#[test]
fn the_files_that_were_read_are_those_that_are_written() {
    for ((name, tokenizer), (file, committed)) in tokenizers().iter().zip(FILES) {
        assert_eq!(*name, file);
        assert!(to_json(tokenizer).unwrap() == committed, "{name}: run the ignored test, then check.py");
    }
}

#[test]
#[ignore = "writes the fixtures anew"]
fn write_the_files() {
    for (name, tokenizer) in tokenizers() {
        let path = format!("{}/tests/fixtures/tokenizer/written/{name}.json", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(path, to_json(&tokenizer).unwrap()).unwrap();
    }
}
