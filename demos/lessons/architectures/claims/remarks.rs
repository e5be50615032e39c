//! C1, C4, C6, C9 to C11, C14 to C18: data and opinions.

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::text::text;

/// C1
pub(super) fn encoder_members(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q5-C1",
        text("Encoder-only: BERT, RoBERTa, ALBERT.", "encoder-only 的代表：BERT、RoBERTa、ALBERT。"),
        text(
            "Devlin et al. 2019; Liu et al. 2019; Lan et al. 2020.",
            "Devlin 等 2019；Liu 等 2019；Lan 等 2020。",
        ),
    )
}

/// C4
pub(super) fn encoder_tasks(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q5-C4",
        text(
            "Good at classification, tagging, extractive answers, similarity.",
            "擅长分类、标注、抽取式问答、相似度。",
        ),
        text(
            "After fine-tuning, yes. Vectors taken from BERT as it is are poor at similarity (Reimers & Gurevych 2019).",
            "微调之后如此。直接取 BERT 的向量做相似度效果很差（Reimers 与 Gurevych 2019）。",
        ),
    )
}

/// C6
pub(super) fn decoder_members(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q5-C6",
        text("Decoder-only: GPT, LLaMA, Qwen.", "decoder-only 的代表：GPT、LLaMA、Qwen。"),
        text(
            "Radford et al. 2018; Touvron et al. 2023; Bai et al. 2023.",
            "Radford 等 2018；Touvron 等 2023；Bai 等 2023。",
        ),
    )
}

/// C9
pub(super) fn decoder_tasks(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q5-C9",
        text(
            "Used for generation, dialogue, code and in-context learning.",
            "用于生成、对话、代码和 in-context learning。",
        ),
        text(
            "Brown et al. 2020 (in-context learning); Chen et al. 2021 (code); Ouyang et al. 2022 (dialogue).",
            "Brown 等 2020（in-context learning）；Chen 等 2021（代码）；Ouyang 等 2022（对话）。",
        ),
    )
}

/// Which of two comparisons found the causal decoder best: Wang et al. 2022 right after pre-training, and
/// after multitask fine-tuning. Cited, not measured: no experiment of this size could decide it, and the test
/// below only counts what the study found, on both sides.
const DECODER_BEST: [(&str, bool); 2] =
    [("zero-shot after pre-training", true), ("after multitask fine-tuning", false)];

/// C10
pub(super) fn best_scaling_law(_seed: u64) -> Claim {
    let best = |settings: &[(&str, bool)]| settings.iter().filter(|(_, best)| *best).count() as f64;
    let source = text(
        "Wang et al. 2022, What Language Model Architecture and Pretraining Objective Work Best",
        "Wang 等 2022",
    );
    let test = |settings: &[(&str, bool)]| {
        Test(vec![
            Measure::near(
                text("settings compared by the study", "该研究比较的设定数"),
                settings.len() as f64,
                2.0,
                0.0,
                source.clone(),
            ),
            Measure::near(
                text("of these, settings in which the causal decoder was best", "其中因果解码器占优的设定数"),
                best(settings),
                1.0,
                0.0,
                source.clone(),
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q5-C10",
        text("Decoder-only models have the best scaling law.", "decoder-only 的 scaling law 效果最好。"),
        Test(vec![Measure::near(
            text(
                "best throughout: settings in which the causal decoder was best, of 2",
                "若处处最好：因果解码器占优的设定数（共 2 个）",
            ),
            best(&DECODER_BEST),
            2.0,
            0.0,
            source.clone(),
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: text(
                "the same study found the encoder–decoder trained on masked tokens best after multitask fine-tuning",
                "同一项研究发现：多任务微调之后，用掩码目标训练的 encoder-decoder 最好",
            ),
            say: text(
                "That has not been established. In the comparison of Wang et al. the causal decoder was best zero-shot after pre-training, the encoder–decoder after multitask fine-tuning; and Tay et al. 2022 found that rankings change with scale.",
                "这个没有定论。Wang 等人的对比里，预训练后直接做零样本，因果解码器最好；多任务微调之后，反而是 encoder-decoder 最好。Tay 等 2022 还发现，名次会随规模变化。",
            ),
            test: test(&DECODER_BEST),
        },
        vec![Control::new(
            text("the study after fine-tuning left out", "漏掉微调之后的对比"),
            test(&DECODER_BEST[..1]),
        )],
    )
}

/// C11
pub(super) fn encoder_decoder_members(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q5-C11",
        text("Encoder–decoder: T5, BART, mT5.", "encoder-decoder 的代表：T5、BART、mT5。"),
        text(
            "Raffel et al. 2020; Lewis et al. 2020; Xue et al. 2021.",
            "Raffel 等 2020；Lewis 等 2020；Xue 等 2021。",
        ),
    )
}

/// C14
pub(super) fn encoder_decoder_tasks(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q5-C14",
        text("Good at translation, summaries, rewriting.", "擅长翻译、摘要、改写。"),
        text(
            "A tendency of practice. Large decoders do these tasks as well.",
            "这是实践中的倾向；大的 decoder-only 模型同样能做。",
        ),
    )
}

/// C15
pub(super) fn scaling_potential(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q5-C15",
        text("Potential to scale: medium, highest, medium.", "Scaling 潜力：中等、最高、中等。"),
        text(
            "T5 11B, UL2 20B and AlexaTM 20B speak against a limit of the architecture itself.",
            "T5 11B、UL2 20B、AlexaTM 20B 都是反例：架构本身没有这个上限。",
        ),
    )
}

/// C16
pub(super) fn main_stream(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q5-C16",
        text("Decoder-only is today's main stream.", "decoder-only 是当前主流。"),
        text(
            "The published large models of 2023 to 2025: LLaMA, Qwen, Mistral, Gemma, DeepSeek, Phi.",
            "2023 到 2025 年公开的大模型：LLaMA、Qwen、Mistral、Gemma、DeepSeek、Phi。",
        ),
    )
}

/// C17
pub(super) fn why_decoders(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q5-C17",
        text(
            "Since they scale, learn in context and do every task from one prompt.",
            "因为扩展性好、有 in-context learning、一个 prompt 能完成所有任务。",
        ),
        text(
            "Reasons that are given. “Every task” says too much: dense retrieval is one that they do not do from a prompt.",
            "这是常见的解释。“所有任务”说过头了，比如稠密检索就不是靠 prompt 完成的。",
        ),
    )
}

/// C18
pub(super) fn future_of_encoders(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q5-C18",
        text(
            "Encoders remain valuable for embeddings and retrieval.",
            "encoder-only 在 embedding 与检索上仍有价值。",
        ),
        text("A forecast; nothing here measures it.", "这是对未来的判断，这里没有东西可测。"),
    )
}
