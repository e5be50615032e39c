//! A real model out of its file: the tiny one of `tests/fixtures/real`, and with `DEMO_MODEL=model.gguf` any other.

use std::fs;

use serde_json::Value;

use super::{demo, path, refused, says_at_most_to_wait, says_in_one_line};

const TINY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/real/tiny.gguf");
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/real/tiny");

fn page(args: &[&str]) -> Value {
    let run = demo(&[&["model"], args, &["--format", "json"]].concat());
    assert!(run.status == 0 && says_at_most_to_wait(&run.err), "{args:?}: {}", run.err);
    serde_json::from_str(&run.out).expect("JSON")
}

/// The rows of a table of the page.
fn rows(page: &Value, id: &str) -> Vec<Value> {
    let blocks = page["blocks"].as_array().expect("blocks");
    let table = blocks.iter().find(|block| block["id"] == id);
    table.and_then(|table| table["rows"].as_array()).cloned().unwrap_or_default()
}

#[test]
fn the_page_is_whole_in_both_languages_and_formats() {
    let parts = [
        ("en", ["Tiny tale teller", "KV head", "Q8_0", "bits a byte", "The most probable next tokens"]),
        ("zh", ["Tiny tale teller", "KV 头", "Q8_0", "每字节的比特数", "最可能的下一个 token"]),
    ];
    for (lang, parts) in parts {
        for model in [TINY, FOLDER] {
            let run = demo(&["model", model, "--lang", lang, "--tokens", "600"]);
            assert_eq!((run.status, run.err.as_str()), (0, ""));
            let (name, kind) = (parts[0], parts[2]);
            let here = parts.iter().filter(|part| model == TINY || **part != name && **part != kind);
            here.for_each(|part| assert!(run.out.contains(part), "{lang}: no {part:?} in {}", run.out));
            assert!(run.out.lines().all(|line| line.chars().count() <= 100), "{}", run.out);
        }
        let markdown = demo(&["model", TINY, "--lang", lang, "--tokens", "600", "--format", "markdown"]);
        assert!(markdown.out.starts_with("# Tiny tale teller\n"), "{}", markdown.out);
    }
}

/// Times are for a person: what another program reads is a function of the file and the flags.
#[test]
fn the_same_file_gives_the_same_page() {
    let args = [TINY, "--tokens", "300", "--seed", "3"];
    let [one, other] = [(); 2].map(|()| demo(&[&["model"], &args[..], &["--format", "json"]].concat()).out);
    assert!(one == other && !one.contains("GB/s"));
    assert!(demo(&[&["model"], &args[..]].concat()).out.contains("GB/s"));
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("model.md");
    let run = demo(&["model", TINY, "--tokens", "600", "--format", "markdown", "--out", path(&out)]);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{}", run.err);
    let written = fs::read_to_string(&out).unwrap();
    assert!(written.contains("](model-positions.svg)") && !written.contains("Saved"), "{written}");
    assert!(folder.path().join("model-positions.svg").exists());
}

#[test]
fn a_file_and_its_folder_say_the_same() {
    let [file, folder] =
        [TINY, FOLDER].map(|model| page(&[model, "--tokens", "300", "--prompt", "The old "]));
    let tokens = |page: &Value| rows(page, "next").iter().map(|row| row[1].to_string()).collect::<Vec<_>>();
    assert_eq!(tokens(&file)[..3], tokens(&folder)[..3]);
    let nats = |page: &Value| rows(page, "prediction")[0][1].as_f64().unwrap();
    assert!((nats(&file) - nats(&folder)).abs() < 0.05, "{} {}", nats(&file), nats(&folder));
    // It has learned something.
    assert!(nats(&file) < 0.6 * f64::ln(384.0));
    let sums: Vec<f64> = rows(&file, "next").iter().map(|row| row[4].as_f64().unwrap()).collect();
    assert!(sums.len() == 10 && sums.windows(2).all(|pair| pair[0] <= pair[1]) && sums[9] <= 1.0 + 1e-9);
}

#[test]
fn what_is_no_model_is_refused_in_one_line_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        path(&file).to_string()
    };
    let whole = fs::read(TINY).unwrap();
    let mut foreign = whole.clone();
    let at = foreign.windows(5).position(|part| part == b"llama").unwrap();
    foreign[at..at + 5].copy_from_slice(b"mamba");
    let cases = [
        (file("cut.gguf", &whole[..whole.len() / 2]), "cut off", "不完整"),
        (file("text.gguf", b"hello, world"), "this is no GGUF file", "不是 GGUF 文件"),
        (file("page.gguf", b"<!doctype html><html>"), "this is a web page", "这是网页"),
        (file("mamba.gguf", &foreign), "\"mamba\" is not run", "不支持架构“mamba”"),
        (path(folder.path()).to_string(), "there is no config.json", "没有 config.json"),
        ("/no/such/model.gguf".into(), "cannot be read", "无法读取"),
    ];
    for (model, english, chinese) in &cases {
        refused(&["model", model], &[model, english, "demo model --help"]);
        let run = demo(&["model", model, "--lang", "zh"]);
        assert_eq!((run.status, run.out.as_str()), (2, ""));
        says_in_one_line(&run.err, &[chinese]);
    }
    refused(&["model"], &["which model?"]);
    refused(&["model", TINY, TINY], &["one model at a time, not 2"]);
    refused(&["model", TINY, "--text", "a", "--text-file", "b"], &["--text and --text-file"]);
    refused(&["model", TINY, "--window", "1"], &["--window 1", "from 2"]);
}

/// A copy of the folder with one file changed.
fn folder_with(file: &str, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(FOLDER).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let path = folder.path().join(file);
    fs::write(&path, change(fs::read(&path).unwrap_or_default())).unwrap();
    folder
}

/// A clone without git-lfs, a file that was saved from a web page, one that is cut: which file, and what to do.
#[test]
fn what_lies_in_the_place_of_a_file_of_a_folder_is_named() {
    let pointer = || b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 7\n".to_vec();
    let page = || b"<!DOCTYPE html>\n<html></html>\n".to_vec();
    let cases: [(&str, Vec<u8>, &str, &str); 5] = [
        ("model.safetensors", pointer(), "git lfs pull", "git lfs pull"),
        ("tokenizer.json", pointer(), "git lfs pull", "git lfs pull"),
        ("config.json", page(), "it is a web page", "这是网页"),
        (
            "model.safetensors",
            fs::read(format!("{FOLDER}/model.safetensors")).unwrap()[..90_000].to_vec(),
            "fetch it again",
            "请重新下载",
        ),
        ("model.safetensors", Vec::new(), "it is empty", "请重新下载"),
    ];
    for (file, bytes, english, chinese) in cases {
        let folder = folder_with(file, |_| bytes);
        refused(&["model", path(folder.path())], &[english]);
        let run = demo(&["model", path(folder.path()), "--lang", "zh"]);
        says_in_one_line(&run.err, &[chinese]);
        // Of the weights the file is named, be it one of several.
        assert!(file != "model.safetensors" || run.err.contains(file), "{}", run.err);
    }
    let load = folder_with("tokenizer.json", |_| pointer());
    refused(&["tokenization", "--load", path(load.path())], &["--load", "git lfs pull"]);
    let config = folder_with("config.json", |_| pointer());
    refused(&["heads", "--config", path(&config.path().join("config.json"))], &["git lfs pull"]);
}

#[test]
fn a_weight_that_is_no_number_is_named_with_its_tensor() {
    let folder = folder_with("model.safetensors", |mut bytes| {
        bytes.splice(bytes.len() - 2.., [0xff, 0xff]);
        bytes
    });
    refused(&["model", path(folder.path())], &["weights that are NaN or infinite: 1", "the tensor model."]);
}

#[test]
fn a_model_that_reads_less_than_the_usual_prompt_asks_for_another() {
    let folder = folder_with("config.json", |bytes| {
        String::from_utf8(bytes).unwrap().replace("_embeddings\": 256", "_embeddings\": 10").into_bytes()
    });
    refused(&["model", path(folder.path())], &["reads at most 10 tokens", "give a shorter --prompt"]);
    refused(
        &[
            "model",
            path(folder.path()),
            "--prompt",
            "bread rises, and rises, and rises, and rises, and rises, and rises",
        ],
        &["--prompt has", "shorten it"],
    );
}

/// The rotation that dynamic NTK makes stands still up to the length of training.
#[test]
fn a_model_with_dynamic_ntk_has_a_page() {
    let folder = folder_with("config.json", |bytes| {
        let text = String::from_utf8(bytes).unwrap();
        text.replace("\"rope_type\": \"default\"", "\"rope_type\": \"dynamic\", \"factor\": 2.0").into_bytes()
    });
    let nats = |model: &str| rows(&page(&[model, "--tokens", "300"]), "prediction")[0][1].as_f64();
    assert_eq!(nats(path(folder.path())), nats(FOLDER));
}

#[test]
fn the_tokenizer_of_a_file_of_weights_cuts_a_text_and_puts_it_together() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        path(&file).to_string()
    };
    let text = "The old clock struck 12, 猫.\n";
    let ids = |model: &str| demo(&["tokenization", "--load", model, "--ids", &file("text.txt", text)]).out;
    let own = ids(TINY);
    assert_eq!(own, ids(&format!("{FOLDER}/tokenizer.json")));
    let back = demo(&["tokenization", "--load", TINY, "--ids", &file("ids.txt", &own), "--decode"]).out;
    assert_eq!(back, text);
    // The weights are not needed for that.
    let whole = fs::read(TINY).unwrap();
    let cut = folder.path().join("cut.gguf");
    fs::write(&cut, &whole[..whole.len() - 1000]).unwrap();
    assert_eq!(own, ids(path(&cut)));
    let cut = file("head.gguf", "GGUF\u{3}\0\0\0");
    refused(&["tokenization", "--load", &cut], &["--load", "cut off"]);
    refused(&["tokenization", "--load", TINY, "--pattern", "qwen"], &["--pattern qwen"]);
}

#[test]
fn a_model_that_reads_next_to_nothing_is_refused_where_positions_are_moved() {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(TINY.replace(".gguf", "")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let config = folder.path().join("config.json");
    let short = fs::read_to_string(&config).unwrap().replace("_embeddings\": 256", "_embeddings\": 2");
    fs::write(&config, short).unwrap();
    for lesson in ["rope", "positions", "attention", "heads", "activations"] {
        let said = [folder.path().to_str().unwrap(), "reads 2 tokens at most"];
        refused(&[lesson, "--model", said[0], "--lang", "en"], &said);
    }
}

/// A real file, if one is named.
#[test]
fn a_real_model_is_shown() {
    let Some(model) = std::env::var_os("DEMO_MODEL") else { return };
    let model = model.to_str().expect("a path in UTF-8");
    let page = page(&[model, "--tokens", "512", "--window", "512"]);
    let row = &rows(&page, "prediction")[0];
    let (nats, blind) = (row[1].as_f64().unwrap(), row[4].as_f64().unwrap());
    assert!(nats < 0.6 * blind, "{nats} nats a token, {blind} without knowing anything");
    if page["title"] == "Smollm2 135M 8k Lc100K Mix1 Ep2" {
        // transformers in f32 on the same file and text.
        assert!((nats - 2.746).abs() < 0.01, "{nats}");
    }
    assert_eq!(rows(&page, "next").len(), 10);
}
