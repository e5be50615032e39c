//! WordPiece on the same nine words: the numbers that could decide, side by side.

use concepts::tokenizer::wordpiece::{Candidate, Criterion};

use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::experiments::criteria::{CRITERIA, best, first_table, order};

/// Merges that are shown of each criterion.
const SHOWN: usize = 7;

pub(super) fn criteria(f: &mut Findings) {
    f.formula(
        "f_score",
        r"\mathrm{score}(x, y) = \frac{P(xy)}{P(x)\,P(y)} = N\,\frac{c(xy)}{c(x)\,c(y)}",
        "score(x, y) = P(xy) / (P(x)·P(y)) = N · c(xy) / (c(x)·c(y))",
    );
    f.formula(
        "f_likelihood",
        r"L = \sum_x c(x) \ln \frac{c(x)}{N},\qquad \Delta L = L' - L",
        "L = Σ_x c(x)·ln(c(x)/N)    ΔL = L′ − L",
    );
    let table = first_table();
    f.number("pieces_before", table.as_ref().map_or(f64::NAN, |table| table.tokens as f64));
    f.table("candidates", candidates());
    f.table("orders", orders());
}

/// What a criterion looks at.
type Score = fn(&Candidate) -> f64;

fn candidates() -> Table {
    let table = first_table();
    let found = table.as_ref().map(|table| &table.candidates[..]).unwrap_or_default();
    let most = |score: Score| table.as_ref().and_then(|table| best(table, score)).map(score);
    let scores: [(Score, usize); 4] =
        [(|c| c.count as f64, 0), (|c| c.ratio, 5), (|c| c.estimated_gain, 3), (|c| c.likelihood_gain, 3)];
    let row = |candidate: &Candidate| {
        let numbers = scores.iter().map(|&(score, decimals)| {
            let value = score(candidate);
            let mark = if most(score) == Some(value) { "● " } else { "" };
            Cell::Words(Text::same(format!("{mark}{value:.decimals$}")))
        });
        std::iter::once(Cell::Words(Text::same(format!("{} {}", candidate.left, candidate.right))))
            .chain(numbers)
            .collect()
    };
    Table {
        caption: text(
            "Before the first merge: what each criterion sees (● its choice)",
            "第一次合并之前，各准则看到的数（● 是它选的）",
        ),
        head: vec![
            text("pair", "pair"),
            Text::same("c(xy)"),
            Text::same("c(xy)/(c(x)c(y))"),
            Text::same("c(xy)·ln score"),
            Text::same("ΔL"),
        ],
        rows: found.iter().map(row).collect(),
    }
}

fn orders() -> Table {
    let name = |criterion: Criterion| match criterion {
        Criterion::Frequency => text(
            "most frequent pair: BPE, and Hugging Face's trainer",
            "频率最高：BPE，也是 Hugging Face 的训练器",
        ),
        Criterion::Ratio => text("largest ratio: Hugging Face's course", "比值最大：Hugging Face 课程"),
        Criterion::Likelihood => text(
            "largest gain in likelihood: Schuster & Nakajima 2012",
            "似然增益最大：Schuster 与 Nakajima 2012",
        ),
        Criterion::Perplexity => text("least perplexity per token", "每 token 困惑度最小"),
    };
    let rows = CRITERIA.iter().map(|&(criterion, _)| {
        let pieces = order(criterion, SHOWN).join("  ");
        vec![Cell::Words(name(criterion)), Cell::Words(Text::same(pieces))]
    });
    Table {
        caption: text("The first merges under each criterion", "各准则下最先合并出的子词"),
        head: vec![
            text("merge the pair with the", "合并依据"),
            text("pieces in the order made", "依次产生的子词"),
        ],
        rows: rows.collect(),
    }
}
