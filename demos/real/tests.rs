//! The tiny model of `tests/fixtures/real`, in both formats and broken in every way.

use std::fs;
use std::path::{Path, PathBuf};

use concepts::decoder::Keeping;
use concepts::numerics::rng;
use concepts::tokenizer::Message;
use rand::Rng;
use serde_json::Value;

use super::{Format, Real, no_ends_beside, open, tokenizer_in_gguf};
use crate::kit::text::Lang;

/// What the fast decoder in `f32` may be off from PyTorch in `f64`, in logits of a few units.
const FAST: f64 = 1e-4;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/real")
}

fn tiny() -> Real {
    open(&folder().join("tiny.gguf"), "model").expect("a whole file")
}

fn wanted() -> Value {
    let text = fs::read_to_string(folder().join("tiny.json")).expect("the fixture");
    serde_json::from_str(&text).expect("JSON")
}

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).expect("a list of numbers")
}

/// The fast and the readable model give the logits of transformers.
fn as_transformers_has_it(real: &Real, of: &str) {
    let wanted = wanted();
    let ids = real.ids(wanted["prompt"].as_str().expect("a text")).expect("any text has ids");
    assert_eq!(Value::from(ids.clone()), wanted["ids"]);
    let logits = numbers(&wanted[of]);
    let fast = real.fast().expect("its own weights");
    let fast = fast.decoder(Keeping::F32).expect("32 bits").pass(&ids).expect("known tokens");
    let twin = real.twin().expect("its own weights").decoder().pass(&ids).expect("known tokens");
    let last = ids.len() - 1;
    for (token, &wanted) in logits.iter().enumerate() {
        let (fast, twin) = (f64::from(fast[[last, token]]), twin[[last, token]]);
        assert!(
            (fast - wanted).abs() < FAST && (twin - wanted).abs() < FAST,
            "{token}: {fast} {twin} {wanted}"
        );
    }
}

#[test]
fn a_gguf_file_is_opened_with_all_that_is_in_it() {
    let real = tiny();
    as_transformers_has_it(&real, "logits of the file");
    assert_eq!(
        (real.name.as_str(), real.format, real.ends.as_slice()),
        ("Tiny tale teller", Format::Gguf, &[2][..])
    );
    assert_eq!((real.begin(), real.unused().count()), (None, 0));
    let chat = real.chat(&[Message { role: "user", content: "Hello!" }], None).expect("it has a template");
    assert_eq!(chat.expect("a template that is used"), wanted()["chat"].as_str().expect("a text"));
    let ids = real.ids("café 猫").expect("any text");
    assert_eq!(real.text(&ids), "café 猫");
    // The last character is three tokens, of a byte each.
    let shown: Vec<String> = ids[ids.len() - 4..].iter().map(|&id| real.shown(id)).collect();
    assert_eq!(shown, ["␣", r"\xE7", r"\x8C", r"\xAB"]);
    let hashes = real.hashes();
    assert_eq!((hashes.len(), hashes[0].0, hashes[0].1.len()), (1, "tiny.gguf", 64));
}

#[test]
fn a_folder_of_hugging_face_is_the_same_model() {
    let real = open(&folder().join("tiny"), "model").expect("a whole folder");
    as_transformers_has_it(&real, "logits of the folder");
    assert_eq!(
        (real.name.as_str(), real.format, real.ends.as_slice()),
        ("tiny", Format::SafeTensors, &[2][..])
    );
    let chat = real.chat(&[Message { role: "user", content: "Hello!" }], None).expect("it has a template");
    assert_eq!(chat.expect("a template that is used"), wanted()["chat"].as_str().expect("a text"));
    assert_eq!(real.parameters(), tiny().parameters());
}

/// A file with this content, and what is said when it is opened.
fn refused(name: &str, content: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, content).expect("a file");
    said(&path)
}

fn said(path: &Path) -> String {
    let refused = open(path, "").expect_err("it must be refused");
    let chinese = refused.0.get(Lang::Zh);
    assert!(chinese.chars().any(|c| ('一'..='龥').contains(&c)), "English in {chinese}");
    assert!(!refused.to_string().contains('\n') && !refused.to_string().contains('?'), "{refused}");
    refused.to_string()
}

#[test]
fn what_is_no_model_is_refused_with_what_it_is() {
    let cases: [(&str, &[u8], &str); 7] = [
        ("model.gguf", b"", "the file is empty"),
        ("model.gguf", b"version https://git-lfs.github.com/spec/v1\n", "a pointer of Git LFS"),
        ("model.safetensors", b"\x08\0\0\0\0\0\0\0{}      ", "give the folder"),
        ("pytorch_model.bin", b"PK\x03\x04", "a file of PyTorch"),
        ("model.bin", b"\x7fELF", "this is no GGUF file"),
        ("model.gguf", b"GGUF\x01\0\0\0", "version 1"),
        ("model.gguf", b"GGUF\0\0\0\x03", "big-endian"),
    ];
    for (name, content, expected) in cases {
        let said = refused(name, content);
        assert!(said.contains(expected), "{name}: {said}");
    }
    assert!(said(Path::new("/no/such/model.gguf")).contains("cannot be read"));
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_refused() {
    let whole = fs::read(folder().join("tiny.gguf")).expect("the fixture");
    for eighth in 1..8 {
        let said = refused("cut.gguf", &whole[..whole.len() * eighth / 8]);
        assert!(said.contains("cut off") || said.contains("no room"), "{eighth}: {said}");
    }
    assert!(refused("cut.gguf", &whole[..whole.len() - 1]).contains("cut off"));
}

/// The fixture with one of its texts replaced by another of the same length.
fn changed(from: &str, to: &str) -> String {
    assert_eq!(from.len(), to.len());
    let mut bytes = fs::read(folder().join("tiny.gguf")).expect("the fixture");
    let places = 0..bytes.len() - from.len();
    for at in places {
        if &bytes[at..at + from.len()] == from.as_bytes() {
            bytes[at..at + from.len()].copy_from_slice(to.as_bytes());
        }
    }
    refused("changed.gguf", &bytes)
}

#[test]
fn unknown_models_and_tokenizers_are_named_with_those_that_are_known() {
    let said = changed("llama", "mamba");
    assert!(said.contains("\"mamba\"") && said.contains("llama") && said.contains("qwen3"), "{said}");
    let said = changed("smollm", "klingo");
    assert!(said.contains("\"klingo\"") && said.contains("tokenizer.json"), "{said}");
    assert!(changed("llama.block_count", "llama.block_cound").contains("llama.block_count"));
}

#[test]
fn weights_that_are_not_there_are_refused_when_the_model_is_made() {
    let mut bytes = fs::read(folder().join("tiny.gguf")).expect("the fixture");
    let name = b"blk.1.ffn_up.weight";
    let at = bytes.windows(name.len()).position(|part| part == name).expect("a tensor of the fixture");
    bytes[at + 4] = b'7';
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("model.gguf");
    fs::write(&path, bytes).expect("a file");
    let real = open(&path, "load").expect("its directory is whole");
    for refused in [real.fast().err(), real.twin().err()] {
        let said = refused.expect("a tensor is missing").to_string();
        assert!(said.starts_with("--load ") && said.contains("\"blk.1.ffn_up.weight\" is missing"), "{said}");
    }
}

#[test]
fn a_folder_that_lacks_something_is_told_what() {
    let from = folder().join("tiny");
    for lacks in ["config.json", "tokenizer.json", "model.safetensors"] {
        let to = tempfile::tempdir().expect("a folder");
        for entry in fs::read_dir(&from).expect("the fixture").flatten() {
            if entry.file_name() != lacks {
                fs::copy(entry.path(), to.path().join(entry.file_name())).expect("a copy");
            }
        }
        let said = said(to.path());
        assert!(said.contains(&format!("there is no {lacks}")), "{said}");
    }
    assert!(said(&folder().join("tiny/..")).contains("there is no config.json"));
}

/// The model with one value of its metadata replaced by as many bytes, those that follow its name.
fn with_entry(key: &str, bytes: &[u8]) -> Result<Real, String> {
    let mut whole = fs::read(folder().join("tiny.gguf")).expect("the fixture");
    let at = whole.windows(key.len()).position(|part| part == key.as_bytes()).expect("an entry");
    let from = at + key.len();
    whole[from..from + bytes.len()].copy_from_slice(bytes);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("model.gguf");
    fs::write(&path, whole).expect("a file");
    open(&path, "").map_err(|_| said(&path))
}

/// llama.cpp warns of such a token and goes on without it.
#[test]
fn an_end_that_is_no_token_is_named_and_not_used() {
    let value = |id: u32| [4_u32.to_le_bytes(), id.to_le_bytes()].concat();
    for key in ["bos_token_id", "eos_token_id"].map(|name| format!("tokenizer.ggml.{name}")) {
        for id in [u32::MAX, 384] {
            let real = with_entry(&key, &value(id)).expect("it can be run");
            assert_eq!(real.unused().collect::<Vec<_>>(), [format!("{key} = {id}")]);
            assert_eq!(real.ends.is_empty(), key.contains("eos"));
        }
        assert_eq!(with_entry(&key, &value(383)).expect("its last token").unused().count(), 0);
    }
}

/// Nor is it a token where the tokenizer alone is read: out of the file, and beside settings that name it.
#[test]
fn an_end_that_is_no_token_is_named_beside_the_tokenizer_alone() {
    let folder = folder_with(&[(
        "tokenizer_config.json",
        br#"{"eos_token": {"content": "<nothing>"}, "bos_token": "<|im_start|>"}"#,
    )]);
    let mut whole = fs::read(self::folder().join("tiny.gguf")).expect("the fixture");
    let key = b"tokenizer.ggml.eos_token_id";
    let at = whole.windows(key.len()).position(|part| part == key).expect("an entry") + key.len() + 4;
    whole[at..at + 4].copy_from_slice(&384_u32.to_le_bytes());
    let path = folder.path().join("model.gguf");
    fs::write(&path, whole).expect("a file");
    let of_gguf = tokenizer_in_gguf(&path, "load").map_err(|refused| refused.to_string());
    assert_eq!(
        of_gguf.expect("it can be read").expect("it is one").unused,
        ["tokenizer.ggml.eos_token_id = 384"]
    );
    let path = folder.path().join("tokenizer.json");
    let text = fs::read(&path).expect("the fixture");
    let loaded = concepts::tokenizer::files::from_bytes(&text, None).expect("a tokenizer");
    assert_eq!(no_ends_beside(&path, &loaded), ["tokenizer_config.json: eos_token = \"<nothing>\""]);
}

#[test]
fn a_name_of_blanks_is_none() {
    let blank = [&8_u32.to_le_bytes()[..], &16_u64.to_le_bytes(), &[b' '; 16]].concat();
    assert_eq!(with_entry("general.name", &blank).expect("it can be run").name, "model");
}

#[test]
fn entries_of_another_type_are_refused_with_what_they_hold() {
    // The number of a type comes first: 5 is a whole number with a sign, 6 a fraction, 0 a small number.
    let typed = |kind: u32, value: [u8; 4]| [kind.to_le_bytes(), value].concat();
    let refused = |key: &str, bytes: &[u8]| with_entry(key, bytes).expect_err("another type");
    let said = refused("tokenizer.ggml.eos_token_id", &typed(6, 0.5_f32.to_le_bytes()));
    assert!(
        said.contains("tokenizer.ggml.eos_token_id is 0.5; it must be a whole number below 2^32"),
        "{said}"
    );
    let said = refused("tokenizer.ggml.bos_token_id", &typed(5, (-1_i32).to_le_bytes()));
    assert!(said.contains("tokenizer.ggml.bos_token_id is -1"), "{said}");
    let said = refused("tokenizer.ggml.add_bos_token", &[0, 0, 0, 0, 1]);
    assert!(said.contains("tokenizer.ggml.add_bos_token is 1; it must be true or false"), "{said}");
    // A list of fractions in the place of one of whole numbers.
    let said = refused("tokenizer.ggml.token_type", &[9, 0, 0, 0, 6, 0, 0, 0]);
    assert!(said.contains("tokenizer.ggml.token_type is [") && said.contains("a list of whole"), "{said}");
}

/// The folder with other small files.
fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let to = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(folder().join("tiny")).expect("the fixture").flatten() {
        fs::copy(entry.path(), to.path().join(entry.file_name())).expect("a copy");
    }
    files.iter().for_each(|(name, content)| fs::write(to.path().join(name), content).expect("a file"));
    to
}

#[test]
fn settings_of_a_folder_that_say_nothing_are_named() {
    let settings =
        br#"{"chat_template": 5, "add_bos_token": "yes", "eos_token": "<nothing>", "bos_token": 7}"#;
    let generation = br#"{"eos_token_id": [2, 99999, "2"], "bos_token_id": 384}"#;
    let config = fs::read_to_string(folder().join("tiny/config.json")).expect("the fixture");
    let config = config.replace("\"eos_token_id\": 2", "\"eos_token_id\": 385");
    let folder = folder_with(&[
        ("tokenizer_config.json", settings),
        ("generation_config.json", generation),
        ("config.json", config.as_bytes()),
    ]);
    let real = open(folder.path(), "").expect("it can be run");
    let unused: Vec<&str> = real.unused().collect();
    for field in [
        "tokenizer_config.json: chat_template = 5",
        "tokenizer_config.json: add_bos_token = \"yes\"",
        "tokenizer_config.json: eos_token = \"<nothing>\"",
        "tokenizer_config.json: bos_token = 7",
        "generation_config.json: eos_token_id = 99999",
        "generation_config.json: eos_token_id = \"2\"",
        "generation_config.json: bos_token_id = 384",
        "config.json: eos_token_id = 385",
    ] {
        assert!(unused.contains(&field), "{field}: {unused:?}");
    }
    assert_eq!(real.ends, [2]);
    let adds = folder_with(&[("tokenizer_config.json", br#"{"add_bos_token": true}"#)]);
    let real = open(adds.path(), "").expect("it can be run");
    assert!(real.unused().any(|field| field == "tokenizer_config.json: add_bos_token"));
}

#[test]
fn small_files_are_refused_for_what_they_are() {
    for (content, expected) in [
        ("[]", "tokenizer_config.json is not readable as a JSON object (it holds no object but [])"),
        ("null", "it holds no object but null"),
        (
            r#"{"eos_token": "a", "eos_token": "b"}"#,
            "\"eos_token\" stands in it twice, as \"a\" and as \"b\"",
        ),
    ] {
        let folder = folder_with(&[("tokenizer_config.json", content.as_bytes())]);
        let said = said(folder.path());
        assert!(said.contains(expected), "{said}");
    }
    let wide: Vec<u8> = "{\"model\": {}}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let said = said(folder_with(&[("tokenizer.json", &wide)]).path());
    assert!(said.contains("UTF-16LE"), "{said}");
}

/// Bytes turned, numbers made huge, ends cut off: what comes of it is a model or a refusal.
#[test]
fn a_damaged_file_is_opened_or_refused_and_never_more() {
    let whole = fs::read(folder().join("tiny.gguf")).expect("the fixture");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("model.gguf");
    let mut rng = rng(7, "damaged models");
    let (mut opened, mut refused) = (0, 0);
    for _ in 0..200 {
        let mut bytes = whole.clone();
        // Most of what can go wrong stands at the beginning.
        let most = if rng.random_bool(0.5) { 1_500 } else { bytes.len() };
        for _ in 0..rng.random_range(1..4) {
            let at = rng.random_range(0..most - 8);
            match rng.random_range(0..3) {
                0 => bytes[at] ^= 1 << rng.random_range(0..8),
                1 => bytes[at..at + 8].fill(rng.random()),
                _ => bytes[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes()),
            }
        }
        if rng.random_bool(0.1) {
            bytes.truncate(rng.random_range(0..most));
        }
        fs::write(&path, bytes).expect("a file");
        match open(&path, "") {
            Err(_) => refused += 1,
            Ok(real) => {
                opened += 1;
                let _ = (real.fast().is_ok(), real.twin().is_ok(), real.ids("The old clock 12").is_ok());
                let _ = real.chat(&[Message { role: "user", content: "Hello!" }], None);
            }
        }
    }
    assert!(opened > 20 && refused > 20, "{opened} opened, {refused} refused");
}
