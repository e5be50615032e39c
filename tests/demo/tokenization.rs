//! The tokenizer's own files: a corpus, a tokenizer.json written and read.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{demo, path, refused, says_in_one_line};

const NINE: &str = "low low low lower lower newest newest newest newest\n";

fn run(args: &[&str]) -> super::Run {
    demo(&[&["tokenization", "--no-claims"], args].concat())
}

fn written(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let file = folder.join(name);
    fs::write(&file, content).unwrap();
    path(&file).to_string()
}

/// The rows of a table of the page.
fn rows(args: &[&str], id: &str) -> Value {
    let run = run(&[args, &["--format", "json"]].concat());
    assert_eq!(run.status, 0, "{}", run.err);
    let page: Value = serde_json::from_str(&run.out).unwrap();
    let table = page["blocks"].as_array().unwrap().iter().find(|block| block["id"] == id);
    table.unwrap()["rows"].clone()
}

#[test]
fn it_is_found_under_other_names() {
    let own = run(&[]).out;
    for alias in ["bpe", "wordpiece"] {
        assert_eq!(demo(&[alias, "--no-claims"]).out, own);
    }
}

/// Ids alone do not show that they are neither cut nor padded, nor that tokens beside a model are not read.
#[test]
fn what_of_a_file_is_not_used_stands_beside_the_ids() {
    let folder = tempfile::tempdir().unwrap();
    let text = written(folder.path(), "text.txt", "a<|new|> b\n");
    let file = written(
        folder.path(),
        "own.json",
        r#"{"truncation": {"max_length": 2}, "padding": null, "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0}}}"#,
    );
    let model =
        fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/tokenizer/sp-unigram.model"))
            .unwrap();
    let inner = folder.path().join("model");
    fs::create_dir(&inner).unwrap();
    written(&inner, "spiece.model", model);
    written(&inner, "added_tokens.json", r#"{"<|new|>": 600}"#);
    written(
        &inner,
        "tokenizer_config.json",
        r#"{"add_bos_token": true, "add_eos_token": false, "added_tokens_decoder": {"600": {"content": "<|new|>"}, "0": {"content": "<unk>"}}}"#,
    );
    for (load, wanted) in [
        (file.as_str(), "truncation"),
        (path(&inner), "added_tokens.json · tokenizer_config.json: added_tokens_decoder, add_bos_token"),
    ] {
        for (lang, said) in [("en", "of this file not used: "), ("zh", "没有用到的部分：")] {
            let run = demo(&["tokenization", "--load", load, "--ids", &text, "--lang", lang]);
            assert_eq!(run.status, 0, "{}", run.err);
            assert!(run.out.trim().split(' ').all(|id| id.parse::<u32>().is_ok()), "{}", run.out);
            assert!(
                run.err.contains(&format!("{said}{wanted}")) && run.err.lines().count() == 1,
                "{}",
                run.err
            );
        }
    }
}

#[test]
fn a_text_with_signs_of_markdown_is_shown_as_typed() {
    let typed = "a *b* <i> `c` _d_ [[text]] &lt; ~~e~~";
    for lang in ["en", "zh"] {
        let run = run(&["--lang", lang, "--text", typed]);
        assert!(run.out.replace('\n', " ").contains(&format!("“{typed}”")), "{}", run.out);
    }
}

#[test]
fn a_small_corpus_stops_early_and_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "nine.txt", NINE);
    let run = run(&["--corpus", &file, "--vocab", "5000", "--text", "lowest"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.contains("too small for 5000: training stopped at 268,"), "{}", run.out);
    assert!(run.out.contains("too short to hold a part of it out"));
    for (algorithm, made) in [("bpe", "stopped at 12,"), ("wordpiece", "stopped at 9,")] {
        let run = self::run(&["--corpus", &file, "--merges", "50", "--algorithm", algorithm]);
        assert!(run.out.contains(made), "{algorithm}: {}", run.out);
    }
}

#[test]
fn the_base_decides_what_is_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "nine.txt", NINE);
    let tokens = |base: &str| -> Vec<String> {
        let rows = rows(&["--corpus", &file, "--base", base, "--text", "zebra"], "chain");
        rows.as_array().unwrap().iter().map(|row| row[0].as_str().unwrap().to_string()).collect()
    };
    assert_eq!(tokens("char"), ["[UNK]", "e", "[UNK]", "r", "[UNK]"]);
    assert_eq!(tokens("byte"), ["z", "e", "b", "r", "a"]);
}

#[test]
fn a_text_that_does_not_come_back_is_shown_as_it_does() {
    let text = ["--text", "Café 🙂"];
    let with = |args: &[&str]| run(&[&text, args].concat()).out;
    assert!(!with(&[]).contains("decode to"));
    assert!(with(&["--base", "char"]).contains("its ids decode to “"), "{}", with(&["--base", "char"]));
    assert!(with(&["--algorithm", "wordpiece"]).contains("its ids decode to “cafe [UNK]”"));
    assert!(with(&["--algorithm", "wordpiece", "--lang", "zh"]).contains("解码出来是“cafe [UNK]”"));
}

#[test]
fn a_unigram_model_merges_nothing_and_says_what_it_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "nine.txt", NINE);
    let unigram = |more: &[&str]| run(&[&["--algorithm", "unigram"], more].concat()).out;
    let small = unigram(&["--corpus", &file]);
    assert!(small.contains("too small for 2000: with the strings that it repeats"), "{small}");
    assert!(unigram(&["--vocab", "10"]).contains("more than the 10 asked for; no longer piece was kept"));
}

#[test]
fn another_encoding_is_named_with_the_remedy_and_half_a_character_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    // 我爱自然语言处理。
    let gbk = b"\xce\xd2\xb0\xae\xd7\xd4\xc8\xbb\xd3\xef\xd1\xd4\xb4\xa6\xc0\xed\xa1\xa3".repeat(300);
    let utf16: Vec<u8> = "low lower newest ".repeat(300).encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes, encoding) in [("gbk.txt", gbk, "GBK"), ("utf16.txt", utf16, "UTF-16LE")] {
        let file = written(folder.path(), name, bytes);
        for base in ["byte", "char"] {
            let args = ["tokenization", "--corpus", &file, "--base", base];
            refused(&args, &["--corpus", encoding, "iconv -f", "utf8.txt"]);
            refused(&[&args[..], &["--lang", "zh"]].concat(), &[encoding, "请先转换"]);
        }
    }
    let text = "我爱北京天安门。".repeat(300);
    let cut = written(folder.path(), "cut.txt", &text.as_bytes()[..text.len() - 1]);
    assert_eq!(run(&["--corpus", &cut]).status, 0);
    let marked = written(folder.path(), "marked.txt", format!("\u{feff}{NINE}"));
    assert_eq!(run(&["--corpus", &marked, "--merges", "50"]).out.matches("stopped at 12,").count(), 1);
}

#[test]
fn files_that_cannot_be_learned_from_are_refused_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let empty = written(folder.path(), "empty.txt", " \n\n");
    let missing = path(&folder.path().join("missing.txt")).to_string();
    let huge = folder.path().join("huge.txt");
    fs::File::create(&huge).unwrap().set_len(1 << 30).unwrap();
    let cases = [
        (empty.as_str(), "without a word", "一个词也没有"),
        (&missing, "cannot be read", "文件不存在"),
        (path(folder.path()), "cannot be read", "无法读取"),
        (path(&huge), "larger than 256 MiB", "超过上限 256 MiB"),
    ];
    for (file, en, zh) in cases {
        refused(&["tokenization", "--corpus", file], &["--corpus ", file, en]);
        refused(&["tokenization", "--corpus", file, "--lang", "zh"], &["--corpus ", file, zh]);
    }
}

#[test]
fn knobs_that_contradict_each_other_are_refused() {
    refused(&["tokenization", "--vocab", "300", "--merges", "20"], &["--vocab 300", "--merges 20"]);
    refused(&["tokenization", "--merges", "20", "--algorithm", "unigram"], &["--merges 20", "--vocab"]);
    refused(&["tokenization", "--vocab", "300", "--merges", "20", "--lang", "zh"], &["只给一个"]);
    for algorithm in ["wordpiece", "unigram"] {
        let args = ["tokenization", "--base", "char", "--algorithm", algorithm];
        refused(&args, &["--base char", "bpe", algorithm]);
        refused(&[&args[..], &["--lang", "zh"]].concat(), &["--base char", "只用于", algorithm]);
    }
}

#[test]
fn what_was_saved_cuts_the_same_when_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tokenizer.json");
    let text = "The newest lighthouse, 我爱你 2026 👍🏽 fn main() {}";
    for algorithm in [
        &["--base", "byte"][..],
        &["--base", "char"],
        &["--algorithm", "wordpiece"],
        &["--algorithm", "unigram"],
    ] {
        let cut = |args: &[&str]| rows(&[args, &["--text", text]].concat(), "chain");
        let saved = cut(&[algorithm, &["--vocab", "1500", "--save", path(&file)]].concat());
        assert_eq!(saved, cut(&["--load", path(&file)]), "{algorithm:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left behind");
    }
    let run = run(&["--load", path(&file)]);
    let words: Vec<&str> = run.out.split_whitespace().collect();
    assert!(words.join(" ").contains("(Unigram, 1500 tokens, loaded from "), "{}", run.out);
}

#[test]
fn a_refused_run_saves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "tokenizer.json", "old");
    refused(&["tokenization", "--save", &file, "--vocab", "3", "--merges", "3"], &["--vocab"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), "old");
    let run = demo(&["tokenization", "--no-claims", "--save", "no/such/folder/tokenizer.json"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    says_in_one_line(&run.err, &["--save", "no/such/folder/tokenizer.json", "create the folder first"]);
}

#[test]
fn a_tokenizer_that_cannot_be_read_is_refused_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.json");
    run(&["--vocab", "300", "--save", path(&whole)]);
    let text = fs::read_to_string(&whole).unwrap();
    let cases = [
        (
            written(folder.path(), "half.json", &text[..text.len() / 2]),
            "not readable as a JSON object",
            "无法按 JSON 对象读取",
        ),
        (
            written(folder.path(), "markov.json", r#"{"model": {"type": "Markov"}}"#),
            "not supported",
            "暂不支持",
        ),
        (written(folder.path(), "none.json", "{}"), "missing", "缺少字段"),
        (written(folder.path(), "bytes.json", b"{\xff"), "is damaged", "坏了"),
    ];
    for (file, en, zh) in &cases {
        refused(&["tokenization", "--load", file], &[file, en]);
        refused(&["tokenization", "--load", file, "--lang", "zh"], &[file, zh]);
    }
}

#[test]
fn a_long_text_draws_no_bar_where_nobody_looks_and_a_word_may_be_long() {
    let folder = tempfile::tempdir().unwrap();
    let long =
        written(folder.path(), "long.txt", "some words of a long text, over and over\n".repeat(60_000));
    let word = written(folder.path(), "word.txt", "ab".repeat(500_000));
    for file in [long, word] {
        let run = run(&["--corpus", &file]);
        assert_eq!((run.status, run.err.as_str()), (0, ""));
        assert!(!run.out.contains("NaN"));
    }
}

#[test]
fn ids_alone_are_text_for_another_program_and_the_tokenizer_is_saved_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    let text = written(folder.path(), "text.txt", "low\u{1b}[31m\n");
    let (model, out) = (folder.path().join("new.json"), folder.path().join("ids.txt"));
    let first = run(&["--vocab", "300", "--ids", &text, "--save", path(&model), "--out", path(&out)]);
    assert_eq!((first.status, first.out.as_str()), (0, ""), "{}", first.err);
    let back = run(&["--load", path(&model), "--ids", path(&out), "--decode"]);
    assert_eq!(back.out, "low\u{1b}[31m\n", "{}", back.err);
}
