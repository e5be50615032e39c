//! The tables of times are the recorded runs, number for number: all of them beside the runs, three rows in the README.
//! What was not recorded stands nowhere, and a later run of the same case takes the place of an earlier one.

use std::collections::HashMap;
use std::path::Path;

const TABLES: &str = include_str!("../../benches/peers/README.md");
const ENGLISH: &str = include_str!("../../README.md");
const CHINESE: &str = include_str!("../../README.zh.md");
/// One file a day.
const RUNS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../benches/peers/recorded");

/// One implementation in one case.
type Row = HashMap<String, String>;

/// All rows, the latest day last.
fn all() -> Vec<Row> {
    let entries = std::fs::read_dir(Path::new(RUNS)).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let rows = |file| csv::Reader::from_path(file).unwrap().into_deserialize().map(|row| row.unwrap());
    files.into_iter().flat_map(rows).collect()
}

/// The rows on one thread.
fn recorded() -> Vec<Row> {
    all().into_iter().filter(|row| row["threads"] == "1").collect()
}

/// The rows of one case; all that were timed in turns, on the latest day on which it was. None if it never was.
fn case_on(threads: &str, work: &str, n: &str, causal: &str) -> Vec<Row> {
    let of = |row: &Row| {
        let place = ["threads", "work", "n", "causal"].map(|column| row[column].as_str());
        place == [threads, work, n, causal]
    };
    let mut rows: Vec<Row> = all().into_iter().filter(of).collect();
    let last = rows.last().map(|row| row["date"].clone());
    rows.retain(|row| Some(&row["date"]) == last.as_ref());
    rows
}

/// The rows of one case on one thread.
fn case(work: &str, n: &str, causal: &str) -> Vec<Row> {
    case_on("1", work, n, causal)
}

/// The ratio of an implementation; a dash if it was not timed.
fn ratio(case: &[Row], name: &str, decimals: usize) -> String {
    let row = case.iter().find(|row| row["implementation"].starts_with(name));
    row.map_or_else(|| "–".into(), |row| format!("{:.decimals$}×", number(row, "ratio_to_ours")))
}

/// Rows of a table: how each begins, and the whole row if its case was recorded. Those must stand in the table, and of
/// the others none may. `head` is the table's, for whoever writes it.
fn hold(head: &str, rows: &[(String, Option<String>)]) {
    let missing: Vec<&str> =
        rows.iter().filter_map(|(_, row)| row.as_deref()).filter(|row| !TABLES.contains(row)).collect();
    assert!(missing.is_empty(), "benches/peers/README.md must have\n{head}\n{}", missing.join("\n"));
    for (start, _) in rows.iter().filter(|(_, row)| row.is_none()) {
        let invented = TABLES.lines().find(|line| line.starts_with(start));
        assert!(invented.is_none(), "benches/peers/README.md has what was not recorded: {invented:?}");
    }
}

/// A row of a table: how it begins, the time of ours, the ratios of the others.
fn in_a_row(start: &str, case: &[Row], unit: fn(f64) -> String, peers: &[&str]) -> (String, Option<String>) {
    let row = |ours: &Row| {
        let ratios: Vec<String> = peers.iter().map(|name| ratio(case, name, 1)).collect();
        format!("{start} {} | {} |", unit(number(ours, "median_ms")), ratios.join(" | "))
    };
    (start.to_string(), case.first().map(row))
}

/// The row of an implementation, by the beginning of its name.
fn find<'a>(case: &'a [Row], name: &str) -> &'a Row {
    case.iter().find(|row| row["implementation"].starts_with(name)).unwrap_or_else(|| panic!("{name}"))
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap()
}

fn ratios(case: &[Row], names: &[&str], decimals: usize) -> String {
    let of = |name: &&str| format!("{:.decimals$}×", number(find(case, name), "ratio_to_ours"));
    names.iter().map(of).collect::<Vec<_>>().join(" | ")
}

fn expect(row: &str) {
    assert!(TABLES.contains(row), "benches/peers/README.md lacks {row}");
}

/// What stands in both READMEs, the separators aside.
fn expect_in_readme(parts: &[String]) {
    for page in [ENGLISH, CHINESE] {
        let there = page.lines().any(|line| parts.iter().all(|part| line.contains(part)));
        assert!(there, "a README lacks a row with {parts:?}");
    }
}

#[test]
fn three_rows_in_the_readme() {
    let row = |work: &str, n: &str, causal: &str, unit: fn(f64) -> String, peers: &[(&str, &str)]| {
        let case = case(work, n, causal);
        let time = unit(number(&case[0], "median_ms"));
        let peer = |(name, shown): &(&str, &str)| {
            let ratio = number(find(&case, name), "ratio_to_ours");
            format!("{shown}{ratio:.1}×")
        };
        let parts: Vec<String> = std::iter::once(time).chain(peers.iter().map(peer)).collect();
        expect_in_readme(&parts);
    };
    let peers = [("torch sdpa", "PyTorch SDPA "), ("numpy", "numpy ")];
    row("attention", "4096", "true", |ms| format!("{ms:.2} ms"), &peers);
    let peers = [("rustbpe", "rustbpe "), ("tokenizers", "tokenizers ")];
    row("training, 10 MB English", "8000", "", |ms| format!("{ms:.1} ms"), &peers);
    let peers = [("candle", "candle "), ("(a full sort", " ")];
    row("top-p 0.9", "128000", "", |ms| format!("{:.1} µs", 1000.0 * ms), &peers);
}

#[test]
fn attention() {
    const PEERS: [&str; 5] = ["torch sdpa", "numpy", "ndarray loop", "candle operations", "candle flash"];
    for n in ["256", "1024", "4096"] {
        for (causal, mask) in [("false", "none"), ("true", "causal")] {
            let case = case("attention", n, causal);
            let (time, ratios) = (number(&case[0], "median_ms"), ratios(&case, &PEERS, 1));
            let row = format!("| {n} | {mask} | {time:.2} ms | {ratios} |");
            expect(&row);
        }
    }
}

#[test]
fn training_a_tokenizer() {
    for mb in ["1", "10"] {
        let work = format!("training, {mb} MB English");
        let mut sizes: Vec<String> =
            recorded().into_iter().filter(|row| row["work"] == work).map(|row| row["n"].clone()).collect();
        sizes.dedup();
        assert_eq!(sizes.len(), 3);
        if mb == "1" {
            // What the shorter text has words enough for, as the page says it.
            let tokens = format!("{},{}", &sizes[2][..2], &sizes[2][2..]);
            assert!(TABLES.contains(&format!("words enough for {tokens} tokens")), "{tokens}");
        }
        for n in sizes {
            let case = case(&work, &n, "");
            let (time, ratios) =
                (number(&case[0], "median_ms"), ratios(&case, &["rustbpe", "tokenizers"], 1));
            expect(&format!("| {mb} MB | {n} | {time:.1} ms | {ratios} |"));
        }
    }
}

#[test]
fn encoding() {
    for language in ["English", "Chinese", "mixed"] {
        for n in ["1000", "8000", "32000"] {
            let texts = ["1 MB", "10 MB"].map(|size| {
                // The shorter English text has fewer words than 32,000 tokens need.
                let n = if (language, size, n) == ("English", "1 MB", "32000") { "24310" } else { n };
                let case = case(&format!("encoding, {size} {language}"), n, "");
                let time = number(&case[0], "median_ms");
                format!("{time:.1} ms | {}", ratios(&case, &["tokenizers", "tiktoken"], 2))
            });
            expect(&format!("| {language} | {n} | {} |", texts.join(" | ")));
        }
    }
}

#[test]
fn published_files() {
    const FILES: [(&str, &str); 7] = [
        ("llama2", "tokenizers"),
        ("qwen2.5", "tokenizers"),
        ("llama3", "tokenizers"),
        ("mistral-nemo", "tokenizers"),
        ("deepseek-v3", "tokenizers"),
        ("llama2-sentencepiece", "sentencepiece"),
        ("cl100k_base", "tiktoken"),
    ];
    let row = |((file, beside), language): ((&str, &str), &str)| {
        let start = format!("| {file} | {language} |");
        let cell = |size: &str| {
            let work = format!("encoding with {file}, {size} {language}");
            let n = recorded().into_iter().find(|row| row["work"] == work)?["n"].clone();
            let case = case(&work, &n, "");
            let time = number(case.first()?, "median_ms");
            Some(format!("{time:.0} ms | {}", ratio(&case, beside, 1)))
        };
        let cells: Option<Vec<String>> = ["1 MB", "10 MB"].into_iter().map(cell).collect();
        let row = cells.map(|cells| format!("{start} {beside} | {} |", cells.join(" | ")));
        (start, row)
    };
    let rows = FILES.into_iter().flat_map(|file| ["English", "Chinese"].map(|language| (file, language)));
    hold("| file | text | beside | 1 MB | beside | 10 MB | beside |", &rows.map(row).collect::<Vec<_>>());
}

#[test]
fn a_unigram_model() {
    let row = |language: &str| {
        let work = format!("unigram training, 1 MB {language}");
        let whole = |ms: f64| format!("{ms:.0} ms");
        in_a_row(
            &format!("| unigram, 1 MB {language} |"),
            &case(&work, "4000", ""),
            whole,
            &["sentencepiece"],
        )
    };
    hold("| what | this project | SentencePiece |", &["English", "Chinese"].map(row));
}

#[test]
fn sampling() {
    const WORKS: [&str; 8] = [
        "greedy",
        "pure sampling",
        "top-k 50",
        "top-p 0.9",
        "min-p 0.05",
        "typical 0.9",
        "epsilon 0.0003",
        "eta 0.0003",
    ];
    const PEERS: [&str; 5] = ["candle", "llm-samplers", "transformers", "llama.cpp", "(a full sort"];
    let row = |work: &str| {
        let micro = |ms: f64| format!("{:.1} µs", 1000.0 * ms);
        in_a_row(&format!("| {work} |"), &case(work, "128000", ""), micro, &PEERS)
    };
    hold(
        "| strategy | this project | candle | llm-samplers | transformers | llama.cpp | a full sort |",
        &WORKS.map(row),
    );
}

#[test]
fn a_decoder() {
    const WORKS: [(&str, &str); 3] =
        [("prefill, 512 tokens", "512"), ("decode, 1 text", "32"), ("decode, 16 texts", "512")];
    const PEERS: [&str; 3] = ["candle", "llama.cpp", "transformers"];
    let row = |(threads, (work, tokens)): (&str, (&str, &str))| {
        let whole = |ms: f64| format!("{ms:.0} ms");
        in_a_row(&format!("| {work} | {threads} |"), &case_on(threads, work, tokens, ""), whole, &PEERS)
    };
    let rows = WORKS.into_iter().flat_map(|work| ["1", "2"].map(|threads| (threads, work)));
    hold(
        "| what | threads | this project | candle | llama.cpp | transformers |",
        &rows.map(row).collect::<Vec<_>>(),
    );
}

#[test]
fn contrastive() {
    let row = |n: &str| {
        let work = "infonce, forward and backward";
        let short = |ms: f64| format!("{ms:.2} ms");
        in_a_row(&format!("| InfoNCE, {n} pairs |"), &case(work, n, ""), short, &["candle", "torch"])
    };
    hold("| what | this project | candle | PyTorch |", &["256", "1024", "4096"].map(row));
}

#[test]
fn the_lasso() {
    let cases = [
        ("lasso, 100 penalties, 442 x 10", "442"),
        ("lasso, exact path, 442 x 10", "442"),
        ("lasso, 100 penalties, 2000 x 500", "2000"),
        ("lasso, exact path, 2000 x 500", "2000"),
    ];
    for (work, n) in cases {
        let case = case(work, n, "");
        let (time, ratio) = (number(&case[0], "median_ms"), ratios(&case, &["sklearn"], 2));
        let linfa = case.iter().any(|row| row["implementation"].starts_with("linfa"));
        let linfa = if linfa { ratios(&case, &["linfa"], 0) } else { "not timed".into() };
        expect(&format!("| {work} | {time:.3} ms | {ratio} | {linfa} |"));
    }
}

#[test]
fn activation() {
    for work in ["gelu", "gelu, tanh", "swiglu"] {
        let case = case(work, "16777216", "");
        let time = number(&case[0], "median_ms");
        let ratios = ratios(&case, &["torch, out=", "candle", "copy in place"], 2);
        expect(&format!("| {work} | {time:.2} ms | {ratios} |"));
    }
}
