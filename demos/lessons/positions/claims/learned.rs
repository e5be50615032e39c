//! C9 to C13: the learned table, and who uses it.

use concepts::numerics::rng;
use concepts::position::LearnedTable;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{COUNTED, EXACT};
use crate::kit::text::{Text, text};
use crate::lessons::positions::experiments::sinusoid::table;
use crate::lessons::positions::published::{GPT_NAMED, LEARNED, Positions};

/// C9
pub(super) fn flexible(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q2-C9",
        text(
            "A learned embedding is more flexible: the model can learn the best representation of positions.",
            "可学习编码更灵活，模型能学到最优的位置表示。",
        ),
        text(
            "More freedom it has. Whether what is learned is best, or better, no experiment here decides.",
            "自由度确实更大；学到的是不是最优、是不是更好，这里没有实验能判定。",
        ),
    )
}

/// C10
pub(super) fn ends_at_max_len(seed: u64) -> Claim {
    const LEN: usize = 512;
    const D: usize = 16;
    let learned = LearnedTable::random(LEN, D, 0.02, &mut rng(seed, "Q2 C10"));
    let longer = table(LEN + 1, D, 10_000.0);
    let test = |defined: &dyn Fn(usize) -> bool| {
        let refused = |position| if defined(position) { 0.0 } else { 1.0 };
        Test(vec![
            Measure::near(
                text("position 511 of 512 refused (1 = yes)", "长 512 的表，取位置 511：被拒绝（1 = 是）"),
                refused(LEN - 1),
                0.0,
                0.0,
                EXACT,
            ),
            Measure::near(text("position 512 refused", "取位置 512：被拒绝"), refused(LEN), 1.0, 0.0, EXACT),
        ])
    };
    Claim::holds(
        "LLM-Q2-C10",
        text(
            "A learned table cannot handle positions beyond its length.",
            "可学习位置表处理不了超出其长度的位置。",
        ),
        test(&|position| learned.as_ref().is_ok_and(|learned| learned.row(position).is_ok())),
        vec![Control::new(
            text("sinusoidal positions, computed for any place", "换成正弦编码，任何位置都能算"),
            test(&|position| longer.row(position).iter().all(|x| x.is_finite())),
        )],
    )
}

/// C11
pub(super) fn extra_parameters(seed: u64) -> Claim {
    let learned = |len, width| {
        LearnedTable::random(len, width, 0.02, &mut rng(seed, "Q2 C11"))
            .map_or(f64::NAN, |table| table.parameters() as f64)
    };
    let test = |parameters: &dyn Fn(usize, usize) -> f64| {
        let measures = LEARNED.iter().filter(|model| model.len * model.width < 1_000_000).map(|model| {
            Measure::near(
                Text::new(
                    format!("parameters of the table of {}", model.name),
                    format!("{} 的位置表参数量", model.name),
                ),
                parameters(model.len, model.width),
                (model.len * model.width) as f64,
                0.0,
                COUNTED,
            )
        });
        Test(measures.collect())
    };
    Claim::holds(
        "LLM-Q2-C11",
        text("A learned table needs extra parameters.", "可学习位置表需要额外参数。"),
        test(&learned),
        vec![Control::new(text("sinusoidal positions: none", "换成正弦编码：没有参数"), test(&|_, _| 0.0))],
    )
}

/// C12
pub(super) fn bert(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q2-C12",
        text("BERT uses learned positions.", "BERT 用的是可学习位置编码。"),
        text(
            "Devlin et al. 2019, section 3: learned, 512 positions.",
            "Devlin 等 2019 第 3 节：可学习，512 个位置。",
        ),
    )
}

/// C13
pub(super) fn gpt_series(_seed: u64) -> Claim {
    let exceptions = |models: &dyn Fn(&str) -> bool| {
        GPT_NAMED.iter().filter(|model| models(model.name) && model.positions == Positions::Rotary).count()
            as f64
    };
    let everyone = exceptions(&|_| true);
    let counted = |models: &dyn Fn(&str) -> bool, positions| {
        GPT_NAMED.iter().filter(|model| models(model.name) && model.positions == positions).count() as f64
    };
    let none_else = |models: &dyn Fn(&str) -> bool| {
        Measure::near(
            text(
                "models of the list whose published positions are not learned",
                "名单里，公开资料显示不用可学习编码的模型数",
            ),
            exceptions(models),
            0.0,
            0.0,
            text(
                "Radford 2018, 2019; Brown 2020; Wang 2021; Black 2022",
                "Radford 2018、2019；Brown 2020；Wang 2021；Black 2022",
            ),
        )
    };
    let test = |models: &dyn Fn(&str) -> bool| {
        Test(vec![
            none_else(models),
            Measure::near(
                text("those that are learned: GPT-1, GPT-2, GPT-3", "其中可学习的：GPT-1、GPT-2、GPT-3"),
                counted(models, Positions::Learned),
                3.0,
                0.0,
                COUNTED,
            ),
            Measure::near(
                text(
                    "models with GPT in their name that publish nothing: GPT-4",
                    "名字里带 GPT 而未公开的：GPT-4",
                ),
                counted(&|_| true, Positions::Unknown),
                1.0,
                0.0,
                COUNTED,
            ),
        ])
    };
    let names: Vec<&str> = GPT_NAMED
        .iter()
        .filter(|model| model.positions == Positions::Rotary)
        .map(|model| model.name)
        .collect();
    Claim::corrected(
        "LLM-Q2-C13",
        text("The GPT series uses learned positions.", "GPT 系列用的是可学习位置编码。"),
        Test(vec![none_else(&|_| true)]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!("{everyone} models with GPT in their name use RoPE: {}", names.join(", ")),
                format!("有 {everyone} 个名字里带 GPT 的模型用的是 RoPE：{}", names.join("、")),
            ),
            say: text(
                "GPT-1, GPT-2 and GPT-3 use learned positions. GPT-J and GPT-NeoX, of another laboratory, use RoPE, and what GPT-4 uses has not been published.",
                "GPT-1、GPT-2、GPT-3 用的是可学习位置编码；GPT-J、GPT-NeoX 出自另一家机构，用的是 RoPE；GPT-4 用什么没有公开。",
            ),
            test: test(&|name| ["GPT-1", "GPT-2", "GPT-3"].contains(&name)),
        },
        vec![
            Control::new(
                text("GPT-J taken for one of the series", "把 GPT-J 也算进这个系列"),
                test(&|name| name != "GPT-NeoX"),
            ),
            Control::new(text("a series without models", "系列里一个模型也没有"), test(&|_| false)),
        ],
    )
}
