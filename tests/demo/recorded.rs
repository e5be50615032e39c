//! The tables of times are the recorded run, number for number: all of them beside the run, three rows in the README.

use std::collections::HashMap;

const TABLES: &str = include_str!("../../benches/peers/README.md");
const ENGLISH: &str = include_str!("../../README.md");
const CHINESE: &str = include_str!("../../README.zh.md");
const RUNS: [&str; 2] = [
    include_str!("../../benches/peers/recorded/2026-11-24.csv"),
    include_str!("../../benches/peers/recorded/2026-11-29.csv"),
];

/// One implementation in one case.
type Row = HashMap<String, String>;

/// The rows on one thread.
fn recorded() -> Vec<Row> {
    let rows = RUNS.iter().flat_map(|run| csv::Reader::from_reader(run.as_bytes()).into_deserialize());
    rows.map(|row| row.unwrap()).filter(|row: &Row| row["threads"] == "1").collect()
}

/// The rows of one case; all that were timed in turns.
fn case(work: &str, n: &str, causal: &str) -> Vec<Row> {
    let of = |row: &Row| row["work"] == work && row["n"] == n && row["causal"] == causal;
    recorded().into_iter().filter(of).collect()
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
fn sampling() {
    for work in ["greedy", "top-k 50", "top-p 0.9"] {
        let case = case(work, "128000", "");
        let time = 1000.0 * number(&case[0], "median_ms");
        let ratios = ratios(&case, &["candle", "llm-samplers", "(a full sort"], 1);
        expect(&format!("| {work} | {time:.1} µs | {ratios} |"));
    }
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
