//! C7, C9, C13: opinions and data.

use crate::kit::claim::Claim;
use crate::kit::text::text;

/// C7
pub(super) fn suits_language(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q3-C7",
        text("Relative positions suit the nature of language.", "相对位置更符合语言的特性。"),
        text(
            "Plausible, and nothing here measures it. What is measured is that the score is relative (C5) and that it does not simply decay with distance.",
            "说得通，但没法测。测得出来的是：分数确实是相对的（C5），而且并不是简单地随距离衰减。",
        ),
    )
}

/// C9
pub(super) fn complex_to_implement(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q3-C9",
        text(
            "It is more complex to implement, and may do worse than absolute positions where the place itself matters.",
            "实现更复杂；在对位置本身敏感的任务上可能不如绝对位置编码。",
        ),
        text(
            "Not decided here. What does go wrong in practice is the layout: interleaved and halves give the same scores up to a permutation, and other scores when mixed; see section 3.",
            "这里不下结论。实践中真正容易出错的是排列方式：interleaved 与 halves 只差一个置换，分数一样；一旦混用，分数就错了，见第 3 节。",
        ),
    )
}

/// C13
pub(super) fn who_uses_what(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q3-C13",
        text(
            "BERT and the early GPTs use absolute positions; LLaMA, GPT-NeoX and Qwen use RoPE.",
            "BERT 和早期 GPT 用绝对位置编码；LLaMA、GPT-NeoX、Qwen 用 RoPE。",
        ),
        text(
            "Devlin et al. 2019; Radford et al. 2018, 2019; Touvron et al. 2023; Black et al. 2022; Bai et al. 2023.",
            "Devlin 等 2019；Radford 等 2018、2019；Touvron 等 2023；Black 等 2022；Bai 等 2023。",
        ),
    )
}
