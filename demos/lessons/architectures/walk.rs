//! The steps: masks, influence, caches, signals, sizes.

use concepts::architecture::{
    Architecture, MlmRates, Transformer, clm_targets, mlm_mask, pass_cost, prefix_lm_targets, span_corruption,
};
use concepts::numerics::rng;

use super::Setup;
use super::experiments::{
    HEADS, Refill, against_pattern, appended, both_ways_sum, chain_rule_sum, gibbs_distance, influences,
    moved,
};
use crate::kit::findings::{Cell, Findings, Matrix, Table};
use crate::kit::knob::Refusal;
use crate::kit::text::{Text, text};

/// Tokens of the text whose training signals are counted.
const TEXT: usize = 512;
/// Sweeps of Gibbs sampling in the walk.
const SWEEPS: usize = 20_000;

pub(super) fn walk(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    masks(setup, &mut f)?;
    f.number("layers", setup.layers as f64);
    f.number("d_model", setup.d_model as f64);
    f.table("counts", counts(setup)?);
    f.table("append", append(setup));
    f.table("gibbs", generation(setup));
    f.table("signals", signals(setup)?);
    f.formula(
        "f_sizes",
        r"12\,L d^2 \;\to\; 12\,L d^2 + 16\,L d^2 = 2\tfrac{1}{3} \cdot 12\,L d^2",
        "12·L·d²  →  12·L·d² + 16·L·d² = 2⅓ · 12·L·d²",
    );
    f.table("sizes", sizes(setup)?);
    f.table("families", families());
    Ok(f)
}

fn masks(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let n = setup.seq;
    let ids = ["mask_encoder", "mask_decoder", "mask_prefix"];
    let names = ["encoder", "decoder", "prefix LM"];
    for ((id, name), (_, kind)) in ids.into_iter().zip(names).zip(setup.kinds()) {
        let data = kind.reach(n)?.mapv(|seen| if seen { 1.0 } else { 0.0 });
        let numbers: Vec<String> = (1..=n).map(|i| i.to_string()).collect();
        f.matrix(
            id,
            Matrix {
                symbol: name.into(),
                caption: text("row sees column", "行能看到列"),
                rows: numbers.clone(),
                cols: numbers,
                data,
            },
        );
    }
    let row = |name: Text, inputs: Text, outputs: Text| vec![name.into(), inputs.into(), outputs.into()];
    f.table(
        "patterns",
        Table {
            caption: text("What a token sees", "一个 token 能看到什么"),
            head: vec![text("family", "架构"), text("input", "输入部分"), text("output", "输出部分")],
            rows: vec![
                row(Text::same("encoder-only"), text("everything", "全部"), text("–", "–")),
                row(Text::same("decoder-only"), text("the past", "前文"), text("the past", "前文")),
                row(
                    Text::same("prefix LM"),
                    text("the whole prefix", "整个前缀"),
                    text("prefix and past", "前缀与前文"),
                ),
                row(
                    text("encoder–decoder", "encoder-decoder"),
                    text("the whole source", "整个源序列"),
                    text("source, and the past", "源序列与前文"),
                ),
            ],
        },
    );
    Ok(())
}

fn counts(setup: &Setup) -> Result<Table, Refusal> {
    let rows = setup.kinds().into_iter().map(|(name, kind)| {
        let matrix = influences(kind, setup.seq, setup.layers, setup.d_model, setup.seed)?;
        let wrong = against_pattern(&matrix, &kind.reach(setup.seq)?);
        let numbers = [moved(&matrix), setup.seq * setup.seq, wrong].map(|count| Cell::Number(count as f64));
        Ok(std::iter::once(Cell::Words(Text::same(name))).chain(numbers).collect())
    });
    Ok(Table {
        caption: text(
            "Pairs that moved, of all; and those in which the pattern was broken",
            "（输入，输出）共几对，其中几对有变化、几对与 mask 不符",
        ),
        head: vec![
            text("family", "架构"),
            text("moved", "有变化"),
            text("of", "共"),
            text("against the pattern", "与 mask 不符"),
        ],
        rows: rows.collect::<Result<_, Refusal>>()?,
    })
}

fn append(setup: &Setup) -> Table {
    let kinds = setup.kinds();
    let rows = kinds[..2].iter().map(|(name, kind)| {
        let change = appended(*kind, setup.seq, setup.layers, setup.d_model, setup.seed);
        vec![Cell::Words(Text::same(*name)), Cell::Number(change)]
    });
    Table {
        caption: text(
            "Largest change of the earlier tokens' states when one token is appended",
            "末尾添一个 token 后，前面各 token 状态的最大变化",
        ),
        head: vec![text("family", "架构"), text("change", "变化")],
        rows: rows.collect(),
    }
}

fn generation(setup: &Setup) -> Table {
    let row = |what: Text, value: f64| vec![what.into(), Cell::Number(value)];
    Table {
        caption: text(
            "Three places, two letters: do the probabilities of all strings sum to 1?",
            "3 个位置、2 种字母：所有字符串的概率之和是 1 吗？",
        ),
        head: vec![text("conditionals", "条件概率"), text("sum, or distance", "和或距离")],
        rows: vec![
            row(text("left to right", "从左到右"), chain_rule_sum(setup.seed)),
            row(text("looking both ways", "双向"), both_ways_sum(setup.seed)),
            row(
                text(
                    "Gibbs sampling with consistent ones: distance from the joint",
                    "条件概率相容时做 Gibbs 采样：与联合分布的距离",
                ),
                gibbs_distance(SWEEPS, Refill::SeeingTheOther, setup.seed),
            ),
        ],
    }
}

fn signals(setup: &Setup) -> Result<Table, Refusal> {
    let tokens: Vec<usize> = (0..TEXT).collect();
    let mut rng = rng(setup.seed, "signals");
    let masked = mlm_mask(&tokens, 30_000, 30_000, MlmRates::default(), &mut rng)?;
    let t5 = span_corruption(TEXT, 0.15, 3.0)?;
    let row = |name: Text, reads: usize, losses: usize| {
        vec![
            name.into(),
            Cell::Number(reads as f64),
            Cell::Number(losses as f64),
            Cell::Number(losses as f64 / TEXT as f64),
        ]
    };
    Ok(Table {
        caption: Text::new(
            format!("Training signals of one text of {TEXT} tokens"),
            format!("一段 {TEXT} 个 token 的文本能给多少训练信号"),
        ),
        head: vec![
            text("objective", "训练目标"),
            text("tokens read", "读入 token 数"),
            text("losses", "loss 项数"),
            text("per token", "平均每 token"),
        ],
        rows: vec![
            row(text("masked tokens (MLM)", "掩码语言模型 MLM"), TEXT, masked.losses()),
            row(text("next token (CLM)", "因果语言模型 CLM"), TEXT, clm_targets(&tokens)?.losses()),
            row(
                text("prefix LM, half the text", "prefix LM，前缀占一半"),
                TEXT,
                prefix_lm_targets(&tokens, TEXT / 2)?.losses(),
            ),
            row(
                text("span corruption (T5)", "span corruption（T5）"),
                t5.encoder_length(),
                t5.target_length(),
            ),
        ],
    })
}

fn sizes(setup: &Setup) -> Result<Table, Refusal> {
    let (layers, d_model, n) = (setup.layers, setup.d_model, setup.seq);
    let size = |kind| {
        let mut rng = rng(setup.seed, "sizes");
        let model = Transformer::random(kind, layers, d_model, HEADS, &mut rng)?;
        let cost = pass_cost(kind, layers, d_model, n)?;
        Ok::<_, Refusal>((model.parameters() as f64, cost))
    };
    let (parameters, decoder) = size(Architecture::DecoderOnly)?;
    let rows = setup.kinds().into_iter().map(|(name, kind)| {
        let (here, cost) = size(kind)?;
        Ok(vec![
            Cell::Words(Text::same(name)),
            Cell::Number(here),
            Cell::Number(here / parameters),
            Cell::Number(2.0 * cost.weights as f64),
            Cell::Number(cost.weights as f64 / decoder.weights as f64),
            Cell::Number(2.0 * cost.pairs as f64),
        ])
    });
    Ok(Table {
        caption: Text::new(
            format!("{n} tokens through {layers} layers a stack of width {d_model}, without embeddings"),
            format!("{n} 个 token，每个栈 {layers} 层、宽度 {d_model}（不含 embedding）"),
        ),
        head: vec![
            text("family", "架构"),
            text("parameters", "参数量"),
            text("of a decoder's", "与解码器之比"),
            text("FLOPs, weights", "权重 FLOPs"),
            text("of a decoder's", "与解码器之比"),
            text("FLOPs, pairs", "注意力 FLOPs"),
        ],
        rows: rows.collect::<Result<_, Refusal>>()?,
    })
}

fn families() -> Table {
    let row =
        |name: Text, members: &str, best: Text| vec![name.into(), Text::same(members).into(), best.into()];
    Table {
        caption: text(
            "Members are data; what they are best at is opinion",
            "有哪些模型是数据，“最擅长什么”是观点",
        ),
        head: vec![
            text("family", "架构"),
            text("members (data)", "模型（数据）"),
            text("said to be best at (opinion)", "擅长什么（观点）"),
        ],
        rows: vec![
            row(
                Text::same("encoder-only"),
                "BERT, RoBERTa, ALBERT",
                text("classification, tagging, retrieval", "分类、标注、检索"),
            ),
            row(
                Text::same("decoder-only"),
                "GPT, LLaMA, Qwen",
                text("generation, dialogue, code", "生成、对话、代码"),
            ),
            row(
                text("encoder–decoder", "encoder-decoder"),
                "T5, BART, mT5",
                text("translation, summaries, rewriting", "翻译、摘要、改写"),
            ),
        ],
    }
}
