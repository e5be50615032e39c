//! What is said of a command line that cannot be met.

use super::{demo, finish, program, refused, says_in_one_line};

#[test]
fn values_out_of_range_are_refused_with_the_range() {
    refused(&["attention", "--seq", "0"], &["--seq 0: ", "from 1 to ", "demo attention --help"]);
    refused(&["attention", "--seq", "-3"], &["--seq -3: ", "from 1 to "]);
    refused(&["attention", "--seq", "－３"], &["--seq －３: ", "from 1 to "]);
    refused(&["scaling", "--params", "-7B"], &["--params -7", "from 1000 to "]);
    refused(&["emergence", "--sizes", "-7B,7B"], &["--sizes -7B: "]);
    refused(&["attention", "--seq", "100000000"], &["--seq 100000000: ", "from 1 to "]);
    refused(&["attention", "--seq", "many"], &["--seq many: ", "whole number"]);
    refused(&["attention", "--text", ""], &["--text \"\": ", "not blank"]);
    refused(&["attention", "--seed", "x"], &["--seed x: ", "from 0 to "]);
    refused(&["attention", "--color", "red"], &["--color red: ", "auto, always, never"]);
    refused(&["attention", "--lang", "fr"], &["--lang fr: ", "en, zh"]);
    refused(&["decoding", "--p", "2"], &["--p 2: ", "from 0 to 1", "demo decoding --help"]);
    refused(&["decoding", "--beams", "0", "--lang", "zh"], &["--beams 0：请给出", "所有选项见"]);
    refused(&["decoding", "--prompt", "雪"], &["--prompt", "雪", "--text chinese"]);
    refused(&["decoding", "--prompt", "雪", "--lang", "zh"], &["--prompt", "雪", "--text chinese"]);
}

#[test]
fn knobs_that_do_not_go_together_are_refused() {
    refused(&["attention", "--heads", "3", "--d-model", "16"], &["3", "16", "demo attention --help"]);
}

#[test]
fn models_memory_and_files_that_cannot_be_are_named() {
    refused(&["heads", "--model", "lama-2-70b"], &["--model: there is no \"lama-2-70b\"", "llama-2-70b"]);
    refused(&["heads", "--compare", "llama-2-7b,foo"], &["--compare: there is no \"foo\""]);
    refused(&["heads", "--compare", ","], &["--compare: name at least one model"]);
    refused(&["heads", "--accelerator", "rtx-4095"], &["--accelerator: ", "the nearest are RTX 4090"]);
    refused(&["heads", "--accelerator", "rtx"], &["the nearest are RTX"]);
    refused(&["heads", "--memory", "80"], &["--memory: \"80\" is no size", "80GiB"]);
    refused(&["heads", "--memory", "80", "--lang", "zh"], &["--memory：“80”", "80GiB"]);
    refused(&["heads", "--devices", "0"], &["--devices 0: ", "from 1 to "]);
    refused(&["heads", "--config", "no-such.json"], &["--config no-such.json: cannot be read"]);
    refused(&["heads", "--context", "1000000000", "--batch", "1000000"], &["smaller context or batch"]);
    let file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().to_str().unwrap();
    let llama = r#"{"model_type":"llama","hidden_size":64,"num_hidden_layers":2,"num_attention_heads":4,"num_key_value_heads":3,"intermediate_size":128,"vocab_size":100}"#;
    std::fs::write(path, llama).unwrap();
    refused(&["heads", "--config", path], &[path, "4 query heads cannot share 3 key/value heads"]);
    std::fs::write(path, llama.replace("_heads\":3", "_heads\":null")).unwrap();
    assert_eq!(demo(&["heads", "--config", path, "--no-claims"]).status, 0);
}

/// Every published model has a page: encoders, two stacks, experts, windows and latent attention alike.
#[test]
fn every_published_model_can_be_looked_at() {
    for model in concepts::budget::published() {
        for accelerator in ["h100", "m2-ultra"] {
            let run = demo(&["heads", "--no-claims", "--model", &model.id, "--accelerator", accelerator]);
            assert!(run.status == 0 && !run.out.contains("NaN"), "{}: {}", model.id, run.err);
        }
    }
}

#[test]
fn an_unknown_lesson_is_named_with_the_nearest() {
    refused(&["atention"], &["no lesson \"atention\"; did you mean \"attention\"?", "(demo lists them all)"]);
    refused(&["check", "atention"], &["no lesson \"atention\"; did you mean \"attention\"?"]);
    refused(&["plots", "xyzzy"], &["no lesson \"xyzzy\" (demo lists them all)"]);
    refused(&["two\nlines\u{1b}[31m"], &["no lesson"]);
}

#[test]
fn an_unknown_flag_is_named_with_the_nearest() {
    refused(&["attention", "--headz", "2"], &["attention has no flag --headz; did you mean --heads?"]);
    refused(&["--nonsense"], &["there is no flag --nonsense", "demo --help"]);
}

#[test]
fn a_missing_value_is_asked_for_with_the_range() {
    refused(&["attention", "--seq"], &["--seq needs a value", "from 1 to ", "demo attention --help"]);
    refused(&["attention", "--seq", "--causal"], &["--seq needs a value"]);
    refused(&["--seed"], &["--seed needs a value", "demo --help"]);
    refused(&["attention", "--causal=yes"], &["--causal is a switch"]);
}

#[test]
fn flags_that_would_be_ignored_are_refused() {
    refused(&["--no-claims", "check"], &["check has no flag --no-claims"]);
    refused(&["--code"], &["--code goes with a lesson", "demo attention --code"]);
    refused(&["check", "--format", "markdown"], &["--format markdown: ", "text, json"]);
    refused(&["attention", "--code", "--format", "json"], &["leave out --format json"]);
    for more in [&["--section", "1"][..], &["--answer"], &["--brief"], &["C3"], &["--code"]] {
        let words = [&["attention", "--figures", "no/such/figures"], more].concat();
        refused(&words, &["no figure belongs to what is shown"]);
    }
}

#[test]
fn refusals_are_in_chinese_if_asked_for_wherever_the_flag_stands() {
    refused(&["--lang", "zh", "atention"], &["没有名为“atention”的课程，是不是想找“attention”？"]);
    refused(&["attention", "--seq", "0", "--lang", "zh"], &["--seq 0：请给出", "之间的整数", "所有选项见"]);
    refused(&["attention", "--headz", "--lang=zh"], &["attention 没有选项 --headz，是不是想用 --heads？"]);
    refused(&["attention", "--lang", "zh", "--seq"], &["--seq 后面缺少值"]);
    let run = demo(&["attention", "--lang", "zh", "--out", "no/such/folder/page.txt"]);
    assert_eq!(run.status, 1);
    says_in_one_line(&run.err, &["无法写入 no/such/folder/page.txt", "请先创建目录"]);
}

#[test]
fn the_language_follows_the_locale() {
    let mut chinese = program(&["attention", "--seq", "0"]);
    chinese.env("LC_ALL", "zh_CN.UTF-8");
    says_in_one_line(&finish(chinese).err, &["请给出"]);
}
