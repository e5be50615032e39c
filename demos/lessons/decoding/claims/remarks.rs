//! C5, C8, C19, C25 to C27: what is published, and what is opinion.

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::text::{Text, text};
use crate::lessons::decoding::published::{Defaults, PUBLISHED, of};

const SOURCE: Text = text("documentation and shipped configurations", "官方文档与随模型发布的配置");

/// C5
pub(super) fn greedy_for_code(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q7-C5",
        text("Greedy suits code and mathematical reasoning.", "写代码、做数学题适合用贪心。"),
        text(
            "One answer that can be reproduced is worth something. But sampling several chains of thought and voting did better on arithmetic (self-consistency, Wang et al. 2023); voting fails where the most frequent answer is a wrong one.",
            "答案唯一、可复现，确实有用。不过在算术推理上，采样多条思维链再投票，效果更好（self-consistency，Wang 等 2023）；要是票数最多的答案本身错了，投票也没用。",
        ),
    )
}

/// C8
pub(super) fn beam_is_conservative(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q7-C8",
        text(
            "Beam search gives better text, but conservative and without ideas.",
            "beam search 写得更好，但保守、没有新意。",
        ),
        text(
            "It depends on the task. Where the answer is nearly determined (translation) it helps; for open-ended text it is worse than sampling (Holtzman et al. 2020). The most probable translation of all is often the empty one (Stahlberg & Byrne 2019). What is measured here: probability, repetition and diversity, in section 5.",
            "要看任务。翻译这类答案基本确定的任务，它有帮助；开放式文本，则不如采样（Holtzman 等 2020）。而且翻译模型概率最高的输出常常是空串（Stahlberg 与 Byrne 2019）。这里测的是概率、重复和多样性，见第 5 节。",
        ),
    )
}

/// C19
pub(super) fn defaults(_seed: u64) -> Claim {
    let top_p = |name: &str| of(name).map_or(f64::NAN, |default| default.top_p);
    let cutting = |default: &&Defaults| default.top_p < 1.0;
    let test = |llama: &str| {
        Test(vec![
            Measure::near(
                text("OpenAI API: top_p unless set", "OpenAI API：不设置时的 top_p"),
                top_p("OpenAI API"),
                1.0,
                0.0,
                SOURCE,
            ),
            Measure::near(
                text("transformers generate: top_p unless set", "transformers generate：不设置时的 top_p"),
                top_p("transformers"),
                1.0,
                0.0,
                SOURCE,
            ),
            Measure::at_most(
                text("LLaMA-2-chat as shipped: top_p", "LLaMA-2-chat 随模型发布的 top_p"),
                top_p(llama),
                0.9,
                SOURCE,
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q7-C19",
        text(
            "Top-p is the most common method today, the default of GPT and LLaMA.",
            "如今用得最多的是 top-p，GPT、LLaMA 默认就用它。",
        ),
        Test(vec![
            Measure::at_least(
                text(
                    "published defaults in which top-p cuts anything: share",
                    "公开的默认配置中，top-p 真正起截断作用的占比",
                ),
                PUBLISHED.iter().filter(cutting).count() as f64 / PUBLISHED.len() as f64,
                1.0,
                SOURCE,
            )
            .over(PUBLISHED.len()),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: text(
                "OpenAI's API starts from top_p = 1 and temperature 1, which cuts nothing; generate of transformers starts from greedy",
                "OpenAI API 默认 top_p = 1、temperature = 1，什么也不截；transformers 的 generate 默认是贪心",
            ),
            say: text(
                "Every API offers top-p, but as a default it is often off: OpenAI starts from top_p = 1, transformers from greedy. LLaMA-2-chat ships with top-p on: 0.6 at release with temperature 0.9, later 0.9 with 0.6.",
                "各家 API 都有 top-p，但默认往往没打开：OpenAI 默认 top_p = 1，transformers 默认贪心。LLaMA-2-chat 的配置倒是开着的：发布时 top_p 是 0.6、temperature 0.9，后来改成 top_p 0.9、temperature 0.6。",
            ),
            test: test("LLaMA-2-chat, at release"),
        },
        vec![Control::new(
            text("OpenAI's API in the place of LLaMA-2-chat", "把 LLaMA-2-chat 换成 OpenAI API"),
            test("OpenAI API"),
        )],
    )
}

/// C25
pub(super) fn quality_and_speed(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q7-C25",
        text(
            "Quality: greedy middling, beam high, top-k middling, top-p high. Speed: greedy fastest, beam slow, sampling fast.",
            "质量：贪心中、beam 高、top-k 中、top-p 高；速度：贪心最快，beam 慢，采样快。",
        ),
        text(
            "Quality has no single scale: section 5 measures several, and they disagree. Of speed one thing is certain, that beam search evaluates k prefixes a step (C9); choosing the token costs little beside the model's own forward pass.",
            "质量没有统一的标尺，第 5 节测了好几种，结论各不相同。速度上能确定的只有一点：beam search 每步要算 k 个前缀（C9）；和模型前向相比，选 token 的开销很小。",
        ),
    )
}

/// C26
pub(super) fn chatgpt(_seed: u64) -> Claim {
    let settings = |name: &str| of(name).map_or(f64::NAN, Defaults::settings_published);
    let test = |api: &str, product: &str| {
        Test(vec![
            Measure::near(
                text(
                    "OpenAI API: documented, of temperature and top_p",
                    "OpenAI API：temperature 与 top_p 中，文档写明的有几个",
                ),
                settings(api),
                2.0,
                0.0,
                SOURCE,
            ),
            Measure::near(
                text(
                    "ChatGPT the product: values published, of the two",
                    "ChatGPT 产品：两者中，公开了取值的有几个",
                ),
                of(product).map_or(0.0, Defaults::settings_published),
                0.0,
                0.0,
                SOURCE,
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q7-C26",
        text("ChatGPT decodes with top-p and temperature.", "ChatGPT 用的是 top-p + temperature。"),
        Test(vec![Measure::at_least(
            text(
                "ChatGPT the product: values published, of temperature and top_p",
                "ChatGPT 产品：temperature 与 top_p 中，公开了取值的有几个",
            ),
            of("ChatGPT").map_or(0.0, Defaults::settings_published),
            1.0,
            SOURCE,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: text(
                "no source says what the product does; only the parameters of the API are documented",
                "产品内部怎么解码，没有公开资料；有文档的只是 API 参数",
            ),
            say: text(
                "The API offers temperature and top_p and advises changing one of them, not both. How the product itself decodes is unpublished.",
                "API 提供 temperature 和 top_p，文档建议只调其中一个。至于 ChatGPT 这个产品本身怎么解码，没有公开过。",
            ),
            test: test("OpenAI API", "ChatGPT"),
        },
        vec![Control::new(
            text("LLaMA-2-chat in the place of ChatGPT", "把 ChatGPT 换成 LLaMA-2-chat"),
            test("OpenAI API", "LLaMA-2-chat, at release"),
        )],
    )
}

/// C27
pub(super) fn usual_ranges(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q7-C27",
        text(
            "Usual values: 2 to 10 beams, k from 20 to 100, p from 0.9 to 0.95.",
            "常用取值：beam 2–10，K 20–100，P 0.9–0.95。",
        ),
        text(
            "Habits, and good starting points. Holtzman et al. 2020 use p = 0.95 and k = 640 to come near human text; a small vocabulary needs a small k, as here.",
            "都是经验值，拿来起步没问题。Holtzman 等 2020 为了接近人类文本，用的是 p = 0.95、k = 640；词表小，k 也得小，比如这里的字符模型。",
        ),
    )
}
