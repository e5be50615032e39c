//! Searches on trees, texts from every strategy, speculative decoding.

use concepts::decoding::{BeamSearch, DecodingError, DiverseBeamSearch, Hypothesis, LengthPenalty};
use concepts::evaluation::{LoopRule, ending_loop};
use concepts::language_model::TextCodec;

use super::experiments::speculation::{self, GAMMA};
use super::experiments::texts::{Written, write};
use super::experiments::trees::{self, Found, Search, chosen_length, shares, spelled};
use super::setup::Setup;
use super::strategies::{How, Named};
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::knob::Refusal;
use crate::kit::number::plain;
use crate::kit::text::{Text, text};

/// Random trees that searches are tried on.
const TREES: usize = 1000;
/// Characters in which greedy has to find its loop.
const LOOP_WITHIN: usize = 600;
/// Characters of a phrase that is quoted.
const QUOTED: usize = 60;

/// The searches on trees.
pub(super) fn searches(setup: &Setup) -> Findings {
    let seed = setup.seed;
    let mut f = Findings::default();
    f.table("trees", by_hand());
    f.table("lengths", lengths(setup.numbers.length_penalty));
    let widths = [1, 2, 3, 4, 8, 16];
    let of_search = shares(&widths.map(Search::Beam), TREES, seed);
    let percent = |share: f64| Cell::Number(100.0 * share);
    let rows = widths.iter().zip(&of_search).map(|(&width, shares)| {
        let shares = [shares.optimal, shares.better, shares.worse, shares.dropped];
        [vec![Cell::Number(width as f64)], shares.map(percent).to_vec()].concat()
    });
    f.number("trees_drawn", TREES as f64);
    f.table(
        "random_trees",
        Table {
            caption: text(
                "Random trees (4 tokens, 5 deep): how often, in percent, a beam finds the optimum, more than greedy, less than greedy, less than the narrower beam above",
                "随机树（4 个 token、5 层）：各种 beam 宽度找到最优、优于贪心、不如贪心、不如上一行（更窄）的占比（%）",
            ),
            head: vec![
                text("beams", "beam 宽度"),
                text("optimal", "最优"),
                text("above greedy", "优于贪心"),
                text("below greedy", "不如贪心"),
                text("below narrower", "不如更窄的"),
            ],
            rows: rows.collect(),
        },
    );
    f
}

/// Both trees of the written-out counterexamples.
fn by_hand() -> Table {
    let searches = [
        (text("greedy", "贪心"), Search::Greedy),
        (Text::same("beam 2"), Search::Beam(2)),
        (Text::same("beam 3"), Search::Beam(3)),
        (Text::same("beam 4"), Search::Beam(4)),
        (Text::same("beam 8"), Search::Beam(8)),
    ];
    let trees = [trees::greedy_loses(), trees::beam_loses()];
    let shown = |found: &Found, tree| {
        [Cell::Words(Text::same(spelled(tree, &found.tokens))), Cell::Number(found.probability)]
    };
    let row = |label: Text, found: [Found; 2]| -> Vec<Cell> {
        let cells = found.iter().zip(&trees).flat_map(|(found, tree)| shown(found, tree));
        std::iter::once(Cell::Words(label)).chain(cells).collect()
    };
    let mut rows: Vec<Vec<Cell>> = searches
        .into_iter()
        .map(|(label, search)| row(label, [trees::found(&trees[0], search), trees::found(&trees[1], search)]))
        .collect();
    rows.push(row(text("all texts", "穷举"), [trees::best(&trees[0]), trees::best(&trees[1])]));
    Table {
        caption: text(
            "What each search finds on two trees, and its probability",
            "两棵树上，各种搜索找到的文本及其概率",
        ),
        head: vec![
            text("search", "搜索"),
            text("tree 1", "树 1"),
            text("p", "概率"),
            text("tree 2", "树 2"),
            text("p", "概率"),
        ],
        rows,
    }
}

/// How long the chosen text is, by the exponent of the length penalty.
fn lengths(own: f64) -> Table {
    const LONGEST: usize = 20;
    let mut exponents = vec![0.0, 0.3, 0.6, 1.0, 2.0, own];
    exponents.sort_by(f64::total_cmp);
    exponents.dedup();
    let row = |&alpha: &f64| {
        let of = |length| Cell::Number(chosen_length(LONGEST, length));
        vec![
            Cell::Words(Text::same(plain(alpha))),
            of(LengthPenalty::Power(alpha)),
            of(LengthPenalty::Gnmt(alpha)),
        ]
    };
    Table {
        caption: text(
            "A model that ends with 0.1 after each token and goes on with 0.8: tokens of the text that a beam chooses (at most 20)",
            "每步以概率 0.1 结束、0.8 继续的模型：beam search 选中的文本有几个 token（最多 20 个）",
        ),
        head: vec![Text::same("α"), Text::same("ln p / L^α"), Text::same("ln p / ((5+L)/6)^α")],
        rows: exponents.iter().map(row).collect(),
    }
}

/// The best texts of one beam beside those of groups that keep apart.
fn n_best(setup: &Setup) -> Result<Table, DecodingError> {
    const SHOWN: usize = 4;
    const TOKENS: usize = 48;
    const STRENGTH: f64 = 2.0;
    let search = BeamSearch::new(SHOWN, TOKENS.min(setup.tokens));
    let (model, prompt) = (&setup.trained.model, &setup.prompt);
    let plain = BeamSearch { n_best: SHOWN, ..search }.run(model, prompt)?.hypotheses;
    let groups = DiverseBeamSearch { search, groups: SHOWN, strength: STRENGTH }.run(model, prompt)?;
    let diverse: Vec<Hypothesis> = groups.into_iter().flat_map(|group| group.hypotheses).collect();
    let rows = (0..SHOWN).map(|i| {
        let of = |list: &[Hypothesis]| {
            let tokens = list.get(i).map_or(&[][..], |found| &found.tokens);
            Cell::Words(Text::same(one_line(&setup.trained.vocabulary.decode(tokens))))
        };
        vec![of(&plain), of(&diverse)]
    });
    Ok(Table {
        caption: text(
            "The four best texts of one beam of 4, and one text of each of four groups that pay for the same token",
            "宽度为 4 的 beam 的前四名，以及 diverse beam search 四个组各自的第一名",
        ),
        head: vec![
            text("beam 4, n-best", "beam 4 的前四名"),
            text("diverse beams, λ = 2", "diverse beam，λ = 2"),
        ],
        rows: rows.collect(),
    })
}

/// The texts of every strategy after the prompt. The first list is that of pure sampling.
pub(super) struct Texts {
    pub findings: Findings,
    /// What pure sampling wrote.
    pub sampled: Vec<u32>,
}

pub(super) fn texts(setup: &Setup) -> Result<Texts, Refusal> {
    let mut f = Findings::default();
    let model = &setup.trained.model;
    let shown = |tokens: &[u32]| Cell::Words(Text::same(one_line(&setup.trained.vocabulary.decode(tokens))));
    let mut rows = Vec::new();
    if let Some(real) = &setup.real {
        let real = &real[..real.len().min(setup.tokens)];
        rows.push(vec![Cell::Words(text("held-out text", "留出的真实文本")), shown(real)]);
    }
    let mut sampled = Vec::new();
    for strategy in &setup.strategies {
        let stream = format!("Q7 text {}", strategy.word);
        let written = write(model, &setup.prompt, strategy, setup.tokens, (setup.seed, &stream))?;
        rows.push(vec![Cell::Words(strategy.label.clone()), shown(&written.tokens)]);
        if strategy.word == "sampling" {
            sampled = written.tokens;
        }
    }
    let prompt = one_line(&setup.trained.vocabulary.decode(&setup.prompt));
    f.number("order", setup.order as f64);
    f.number("context", setup.order as f64 - 1.0);
    f.number("trained_on", setup.trained.training.len() as f64);
    f.number("held_out", setup.trained.held_out.len() as f64);
    f.note(
        "note_corpus",
        setup.own.then(|| text("The model learned from your own file.", "模型是在你自己的文件上训练的。")),
    );
    f.table(
        "texts",
        Table {
            caption: Text::new(format!("Continuations of “{prompt}”"), format!("“{prompt}”的续写")),
            head: vec![text("strategy", "策略"), text("text", "文本")],
            rows,
        },
    );
    f.table("n_best", n_best(setup)?);
    f.words("loop", the_loop(setup)?);
    Ok(Texts { findings: f, sampled })
}

/// Line breaks as a sign, since a table has one text a row.
fn one_line(text: &str) -> String {
    text.replace("\n\n", " ⏎ ").replace('\n', " ⏎ ")
}

/// What greedy says again and again.
fn the_loop(setup: &Setup) -> Result<Text, DecodingError> {
    let greedy = Named { word: "greedy", label: Text::same("greedy"), how: How::Greedy };
    let Written { tokens, .. } =
        write(&setup.trained.model, &setup.prompt, &greedy, LOOP_WITHIN, (setup.seed, "Q7 loop"))?;
    // As often as the model looks back: then its state has come round, and it can never leave.
    let rule = LoopRule::AtLeast { phrase: 1, repeats: setup.order.max(3) };
    let Some(found) = ending_loop(&tokens, rule) else {
        return Ok(Text::new(
            format!("no loop came up within {LOOP_WITHIN} characters"),
            format!("{LOOP_WITHIN} 个字符内没有出现循环"),
        ));
    };
    let back = tokens.iter().rev().zip(tokens.iter().rev().skip(found.phrase));
    let begins = tokens.len() - found.phrase - back.take_while(|(a, b)| a == b).count();
    let quoted = &tokens[begins..begins + found.phrase.min(QUOTED)];
    let quoted = one_line(&setup.trained.vocabulary.decode(quoted));
    let more = if found.phrase > QUOTED { "…" } else { "" };
    Ok(Text::new(
        format!(
            "from character {} on it says “{quoted}{more}” for ever, a loop of {} characters",
            begins + 1,
            found.phrase
        ),
        format!("从第 {} 个字符起，它就一直重复“{quoted}{more}”，一圈 {} 个字符", begins + 1, found.phrase),
    ))
}

/// Speculative decoding: exactness on a tree, acceptance on the trained model.
pub(super) fn speculation(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let exact = speculation::exactness(setup.seed);
    let of = |pick: fn(&speculation::Exactness) -> f64| exact.as_ref().map_or(f64::NAN, pick);
    f.number("spec_texts", of(|e| e.texts as f64));
    f.number("spec_distance", of(|e| e.speculative));
    f.number("spec_unchecked", of(|e| e.unchecked));
    f.number("gumbel_distance", of(|e| e.gumbel));
    f.number("gamma", GAMMA as f64);
    let mut rows = Vec::new();
    for order in drafts(setup.order) {
        let model = setup.trained.draft(order)?;
        let draft = speculation::draft(&setup.trained, &model, order, setup.seed)?;
        rows.push(
            [draft.order as f64, draft.overlap, draft.accepted, draft.tokens_per_call, draft.predicted]
                .map(Cell::Number)
                .to_vec(),
        );
    }
    f.table(
        "drafts",
        Table {
            caption: Text::new(
                format!(
                    "Drafts of lower orders for the model of order {}, {GAMMA} proposals a round",
                    setup.order
                ),
                format!("用低阶模型给 {} 阶模型打草稿，每轮 {GAMMA} 个候选 token", setup.order),
            ),
            head: vec![
                text("draft order", "草稿模型阶数"),
                Text::same("Σ min(p, q)"),
                text("accepted α", "接受率 α"),
                text("tokens a call", "每次调用的 token 数"),
                text("predicted", "公式预测"),
            ],
            rows,
        },
    );
    Ok(f)
}

/// Orders to draft with: below that of the model, if there are any.
fn drafts(order: usize) -> Vec<usize> {
    let lower: Vec<usize> = [2, 3, 4, 5].into_iter().filter(|&draft| draft < order).collect();
    if lower.is_empty() { vec![1] } else { lower }
}
