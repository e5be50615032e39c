//! C3, C8, C13: what the families are trained on.

use concepts::architecture::{Example, MlmRates, clm_targets, mlm_mask, span_corruption};
use concepts::numerics::rng;
use concepts::numerics::statistics::proportion_interval;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::COUNTED;
use crate::kit::text::text;

/// Tokens of the texts.
const TEXT: usize = 512;
/// Texts over which the shares of masked tokens are measured.
const TEXTS: usize = 800;
/// Standard errors.
const ERRORS: f64 = 4.0;
/// The mask token, which no text contains.
const MASK: usize = 1_000_000;

fn tokens() -> Vec<usize> {
    (0..TEXT).collect()
}

/// Of the selected tokens of many texts: how many, and how many of them were hidden, left alone.
fn masked(rates: MlmRates, seed: u64) -> (usize, usize, usize) {
    let mut rng = rng(seed, "Q5 C3");
    let tokens = tokens();
    let (mut selected, mut hidden, mut kept) = (0, 0, 0);
    for _ in 0..TEXTS {
        let Ok(example) = mlm_mask(&tokens, MASK - 1, MASK, rates, &mut rng) else { return (0, 0, 0) };
        for (i, target) in example.targets.iter().enumerate() {
            selected += usize::from(target.is_some());
            hidden += usize::from(target.is_some() && example.inputs[i] == MASK);
            kept += usize::from(target.is_some() && example.inputs[i] == tokens[i]);
        }
    }
    (selected, hidden, kept)
}

/// C3
pub(super) fn masked_tokens(seed: u64) -> Claim {
    let test = |rates: MlmRates| {
        let (selected, hidden, kept) = masked(rates, seed);
        let share = |what, count: usize, target: f64| {
            let found = count as f64 / selected as f64;
            let interval = proportion_interval(count, selected, ERRORS);
            Measure::near(
                what,
                found,
                target,
                0.02,
                text("4 standard errors are below 0.007", "4 个标准误小于 0.007"),
            )
            .within(interval)
            .over(selected)
            .drawn(seed)
        };
        Test(vec![
            Measure::near(
                text("share of tokens that are asked for", "要预测的 token 占比"),
                selected as f64 / (TEXT * TEXTS) as f64,
                0.15,
                0.5 / TEXT as f64,
                text("rounded to whole tokens", "取整到 token"),
            )
            .over(TEXT * TEXTS)
            .drawn(seed),
            share(text("of these, hidden behind [MASK]", "其中换成 [MASK] 的占比"), hidden, 0.8),
            share(text("of these, left as they are", "其中保持原样的占比"), kept, 0.1),
        ])
    };
    let all_hidden = MlmRates { mask: 1.0, random: 0.0, ..MlmRates::default() };
    let (selected, hidden, _) = masked(MlmRates::default(), seed);
    Claim::corrected(
        "LLM-Q5-C3",
        text(
            "Encoders are pre-trained by masked language modelling.",
            "编码器的预训练任务是 MLM（掩码语言模型）。",
        ),
        Test(vec![
            Measure::near(
                text(
                    "masking only: share of the asked-for tokens that are really masked",
                    "若只有掩码：要预测的 token 里真正被遮住的占比",
                ),
                hidden as f64 / selected as f64,
                1.0,
                0.0,
                COUNTED,
            )
            .over(selected)
            .drawn(seed),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: text(
                "BERT also predicts whether two sentences follow one another, ALBERT their order; and a fifth of the tokens asked for are not masked at all",
                "BERT 还要预测两句是否相邻，ALBERT 要预测句序；而且要预测的 token 里，有两成根本没被遮住",
            ),
            say: text(
                "Masked language modelling, and in BERT next-sentence prediction besides; RoBERTa dropped that, ALBERT orders sentences. Of the 15 % of tokens that are asked for, 80 % are masked, 10 % replaced at random and 10 % left, so that the model cannot rely on the mask.",
                "主要是 MLM；BERT 另有下一句预测，RoBERTa 去掉了它，ALBERT 换成句序预测。选 15% 的 token 来预测，其中 80% 换成 [MASK]，10% 换成随机 token，10% 不动，免得模型只认 [MASK]。",
            ),
            test: test(MlmRates::default()),
        },
        vec![Control::new(
            text("every token asked for is masked", "要预测的 token 全部遮住"),
            test(all_hidden),
        )],
    )
}

/// Positions at which a model that copies its input would be right.
fn copied(example: &Example) -> f64 {
    let right =
        example.inputs.iter().zip(&example.targets).filter(|(input, target)| Some(**input) == **target);
    right.count() as f64 / example.losses().max(1) as f64
}

/// C8
pub(super) fn next_token(seed: u64) -> Claim {
    let tokens = tokens();
    let right = clm_targets(&tokens).unwrap_or(Example { inputs: Vec::new(), targets: Vec::new() });
    // The shift forgotten: each position is asked for its own token.
    let unshifted = Example { inputs: tokens.clone(), targets: tokens.iter().copied().map(Some).collect() };
    let mut rng = rng(seed, "Q5 C8");
    let masked = mlm_mask(&tokens, MASK - 1, MASK, MlmRates::default(), &mut rng)
        .map_or(f64::NAN, |example| example.losses() as f64);
    let test = |example: &Example| {
        let shifted = example
            .targets
            .iter()
            .zip(tokens.iter().skip(1))
            .filter(|(target, next)| **target == Some(**next));
        Test(vec![
            Measure::near(
                text(
                    "positions whose target is the next token, of 511",
                    "标签是下一个 token 的位置数（共 511）",
                ),
                shifted.count() as f64,
                511.0,
                0.0,
                COUNTED,
            )
            .over(TEXT),
            Measure::near(
                text("share of targets that a copying model gets right", "照抄输入的模型答对的比例"),
                copied(example),
                0.0,
                0.0,
                COUNTED,
            )
            .over(TEXT),
            Measure::at_least(
                text("losses of one text, over those of MLM", "一段文本的 loss 项数 / MLM 的 loss 项数"),
                example.losses() as f64 / masked,
                6.0,
                COUNTED,
            )
            .over(TEXT)
            .drawn(seed),
        ])
    };
    Claim::holds(
        "LLM-Q5-C8",
        text(
            "Decoders are pre-trained to predict the next token.",
            "解码器的预训练任务是 CLM：预测下一个词。",
        ),
        test(&right),
        vec![Control::new(text("targets not shifted", "标签没有移位"), test(&unshifted))],
    )
}

/// Tokens that are not where they were after the spans are put back in the place of their sentinels.
fn lost(mean_span: f64, seed: u64) -> f64 {
    // Sentinels and the end mark are tokens that no text contains.
    let (sentinel, end) = (|span: usize| MASK + span, MASK - 1);
    let mut rng = rng(seed, "Q5 C13");
    let corrupted = span_corruption(TEXT, 0.15, mean_span)
        .and_then(|corruption| corruption.apply(&tokens(), sentinel, end, &mut rng));
    let Ok((encoder, target)) = corrupted else { return f64::NAN };
    let mut back = Vec::new();
    for &token in encoder.iter().filter(|&&token| token != end) {
        if token < end {
            back.push(token);
            continue;
        }
        let span = target.iter().skip_while(|&&said| said != token).skip(1);
        back.extend(span.take_while(|&&said| said < end));
    }
    let kept = back.iter().zip(tokens()).filter(|(back, token)| **back == *token).count();
    (TEXT.max(back.len()) - kept) as f64
}

/// C13
pub(super) fn spans(seed: u64) -> Claim {
    let test = |mean_span: f64| {
        let of = |length: usize| span_corruption(length, 0.15, mean_span);
        let number = |what, value: Option<usize>, target: f64| {
            Measure::near(
                what,
                value.map_or(f64::NAN, |value| value as f64),
                target,
                0.0,
                text("T5's own numbers", "T5 论文的数字"),
            )
        };
        let (long, short) = (of(568).ok(), of(512).ok());
        Test(vec![
            number(
                text("568 tokens: the encoder reads", "568 个 token：编码器读入"),
                long.map(|s| s.encoder_length()),
                512.0,
            ),
            number(text("and the decoder says", "解码器输出"), long.map(|s| s.target_length()), 114.0),
            number(
                text("512 tokens: tokens taken out", "512 个 token：挖去的 token"),
                short.map(|s| s.noise_tokens()),
                77.0,
            ),
            number(text("in so many spans", "分成几段"), short.map(|s| s.spans()), 26.0),
            Measure::near(
                text(
                    "what the decoder says put back into what the encoder reads: tokens lost, of 512",
                    "把解码器输出填回编码器输入：丢失的 token 数（共 512）",
                ),
                lost(mean_span, seed),
                0.0,
                0.0,
                COUNTED,
            )
            .over(TEXT)
            .drawn(seed),
        ])
    };
    Claim::holds(
        "LLM-Q5-C13",
        text(
            "Encoder–decoders are pre-trained by denoising, for instance with masked spans.",
            "encoder-decoder 的预训练任务是去噪，例如 Span Masking。",
        ),
        test(3.0),
        vec![Control::new(
            text("single tokens in the place of spans of 3", "每段只挖 1 个 token"),
            test(1.0),
        )],
    )
}
